import { failure } from './git-failure.ts';
import type { GitPlace } from './git-place.ts';
import { runGit } from './run-git.ts';

/** A blob's content, unless it is larger than `maxBytes`. Fault: notFound. */
export async function readBlob(place: GitPlace, blob: string, maxBytes: number): Promise<{ bytes: Uint8Array | null; size: number }> {
  const described = await runGit(place, ['cat-file', '--batch-check=%(objecttype) %(objectsize)'], { input: `${blob}\n` });
  const [type, size] = described.text.split(' ');
  if (type !== 'blob') throw failure('notFound', `The content ${blob} is not kept any more.`, 'Run the brief again.', { blob });
  if (Number(size) > maxBytes) return { bytes: null, size: Number(size) };
  return { bytes: (await runGit(place, ['cat-file', 'blob', blob])).stdout, size: Number(size) };
}
