import { join } from 'node:path';
import type { RunId } from '../../contract/ids.ts';
import type { LogName } from '../../ports/log-store.ts';

/** `logs/<run>/<turn>/` holds `index`, `sources` and the segments `000000.log` (raw) or `000000.log.gz`. */
export const runFolder = (directory: string, run: RunId): string => join(directory, 'logs', run);
export const turnFolder = (directory: string, name: LogName): string => join(runFolder(directory, name.run), String(name.turn));
export const indexFile = (folder: string): string => join(folder, 'index');
export const sourcesFile = (folder: string): string => join(folder, 'sources');
export const segmentFile = (folder: string, segment: number): string => join(folder, `${String(segment).padStart(6, '0')}.log`);
