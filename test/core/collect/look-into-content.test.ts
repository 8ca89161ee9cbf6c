import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { BlobId, ProjectId } from '../../../src-main/contract/ids.ts';
import type { FileChange } from '../../../src-main/contract/result.ts';
import { lookIntoContent } from '../../../src-main/core/collect/look-into-content.ts';

const blobOf = (bytes: Buffer): BlobId => createHash('sha1').update(bytes).digest('hex') as BlobId;
const added = (path: string, bytes: Buffer): FileChange => ({ path, oldPath: null, kind: 'added', oldMode: null, newMode: '100644', oldBlob: null, newBlob: blobOf(bytes), binary: bytes.includes(0), additions: 0, deletions: 0 });

test('what is called like a picture is looked at by its first bytes, also where it is no text', async () => {
  const files = { 'logo.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), 'page.png': Buffer.from('<html>'), 'zeros.jpg': Buffer.alloc(64), 'data.bin': Buffer.alloc(64, 'a\0') };
  const known = new Map(Object.values(files).map((bytes) => [blobOf(bytes), bytes]));
  const depot = { contents: async (_: unknown, blobs: readonly BlobId[]) => new Map(blobs.map((blob) => [blob, known.get(blob) ?? Buffer.alloc(0)])) };
  const found = await lookIntoContent(depot, { id: 'prj_0' as ProjectId, path: '/' }, Object.entries(files).map(([path, bytes]) => added(path, bytes)));
  expect(found.map(({ message }) => message)).toEqual([
    'logo.png is a new file that is not text.',
    'page.png is not a picture, whatever its name says.',
    'zeros.jpg is not a picture, whatever its name says.',
    'data.bin is a new file that is not text.',
  ]);
});
