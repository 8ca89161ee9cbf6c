import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import config from '../../../electron.vite.config.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const BUILT = join(ROOT, 'out/renderer');
/** What the window is made of: when none of it is younger than the build, the build is used again. */
const SOURCES = ['src-renderer', 'src-main/contract', 'src-main/domain', 'electron.vite.config.ts'];

const newest = (path: string): number => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
};

/** Builds the window unless it is fresh, and returns the folder that it is served from. */
export const buildWindow = async (): Promise<string> => {
  const index = join(BUILT, 'index.html');
  const sources = Math.max(...SOURCES.map((source) => newest(join(ROOT, source))));
  if (existsSync(index) && statSync(index).mtimeMs > sources) return BUILT;
  const { renderer } = config as { renderer: Parameters<typeof build>[0] };
  await build({ ...renderer, configFile: false, logLevel: 'warn' });
  return BUILT;
};
