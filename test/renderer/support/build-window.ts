import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'vite';
import config from '../../../electron.vite.config.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const BUILT = join(ROOT, 'out/renderer');
/** Held while one process builds, so that test files that run side by side build once. */
const LOCK = join(ROOT, 'out/.renderer-build');
/** A lock older than this was left by a process that died, in milliseconds. */
const ABANDONED_MS = 120_000;
/** What the window is made of: when none of it is younger than the build, the build is used again. */
const SOURCES = ['src-renderer', 'src-main/contract', 'src-main/domain', 'electron.vite.config.ts'];

const newest = (path: string): number => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const isFresh = (): boolean => {
  const index = join(BUILT, 'index.html');
  return existsSync(index) && statSync(index).mtimeMs > Math.max(...SOURCES.map((source) => newest(join(ROOT, source))));
};

const takeLock = (): boolean => {
  try {
    mkdirSync(join(ROOT, 'out'), { recursive: true });
    mkdirSync(LOCK);
    return true;
  } catch {
    const held = statSync(LOCK, { throwIfNoEntry: false });
    if (held && Date.now() - held.mtimeMs > ABANDONED_MS) rmdirSync(LOCK);
    return false;
  }
};

/** What is tested and pictured is what is shipped: the test runner's own NODE_ENV would bring the development forms of the libraries. */
const buildAsReleased = async (): Promise<void> => {
  const { renderer } = config as { renderer: Parameters<typeof build>[0] };
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    await build({ ...renderer, configFile: false, logLevel: 'error' });
  } finally {
    if (NODE_ENV === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = NODE_ENV;
  }
};

/** Builds the window unless it is fresh, and returns the folder that it is served from. */
export const buildWindow = async (): Promise<string> => {
  while (!takeLock()) await wait(100);
  try {
    if (!isFresh()) {
      await buildAsReleased();
    }
  } finally {
    rmdirSync(LOCK);
  }
  return BUILT;
};
