import type { FileContent } from '../../../src-main/contract/endpoints.ts';
import type { BlobId, RunId } from '../../../src-main/contract/ids.ts';
import type { FileChange, Hunk } from '../../../src-main/contract/result.ts';
import { api } from '../../client/api.ts';
import { isLink, isSubmodule } from './change-in-words.ts';

/** What is kept at hand: a blob never changes, and neither do the hunks between two. */
const KEPT = 60;

const keepLatest = <T>() => {
  const kept = new Map<string, Promise<T>>();
  return (key: string, pull: () => Promise<T>): Promise<T> => {
    const known = kept.get(key);
    if (known) return known;
    const pulled = pull();
    kept.set(key, pulled);
    pulled.catch(() => kept.delete(key));
    const oldest = kept.keys().next();
    if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
    return pulled;
  };
};

const contents = keepLatest<FileContent>();
const hunks = keepLatest<readonly Hunk[]>();

/** A side of a file by its object id, pulled once. */
export const contentOf = (runId: RunId, blob: BlobId): Promise<FileContent> => contents(blob, () => api.runs.file({ runId, blob }));

/** Both sides of a changed file, and git's hunks between them. */
export interface LoadedFile {
  readonly change: FileChange;
  readonly before: FileContent | null;
  readonly after: FileContent | null;
  /** null: they could not be had; the file can still be read. */
  readonly hunks: readonly Hunk[] | null;
}

const hasLines = (change: FileChange): boolean => !change.binary && change.oldBlob !== change.newBlob && !isLink(change) && !isSubmodule(change);

/** git's hunks of a changed file, pulled once. */
export const hunksOf = (runId: RunId, change: FileChange): Promise<readonly Hunk[]> =>
  hasLines(change)
    ? hunks(`${runId} ${change.path} ${change.oldBlob} ${change.newBlob}`, async () => (await api.runs.hunks({ runId, path: change.path })).hunks)
    : Promise.resolve([]);

/** Pulls all that is needed to show a file; what was pulled before is at hand. */
export const loadFile = async (runId: RunId, change: FileChange): Promise<LoadedFile> => {
  const side = (blob: BlobId | null): Promise<FileContent | null> => (blob === null || isSubmodule(change) ? Promise.resolve(null) : contentOf(runId, blob));
  const [before, after, found] = await Promise.all([
    side(change.oldBlob),
    side(change.newBlob),
    hunksOf(runId, change).catch(() => null),
  ]);
  return { change, before, after, hunks: found };
};

/** The bytes of a content; null: it is too large to be handed over. */
export const bytesOf = (content: FileContent): Uint8Array<ArrayBuffer> | null => {
  if (content.bytes === null) return null;
  const binary = atob(content.bytes);
  const bytes = new Uint8Array(binary.length);
  // A loop: for millions of characters `Uint8Array.from` takes ten times as long.
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
};

const decoder = new TextDecoder('utf-8', { fatal: false });

/** A content as text; bytes that are no UTF-8 become replacement characters. */
export const textOf = (content: FileContent | null): string => {
  const bytes = content === null ? null : bytesOf(content);
  return bytes === null ? '' : decoder.decode(bytes);
};
