import { type DepotDirectory } from './depot-directory.ts';
import { failure } from './git-failure.ts';
import { runGit } from './run-git.ts';

/** Names that need no asking: letters, digits, dashes, between slashes. */
const PLAIN = /^[\w-]+(?:\/[\w-]+)*$/;

/** Points refs/drydock/<name> at a commit, or takes it away. Fault: invalid, for a name that git does not allow. */
export async function keep(depot: DepotDirectory, name: string, commit: string | null): Promise<void> {
  const ref = `refs/drydock/${name}`;
  const check = PLAIN.test(name) || name.includes('\0') ? null : await runGit(depot.place, ['check-ref-format', ref], { expect: [0, 1] });
  if (!PLAIN.test(name) && check?.exitCode !== 0) throw failure('invalid', `${JSON.stringify(name)} cannot name what is kept.`, 'Use letters, digits and dashes.');
  await runGit(depot.place, commit === null ? ['update-ref', '-d', ref] : ['update-ref', ref, commit]);
}
