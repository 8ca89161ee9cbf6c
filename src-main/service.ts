import { defaultDataDirectory } from './adapters/files/data-directory.ts';
import { faultOf } from './core/fault-of.ts';
import type { ServiceMessage, ShellMessage } from './shell/service-messages.ts';
import { startService, type RunningService } from './start-service.ts';
import { serveMessagePort, type MainMessagePort } from './wire/transports/serve-message-port.ts';

/** The part of Electron's `process.parentPort` that is used; only the shell may import electron itself. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: ShellMessage; ports: MainMessagePort[] }) => void): void;
  postMessage(message: ServiceMessage): void;
}

const dataDirectoryOf = (args: readonly string[]): string => {
  const at = args.indexOf('--data-dir');
  const named = at < 0 ? undefined : args[at + 1];
  return named ?? defaultDataDirectory(process.env, process.platform);
};

/**
 * Entry of Electron's utility process. It starts when the shell says so. Windows connect through ports that the shell hands over; ports that
 * come before the service is up wait for it. Runs outlive it in their containers.
 */
const serveShell = async (shell: ParentPort): Promise<void> => {
  const waiting: MainMessagePort[] = [];
  let accept = (port: MainMessagePort): void => void waiting.push(port);
  const told = Promise.withResolvers<Uint8Array | null>();
  let starting: Promise<RunningService> | null = null;
  /** A start that is under way has claimed the data directory: it is let finish, so that everything is let go of in order. */
  const end = async (stopRunsMs: number): Promise<void> => {
    const service = await starting;
    if (service === null) return;
    if (stopRunsMs > 0) await service.stopRuns(stopRunsMs);
    await service.dispose();
  };
  let ending: Promise<void> | null = null;
  shell.on('message', ({ data, ports }) => {
    if (data.type === 'start') told.resolve(data.secretKey);
    else if (data.type === 'dispose') ending ??= end(data.stopRunsMs).finally(() => process.exit(0));
    else for (const port of ports) accept(port);
  });
  const secretKey = await told.promise;
  starting = startService({ dataDirectory: dataDirectoryOf(process.argv), ...(secretKey === null ? {} : { secretKey }) });
  const service = await starting;
  accept = (port) => void serveMessagePort(service.router, port);
  for (const port of waiting) accept(port);
};

const shell = (process as unknown as { parentPort?: ParentPort }).parentPort;
if (shell === undefined) {
  process.stderr.write('This program is started by the Drydock window. Use `drydock serve` instead.\n');
  process.exitCode = 2;
} else {
  serveShell(shell).catch((error: unknown) => {
    shell.postMessage({ type: 'refused', fault: faultOf(error) });
    process.exitCode = 1;
    // The message must have left before the process ends.
    setImmediate(() => process.exit());
  });
}
