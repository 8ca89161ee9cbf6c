import type { LandingPreview } from '../../contract/landing.ts';
import { clashParts } from '../../domain/review/clash-parts.ts';
import type { GitPlace } from './git-place.ts';
import { landingPaths } from './landing-paths.ts';
import { texts } from './texts.ts';

/** Files whose lines are told; of more than these nobody reads the lines in a preview. */
const mostFiles = 20;

interface MergedTrees {
  readonly base: string;
  /** What is landed onto. */
  readonly there: string;
  /** What is landed. */
  readonly here: string;
  /** What git made of both, with its marks where they do not fit. */
  readonly merged: string;
}

/** What each side did to the paths that cannot be merged: as a whole, and line by line where both changed the same ones. */
export async function clashes(place: GitPlace, { base, there, here, merged }: MergedTrees, paths: readonly string[]): Promise<NonNullable<LandingPreview['clashes']>> {
  const [byThem, byUs, marked] = await Promise.all([landingPaths(place, base, there), landingPaths(place, base, here), texts(place, merged, paths.slice(0, mostFiles))]);
  const changeOf = (changes: typeof byThem) => new Map(changes.map(({ path, change }) => [path, change]));
  const [theirs, ours] = [changeOf(byThem), changeOf(byUs)];
  return paths.map((path) => ({ path, there: theirs.get(path) ?? null, here: ours.get(path) ?? null, parts: clashParts(marked.get(path) ?? '') }));
}
