import picomatch from 'picomatch';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import type { z } from 'zod';
import type { keptFile } from '../../contract/result.ts';
import { WORKSPACE } from '../../domain/container-spec.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Depot, DepotProject } from '../../ports/depot.ts';

export type KeptFile = z.infer<typeof keptFile>;

/** What evidence may weigh: enough for screenshots and reports of a check, too little to fill a disk. */
export const KEEP_LIMITS = { files: 64, fileBytes: 20 * 2 ** 20, bytes: 50 * 2 ** 20 } as const;

/** Of the archive that is looked through, so that a flood of files or one endless sparse file ends the search. */
const SEARCH_LIMITS = { entries: 200_000, bytes: 2 ** 30 } as const;

export interface KeepRequest {
  readonly project: DepotProject;
  /** An ended check container. */
  readonly container: string;
  /** Relative to the repository; globs start from here. */
  readonly workingDirectory: string;
  readonly globs: readonly string[];
}

interface Room {
  readonly globs: readonly string[];
  readonly kept: Map<string, KeptFile>;
  bytes: number;
}

/** The folder below which everything a glob can name lies: its part before the first special character. */
const searchFolder = (glob: string): string => {
  const { base } = picomatch.scan(glob);
  const isFile = !picomatch.scan(glob).isGlob;
  return (isFile ? base.split('/').slice(0, -1).join('/') : base).replace(/^\.?\/+/, '').replace(/\/+$/, '');
};

const reachesUp = (path: string): boolean => path.split('/').includes('..');

/** Looks through one folder's archive. Paths in it begin with the folder's own name. */
const search = async (tar: Readable, folder: string, room: Room, keep: (path: string, bytes: Buffer) => Promise<void>): Promise<void> => {
  const isKept = picomatch(room.globs.map((glob) => glob.replace(/^\.\//, '')), { dot: true, nonegate: true });
  const unpacking = tar.pipe(extract());
  tar.on('error', (error) => unpacking.destroy(error));
  let entries = 0;
  let passed = 0;
  try {
    for await (const entry of unpacking) {
      const { type, name, size = 0 } = entry.header;
      entries += 1;
      passed += size;
      const below = name.split('/').slice(1).join('/');
      const path = folder === '' ? below : `${folder}/${below}`;
      const fits = size <= KEEP_LIMITS.fileBytes && room.bytes + size <= KEEP_LIMITS.bytes && room.kept.size < KEEP_LIMITS.files;
      // A link's target is none of the check's files: only what lies here itself is kept.
      if (type === 'file' && fits && !reachesUp(path) && !room.kept.has(path) && isKept(path)) {
        room.bytes += size;
        await keep(path, await buffer(entry));
      } else {
        if (passed > SEARCH_LIMITS.bytes || entries > SEARCH_LIMITS.entries || room.kept.size >= KEEP_LIMITS.files) return;
        entry.resume();
      }
    }
  } finally {
    tar.destroy();
    unpacking.destroy();
  }
};

/**
 * Keeps the files that a check's `keep` globs name: regular files below the working directory, at most 64, of 20 MiB each
 * and 50 MiB together; what is beyond is passed over. Folders are read once, the ones that globs name first.
 */
export const keepFiles = async (deps: { readonly engine: ContainerEngine; readonly depot: Depot }, request: KeepRequest): Promise<KeptFile[]> => {
  const { project, container, workingDirectory, globs } = request;
  const top = workingDirectory === '' ? WORKSPACE : `${WORKSPACE}/${workingDirectory}`;
  const folders = [...new Set(globs.map(searchFolder))].filter((folder) => !reachesUp(folder));
  // A folder inside another one that is read anyway is not read twice.
  const outermost = folders.filter((folder) => !folders.some((other) => other !== folder && (other === '' || folder.startsWith(`${other}/`))));
  const room: Room = { globs, kept: new Map(), bytes: 0 };
  for (const folder of outermost) {
    const tar = await deps.engine.read(container, folder === '' ? top : `${top}/${folder}`);
    if (tar === null) continue;
    await search(tar, folder, room, async (path, bytes) => {
      room.kept.set(path, { path, size: bytes.length, blob: await deps.depot.store(project, bytes) });
    });
  }
  return [...room.kept.values()];
};
