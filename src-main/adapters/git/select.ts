import { join } from 'node:path';
import { applyHunks, type Exclusion } from '../../domain/review/hunks.ts';
import { readBlob } from './blob.ts';
import { changesBetween, type ExactChange } from './changes.ts';
import { type DepotDirectory, withScratch } from './depot-directory.ts';
import { failure } from './git-failure.ts';
import { type GitPlace, withEnvironment } from './git-place.ts';
import { hunksOfChange } from './hunks.ts';
import { runGit } from './run-git.ts';

/**
 * The result's tree with the excluded paths and hunks taken back. Fault: invalid, when a path or hunk is none of the result's, or
 * the rest cannot stand alone.
 */
export async function select(depot: DepotDirectory, base: string, result: string, { excluded, excludedHunks }: Exclusion): Promise<string> {
  const unwanted = new Set(excluded);
  // Hunks of a file that is out as a whole are only remembered.
  const partly = Object.entries(excludedHunks).filter(([path, hunks]) => !unwanted.has(path) && hunks.length > 0);
  if (unwanted.size === 0 && partly.length === 0) return result;
  const changes = new Map((await changesBetween(depot.place, base, result)).map((change) => [change.shown.path, change]));
  const changeOf = (path: string): ExactChange => {
    const change = changes.get(path);
    if (change === undefined) throw failure('invalid', `${path} is not a change of this result.`, 'Reload the result and choose again.', { path });
    return change;
  };
  const undone = [...unwanted].map(changeOf);
  const changed: Buffer[] = [];
  for (const [path, hunks] of partly) {
    const change = changeOf(path);
    const blob = await blobWithout(depot.place, change, new Set(hunks));
    if (blob === null) undone.push(change);
    else changed.push(line(change.raw.newMode, blob, change.raw.path));
  }
  return withScratch(depot, async (scratch) => {
    const place = withEnvironment(depot.place, { GIT_INDEX_FILE: join(scratch, 'index') });
    await runGit(place, ['read-tree', result]);
    const lines = [...undone.flatMap(dropNew), ...undone.flatMap(restoreOld), ...changed];
    const updated = await runGit(place, ['update-index', '-z', '--index-info'], { input: Buffer.concat(lines), expect: [0, 1, 128] });
    const tree = updated.exitCode === 0 ? await runGit(place, ['write-tree'], { expect: [0, 128] }) : null;
    if (tree === null || tree.exitCode !== 0) {
      throw failure('invalid', 'An excluded file and an included one want the same place.', 'Include or exclude both of them.', { excluded: [...excluded] });
    }
    return tree.text;
  });
}

/** The file's content with all hunks but these, as a blob; null: with none, so that the file is as on the base. */
async function blobWithout(place: GitPlace, { shown }: ExactChange, unwanted: ReadonlySet<string>): Promise<string | null> {
  const hunks = await hunksOfChange(place, shown);
  const wanted = new Set(hunks.map(({ id }) => id).filter((id) => !unwanted.has(id)));
  if (wanted.size + unwanted.size !== hunks.length) {
    const known = new Set(hunks.map(({ id }) => id));
    const stray = [...unwanted].find((id) => !known.has(id)) ?? '';
    throw failure('invalid', `${shown.path} has no change ${stray}.`, 'Reload the result and choose again.', { path: shown.path, hunk: stray });
  }
  if (wanted.size === 0 || shown.oldBlob === null || shown.newBlob === null) return null;
  const [base, result] = await Promise.all([contentOf(place, shown.oldBlob), contentOf(place, shown.newBlob)]);
  return (await runGit(place, ['hash-object', '-w', '--no-filters', '--stdin'], { input: applyHunks(base, result, hunks, wanted) })).text;
}

async function contentOf(place: GitPlace, blob: string): Promise<Uint8Array> {
  return (await readBlob(place, blob, Infinity)).bytes ?? new Uint8Array();
}

function dropNew({ raw }: ExactChange): Buffer[] {
  return raw.newMode === '000000' ? [] : [line('0', raw.newId, raw.path)];
}

function restoreOld({ raw }: ExactChange): Buffer[] {
  return raw.oldMode === '000000' ? [] : [line(raw.oldMode, raw.oldId, raw.oldPath ?? raw.path)];
}

/** `<mode> <id>\t<path>`; mode 0 removes the path. */
function line(mode: string, id: string, path: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${mode} ${mode === '0' ? '0'.repeat(id.length) : id}\t`), path, Buffer.alloc(1)]);
}
