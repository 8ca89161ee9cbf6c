import { join } from 'node:path';
import { changesBetween, type ExactChange } from './changes.ts';
import { type DepotDirectory, withScratch } from './depot-directory.ts';
import { failure } from './git-failure.ts';
import { withEnvironment } from './git-place.ts';
import { runGit } from './run-git.ts';

/** The result's tree with the excluded changes taken back. Fault: invalid, when a path is no change or the rest cannot stand alone. */
export async function select(depot: DepotDirectory, base: string, result: string, excluded: readonly string[]): Promise<string> {
  if (excluded.length === 0) return result;
  const unwanted = new Set(excluded);
  const undone = (await changesBetween(depot.place, base, result)).filter((change) => unwanted.has(change.shown.path));
  const known = new Set(undone.map((change) => change.shown.path));
  const stray = excluded.find((path) => !known.has(path));
  if (stray !== undefined) throw failure('invalid', `${stray} is not a change of this result.`, 'Reload the result and choose again.', { path: stray });
  return withScratch(depot, async (scratch) => {
    const place = withEnvironment(depot.place, { GIT_INDEX_FILE: join(scratch, 'index') });
    await runGit(place, ['read-tree', result]);
    const lines = [...undone.flatMap(dropNew), ...undone.flatMap(restoreOld)];
    const updated = await runGit(place, ['update-index', '-z', '--index-info'], { input: Buffer.concat(lines), expect: [0, 1, 128] });
    const tree = updated.exitCode === 0 ? await runGit(place, ['write-tree'], { expect: [0, 128] }) : null;
    if (tree === null || tree.exitCode !== 0) {
      throw failure('invalid', 'An excluded file and an included one want the same place.', 'Include or exclude both of them.', { excluded: [...excluded] });
    }
    return tree.text;
  });
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
