import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { type CommitId, commitId } from '../../contract/ids.ts';
import type { CommittedBase } from '../../contract/result.ts';
import type { PackedTree } from '../../ports/depot.ts';
import { DepotFailure } from '../../ports/depot.ts';
import { type DepotDirectory, withScratch } from './depot-directory.ts';
import { failure } from './git-failure.ts';
import { type GitPlace, withAlternates, withEnvironment } from './git-place.ts';
import { pathText } from './path-text.ts';
import { rawDiff } from './raw-diff.ts';
import { runGit } from './run-git.ts';
import { readPackHeader, transferObjects } from './transfer-objects.ts';
import { unsafePath } from './unsafe-path.ts';

/** Most bytes that git may allocate at once for a hostile pack: above the largest file that is collected (200 MB). */
const allocationLimit = '450m';

/**
 * Takes a pack from a container. It is checked in a store of its own; then only what the tree reaches goes into the
 * depot, so that neither a broken object nor a stowaway gets there.
 */
export async function importTree(depot: DepotDirectory, base: CommittedBase, packed: PackedTree, message: string): Promise<CommitId> {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(packed.tree)) throw refused('its tree has no valid id');
  return withScratch(depot, async (scratch) => {
    const store = join(scratch, 'objects');
    await mkdir(join(store, 'pack'), { recursive: true });
    const quarantine = withAlternates(withEnvironment(depot.place, { GIT_OBJECT_DIRECTORY: store }), [depot.objectDirectory]);
    await receive(quarantine, packed);
    await verify(quarantine, base.tree, packed.tree);
    await transferObjects({ from: quarantine, to: depot.place, wanted: [packed.tree], without: [base.tree] });
    const commit = await runGit(depot.place, ['commit-tree', '-p', base.commit, '-F', '-', packed.tree], { input: message });
    return commitId.parse(commit.text);
  });
}

async function receive(quarantine: GitPlace, packed: PackedTree): Promise<void> {
  const { objects, pack } = await readPackHeader(packed.pack);
  try {
    if (objects === null) throw refused('the stream is not a pack');
    if (objects > packed.maxObjects) throw tooLarge(`${objects} objects, more than ${packed.maxObjects}`, packed);
    const strict = withEnvironment(quarantine, { GIT_ALLOC_LIMIT: allocationLimit });
    await runGit({ ...strict, configuration: [...strict.configuration, 'core.bigFileThreshold=32m'] }, ['index-pack', '--strict=badFilemode=error', '--stdin', '--fix-thin'], {
      input: pack.compose(atMost(packed)),
    });
  } catch (error) {
    throw asRefusal(error);
  } finally {
    packed.pack.destroy();
  }
}

function atMost(packed: PackedTree): Transform {
  let taken = 0;
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      taken += bytes.length;
      if (taken > packed.maxBytes) done(tooLarge(`more than ${packed.maxBytes} bytes`, packed));
      else done(null, bytes);
    },
  });
}

async function verify(quarantine: GitPlace, base: string, tree: string): Promise<void> {
  const type = await runGit(quarantine, ['cat-file', '-t', tree], { expect: [0, 128] });
  if (type.text !== 'tree') throw refused(type.exitCode === 0 ? `its tree is a ${type.text}` : 'its tree is missing');
  const connected = await runGit(quarantine, ['rev-list', '--objects', '--quiet', '--stdin'], { input: `${tree}\n^${base}\n`, expect: [0, 1, 128] });
  if (connected.exitCode !== 0) throw refused('objects of its tree are missing or broken');
  for (const change of await rawDiff(quarantine, base, tree, ['--diff-filter=d'])) {
    const problem = unsafePath(change.path) ?? unsafeMode(change.newMode);
    if (problem !== null) throw refused(`${pathText(change.path)} ${problem}`);
  }
}

function unsafeMode(mode: string): string | null {
  if (mode === '160000') return 'is a submodule that the base does not have';
  return ['100644', '100755', '120000'].includes(mode) ? null : `has the unknown mode ${mode}`;
}

function refused(why: string): Error {
  return failure('invalid', `What came out of the container was refused: ${why}.`, 'Look at the log of the run, then run it again.');
}

function tooLarge(what: string, packed: PackedTree): Error {
  return failure('tooLarge', `The result is too large: ${what}.`, 'Have the command write its output to an ignored or temporary folder.', {
    maxBytes: packed.maxBytes,
    maxObjects: packed.maxObjects,
  });
}

/** git's verdict on a pack is about the pack, not about the depot; anything else keeps its meaning. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof DepotFailure) || error.fault.code !== 'gitFailed') return error;
  return refused(error.fault.message);
}
