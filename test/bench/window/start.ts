import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openBrowser } from '../../renderer/support/browser.ts';
import { inMs, median, type Bench } from '../row.ts';

const ROOT = join(import.meta.dirname, '../../..');
const RENDERER = join(ROOT, 'out/renderer');

/** Scripts that the page asks for before anything is to be seen, compressed as a server would. */
const firstScripts = async (): Promise<number> => {
  const page = await readFile(join(RENDERER, 'index.html'), 'utf8');
  const names = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
  const sizes = await Promise.all(names.map(async (name) => gzipSync(await readFile(join(RENDERER, name))).length));
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** `npm start`, until its output names the address; resolves with it and with the way to end what was started. */
const start = async (dataDirectory: string): Promise<{ url: string; end: () => Promise<void> }> => {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--data-dir', dataDirectory], { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await closed;
  };
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const url = /http:\/\/127\.0\.0\.1:\S+/.exec(output)?.[0];
    if (url !== undefined) {
      child.stdout.resume();
      return { url, end };
    }
  }
  throw new Error(`npm start ended without an address: ${output}`);
};

/** From the command to a board that can be used, when everything is installed and built; and what the page loads first. */
export const windowStart: Bench = async ({ quick }) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'drydock-bench-'));
  const browser = await openBrowser();
  const times: number[] = [];
  try {
    // The first one builds what is not built yet and is not counted.
    for (let round = 0; round <= (quick ? 1 : 3); round += 1) {
      const began = performance.now();
      const { url, end } = await start(dataDirectory);
      const page = await browser.newPage();
      await page.goto(url);
      await page.getByRole('button', { name: 'Add the sample project' }).waitFor();
      if (round > 0) times.push(performance.now() - began);
      await page.close();
      await end();
    }
  } finally {
    await browser.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
  const bytes = await firstScripts();
  return [
    { what: '`npm start` again, to a board that can be used', drydock: inMs(median(times)), raw: null, value: median(times), unit: 'ms', target: { at: 'most', value: 3_000 } },
    { what: 'first scripts, compressed', drydock: `${(bytes / 1000).toFixed(0)} kB`, raw: null, value: bytes / 1000, unit: 'kB', target: { at: 'most', value: 400 } },
  ];
};
