import type { LandingPreview } from '../../contract/landing.ts';
import type { GitPlace } from './git-place.ts';
import { pathText } from './path-text.ts';
import { type RawChange, rawDiff } from './raw-diff.ts';

type LandingPath = LandingPreview['paths'][number];

/** What a landing changes, for a preview; nothing of it can be dirty. */
export async function landingPaths(place: GitPlace, from: string, to: string): Promise<LandingPath[]> {
  return (await rawDiff(place, from, to)).map((change) => ({ path: pathText(change.path), change: landingChange(change), dirty: false }));
}

export function landingChange(change: RawChange): LandingPath['change'] {
  if (change.status === 'A') return 'add';
  if (change.status === 'D') return 'delete';
  return change.oldId === change.newId ? 'mode' : 'modify';
}
