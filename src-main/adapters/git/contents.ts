import { type BlobId, blobId } from '../../contract/ids.ts';
import { failure } from './git-failure.ts';
import type { GitPlace } from './git-place.ts';
import { ObjectReader } from './object-reader.ts';
import { runGit } from './run-git.ts';

export interface ContentLimits {
  readonly eachBytes: number;
  readonly totalBytes: number;
}

/** The content of many blobs from two calls of git. Those above the limits, and what follows once the total is reached, are left out. */
export async function contents(place: GitPlace, blobs: readonly BlobId[], limits: ContentLimits): Promise<Map<BlobId, Uint8Array>> {
  const found = new Map<BlobId, Uint8Array>();
  const wanted = await within(place, [...new Set(blobs)], limits);
  if (wanted.length === 0) return found;
  const reader = new ObjectReader(place, wanted);
  try {
    for (const blob of wanted) {
      const pieces: Buffer[] = [];
      for await (const piece of reader.content(await reader.next())) pieces.push(piece);
      found.set(blob, Buffer.concat(pieces));
    }
  } finally {
    reader.close();
  }
  return found;
}

async function within(place: GitPlace, blobs: readonly BlobId[], { eachBytes, totalBytes }: ContentLimits): Promise<BlobId[]> {
  if (blobs.length === 0) return [];
  const { text } = await runGit(place, ['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)'], { input: blobs.map((blob) => `${blob}\n`).join('') });
  const wanted: BlobId[] = [];
  let total = 0;
  for (const line of text.split('\n')) {
    const [id = '', type, size] = line.split(' ');
    if (type !== 'blob') throw failure('notFound', `The content ${id} is not kept any more.`, 'Run the brief again.', { blob: id });
    if (Number(size) > eachBytes) continue;
    total += Number(size);
    if (total > totalBytes) break;
    wanted.push(blobId.parse(id));
  }
  return wanted;
}
