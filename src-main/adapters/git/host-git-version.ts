import { tmpdir } from 'node:os';
import { userPlace } from './git-place.ts';
import { runGit } from './run-git.ts';

/** Version of the git on the PATH, as `2.39.5`; null when there is none that answers. */
export async function hostGitVersion(): Promise<string | null> {
  const answer = await runGit(userPlace(tmpdir()), ['version'], { timeoutMs: 5_000 }).catch(() => null);
  return answer === null ? null : (/\d+\.\d+(?:\.\d+)?/.exec(answer.text)?.[0] ?? null);
}
