import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type DepotDirectory } from './depot-directory.ts';
import { runGit } from './run-git.ts';

/** What was written this lately may be part of something that is still being made: a selection, a base before its ref. git's own way of being careful is the same. */
const GRACE_MS = 86_400_000;
const EXPIRE = '1.day.ago';

/** Rewriting all packs of a large repository. */
const REPACK_MS = 60 * 60_000;

const isFresh = async (path: string, now: number): Promise<boolean> => {
  const found = await stat(path).catch(() => null);
  return found === null || now - found.mtimeMs < GRACE_MS;
};

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Objects of packs that were written lately. */
const inFreshPacks = async ({ place, objectDirectory }: DepotDirectory, now: number): Promise<Set<string>> => {
  const folder = join(objectDirectory, 'pack');
  const ids = new Set<string>();
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    if (!name.endsWith('.idx') || !(await isFresh(path, now))) continue;
    const { text } = await runGit(place, ['verify-pack', '-v', path]);
    for (const line of lines(text)) ids.add(line.slice(0, line.indexOf(' ')));
  }
  return ids;
};

/** Bytes of all objects, as git counts them: loose ones by their blocks, packs with their indexes. */
export async function weighDepot({ place }: DepotDirectory): Promise<number> {
  const { text } = await runGit(place, ['count-objects', '-v']);
  const facts = new Map(lines(text).map((line) => line.split(': ') as [string, string]));
  return ['size', 'size-pack', 'size-garbage'].reduce((sum, name) => sum + Number(facts.get(name) ?? 0) * 1024, 0);
}

/** Bytes on the disk of objects that no ref of the depot leads to, those written within the last day left out. */
export async function unneededBytes(depot: DepotDirectory, now: number): Promise<number> {
  const { place, objectDirectory } = depot;
  const [all, reached] = await Promise.all([
    runGit(place, ['cat-file', '--batch-all-objects', '--unordered', '--batch-check=%(objectname) %(objectsize:disk)']),
    runGit(place, ['rev-list', '--objects', '--all', '--no-object-names']),
  ]);
  const needed = new Set(lines(reached.text));
  const unneeded = lines(all.text).flatMap((line) => {
    const [id = '', bytes] = line.split(' ');
    return needed.has(id) ? [] : [{ id, bytes: Number(bytes) }];
  });
  if (unneeded.length === 0) return 0;
  const fresh = await inFreshPacks(depot, now);
  let sum = 0;
  for (const { id, bytes } of unneeded) {
    const loose = await stat(join(objectDirectory, id.slice(0, 2), id.slice(2))).catch(() => null);
    if (loose === null ? !fresh.has(id) : now - loose.mtimeMs >= GRACE_MS) sum += bytes;
  }
  return sum;
}

/**
 * Removes them. The packs become one, without what nobody needs; objects written within the last day stay. Safe beside
 * readers and writers, and when it is cut off: the new pack is there before the old ones go.
 */
export async function dropUnneeded({ place }: DepotDirectory): Promise<void> {
  await runGit(place, ['repack', '-q', '-d', '-A', `--unpack-unreachable=${EXPIRE}`], { timeoutMs: REPACK_MS });
  await runGit(place, ['prune', `--expire=${EXPIRE}`], { timeoutMs: REPACK_MS });
}
