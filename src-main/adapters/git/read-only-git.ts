import { simpleGit, type SimpleGit } from 'simple-git';
import type { GitPlace } from './git-place.ts';

const answerTimeoutMs = 60_000;

/**
 * simple-git with our environment and settings, for questions with small text answers. Its guards against settings that
 * run programs are let off for exactly the settings by which we switch such programs off.
 */
export function readOnlyGit(place: GitPlace): SimpleGit {
  return simpleGit({
    baseDir: place.directory,
    config: [...place.configuration],
    timeout: { block: answerTimeoutMs },
    allowEnvironment: Object.keys(place.environment).filter((name) => name.startsWith('GIT_')),
    unsafe: { allowUnsafeHooksPath: true, allowUnsafeFsMonitor: true, allowUnsafeProtocolOverride: true },
  }).env({ ...place.environment });
}
