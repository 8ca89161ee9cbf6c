import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { directoryOf, outputOf, type CommandLine } from '../command-line.ts';
import { keepBrowserSession, lastBrowserSession } from '../browser-session.ts';
import { EXIT, wrongUse } from '../failure.ts';
import type { Command } from 'commander';

interface ServeOptions {
  readonly port?: string;
  readonly open?: true;
}

/** `drydock serve`: the service with the browser interface, until it is told to stop. */
export function addServe(line: CommandLine): void {
  line.program
    .command('serve')
    .description('run the service with its browser interface, and print the address')
    .option('--port <number>', 'port on the loopback address; the one of last time, or any free one, by default')
    .option('--open', 'open the address in the browser')
    .action(async (options: ServeOptions, command: Command) => line.setStatus(await serve(line, options, command)));
}

async function serve(line: CommandLine, options: ServeOptions, command: Command): Promise<number> {
  const output = outputOf(line, command);
  const { env, onInterrupt, openBrowser } = line.surroundings;
  const asked = portOf(options.port);
  const interrupted = Promise.withResolvers<void>();
  const stop = onInterrupt(() => interrupted.resolve());
  const [{ startService }, { serveHttp }] = await Promise.all([
    import('../../start-service.ts'),
    import('../../wire/transports/serve-http.ts'),
  ]);
  const dataDirectory = directoryOf(line, command);
  const service = await startService({ dataDirectory });
  try {
    const rendererUrl = env['DRYDOCK_RENDERER_URL'];
    const staticDirectory = rendererDirectory();
    const { port: last, ...secrets } = await lastBrowserSession(dataDirectory);
    const serveOn = (port: number) => serveHttp({ router: service.router, port, secrets, staticDirectory, ...(rendererUrl ? { rendererUrl } : {}) });
    // The same address as last time where it is free, so that pages that are open connect again by themselves.
    const http = await (asked === null
      ? serveOn(last).catch(() => serveOn(0))
      : serveOn(asked).catch((error: unknown) => Promise.reject(portRefusal(asked, error))));
    try {
      await keepBrowserSession(dataDirectory, { port: http.port, ...secrets });
      if (!rendererUrl && !existsSync(join(staticDirectory, 'index.html'))) {
        await output.note('The interface is not built yet: run `npm run build`. The command line works all the same.');
      }
      await output.line(http.url);
      await output.data({ ok: true, url: http.url, socket: service.socket, dataDirectory });
      await output.note('Open this address in a browser. Ctrl-C stops Drydock; its runs go on.');
      if (options.open) openBrowser(http.url);
      await interrupted.promise;
      await output.note('Stopping. Runs go on in their containers.');
    } finally {
      await http.close();
    }
  } finally {
    await service.dispose();
    stop();
  }
  return EXIT.done;
}

function portOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw wrongUse(`${text} is no port.`, 'Give a number up to 65535, or leave --port out.');
}

function portRefusal(port: number, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE') return wrongUse(`Port ${port} is in use.`, 'Choose another one, or leave --port out.');
  if (code === 'EACCES') return wrongUse(`Port ${port} is not for this user.`, 'Choose one above 1023, or leave --port out.');
  return error;
}

/** The built interface: beside the bundle, or where the build puts it when this runs from the sources. */
function rendererDirectory(): string {
  const place = import.meta.url.endsWith('.ts') ? '../../../out/renderer' : '../renderer';
  return fileURLToPath(new URL(place, import.meta.url));
}
