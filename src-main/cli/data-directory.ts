import { resolve } from 'node:path';
import { defaultDataDirectory } from '../adapters/files/data-directory.ts';
import type { Surroundings } from './surroundings.ts';

/** The data directory that --data-dir or DRYDOCK_DATA_DIR names, or else the platform's. */
export function dataDirectoryOf(given: string | undefined, { env, cwd }: Surroundings): string {
  const named = given ?? env['DRYDOCK_DATA_DIR'];
  return named ? resolve(cwd, named) : defaultDataDirectory(env, process.platform);
}
