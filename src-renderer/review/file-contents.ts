import type { FileContent } from '../../src-main/contract/endpoints.ts';
import type { BlobId, RunId } from '../../src-main/contract/ids.ts';
import { api } from '../client/api.ts';

/** Contents kept at hand: a blob never changes. */
const KEPT = 60;
const contents = new Map<BlobId, Promise<FileContent>>();

/** A side of a file by its object id, pulled once. */
export const contentOf = (runId: RunId, blob: BlobId): Promise<FileContent> => {
  const kept = contents.get(blob);
  if (kept) return kept;
  const pulled = api.runs.file({ runId, blob });
  contents.set(blob, pulled);
  pulled.catch(() => contents.delete(blob));
  const oldest = contents.keys().next();
  if (contents.size > KEPT && !oldest.done) contents.delete(oldest.value);
  return pulled;
};

const decoder = new TextDecoder('utf-8', { fatal: false });

/** A content as text; bytes that are no UTF-8 become replacement characters. */
export const textOf = (content: FileContent): string => {
  if (content.bytes === null) return '';
  const binary = atob(content.bytes);
  return decoder.decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
};
