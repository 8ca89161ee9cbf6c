import picomatch from 'picomatch';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { z } from 'zod';
import type { keptFile } from '../../contract/result.ts';
import { WORKSPACE } from '../../domain/container-spec.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Depot, DepotProject } from '../../ports/depot.ts';
import { unpack } from './unpack.ts';

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

const plain = (path: string): string => path.replace(/^(?:\.?\/+)+/, '').replace(/\/+$/, '');

/** What is read for a glob: the file that it names, or the folder below which everything it can match lies. */
const searchPlace = (glob: string): string => {
  const { base, isGlob } = picomatch.scan(glob);
  return plain(isGlob ? base : glob);
};

const reachesUp = (path: string): boolean => path.split('/').includes('..');

/** Looks through the archive of one place. Names in it begin with the place's own last part. */
const search = async (tar: Readable, place: string, room: Room, keep: (path: string, bytes: Buffer) => Promise<void>): Promise<void> => {
  const isKept = picomatch(room.globs.map(plain), { dot: true, nonegate: true });
  const unpacking = unpack(tar);
  let entries = 0;
  let passed = 0;
  try {
    for await (const entry of unpacking) {
      const { type, name, size = 0 } = entry.header;
      entries += 1;
      passed += size;
      const path = [place, ...name.split('/').slice(1)].filter((part) => part !== '').join('/');
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
 * and 50 MiB together; what is beyond is passed over. Files named exactly come first: a flood beside them cannot hide them.
 */
export const keepFiles = async (deps: { readonly engine: ContainerEngine; readonly depot: Depot }, request: KeepRequest): Promise<KeptFile[]> => {
  const { project, container, workingDirectory, globs } = request;
  const top = workingDirectory === '' ? WORKSPACE : `${WORKSPACE}/${workingDirectory}`;
  const allowed = globs.filter((glob) => !reachesUp(glob));
  const isGlob = (glob: string): boolean => picomatch.scan(glob).isGlob;
  const folders = [...new Set(allowed.filter(isGlob).map(searchPlace))];
  // A folder inside another one that is read anyway is not read twice.
  const outermost = folders.filter((folder) => !folders.some((other) => other !== folder && (other === '' || folder.startsWith(`${other}/`))));
  const files = allowed.filter((glob) => !isGlob(glob)).map(searchPlace);
  const room: Room = { globs: allowed, kept: new Map(), bytes: 0 };
  for (const place of [...files, ...outermost]) {
    const tar = await deps.engine.read(container, place === '' ? top : `${top}/${place}`);
    if (tar === null) continue;
    await search(tar, place, room, async (path, bytes) => {
      room.kept.set(path, { path, size: bytes.length, blob: await deps.depot.store(project, bytes) });
    });
  }
  return [...room.kept.values()];
};
