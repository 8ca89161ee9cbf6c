import { type GitPlace, withEnvironment } from './git-place.ts';
import { splitAtNul } from './path-text.ts';
import { runGit } from './run-git.ts';

/**
 * The place without the filter programs that the repository's own configuration names; those of the user's configuration
 * stay. For looking at a folder that the user has only pointed at: that must run no program out of it.
 */
export async function withoutOwnFilters(place: GitPlace): Promise<GitPlace> {
  const listed = await runGit(place, ['config', '--show-scope', '-z', '--name-only', '--get-regexp', '^filter\\.'], { expect: [0, 1] });
  const pieces = splitAtNul(listed.stdout).map((piece) => piece.toString('utf8'));
  const own = pieces.filter((_, at) => at % 2 === 1 && (pieces[at - 1] === 'local' || pieces[at - 1] === 'worktree'));
  const names = [...new Set(own.map((key) => key.slice(0, key.lastIndexOf('.'))))];
  // By variables, because a name may hold what ends one in `-c name=value`.
  const settings = names.flatMap((name) => [[`${name}.clean`, ''], [`${name}.process`, ''], [`${name}.required`, 'false']] as const);
  const variables = settings.flatMap(([key, value], at) => [[`GIT_CONFIG_KEY_${at}`, key], [`GIT_CONFIG_VALUE_${at}`, value]]);
  return withEnvironment(place, { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(variables) });
}
