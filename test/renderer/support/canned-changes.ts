import type { BlobId } from '../../../src-main/contract/ids.ts';
import type { FileChange } from '../../../src-main/contract/result.ts';
import { objectOf } from './canned.ts';

export interface Sides {
  readonly path: string;
  readonly oldPath?: string;
  readonly before: Buffer | null;
  readonly after: Buffer | null;
  readonly kind?: FileChange['kind'];
  readonly modes?: readonly [FileChange['oldMode'], FileChange['newMode']];
  readonly lines?: readonly [number, number];
}

export const text = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);
const filler = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, index) => `const value${from + index} = compute(${from + index});`);

const SIDES: readonly Sides[] = [
  {
    path: 'src/http/client.ts',
    before: text("import { fetch } from './fetch.ts';", '', ...filler(0, 60), '', '// Recieve the respones of the server', 'export const recieve = () => 1;', ...filler(60, 120), '// occured twice'),
    after: text("import { fetch } from './fetch.ts';", '', ...filler(0, 60), '', '// Receive the responses of the server', 'export const receive = () => 1;', ...filler(60, 120), '// occurred twice', '// and was mended'),
    lines: [4, 3],
  },
  { path: 'src/http/retry.ts', before: null, after: text('export const retry = async <T>(work: () => Promise<T>, times = 3): Promise<T> => {', '  try {', '    return await work();', '  } catch (error) {', '    if (times === 0) throw error;', '    return retry(work, times - 1);', '  }', '};'), lines: [8, 0] },
  { path: 'README.md', before: text('# api', '', 'Teh client.'), after: text('# api', '', 'The client.'), lines: [1, 1] },
  { path: 'docs/guide.md', oldPath: 'docs/giude.md', before: text('# Guide', 'Some text.'), after: text('# Guide', 'Some text.'), kind: 'renamed' },
  { path: 'src/legacy.js', before: text('module.exports = 1;'), after: null, lines: [0, 1] },
  { path: 'assets/logo.png', before: Buffer.from([0x89, 0x50, 0, 1]), after: Buffer.from([0x89, 0x50, 0, 2, 3]) },
  { path: 'bin/run.sh', before: text('#!/bin/sh', 'exec node .'), after: text('#!/bin/sh', 'exec node .'), kind: 'modeChanged', modes: ['100644', '100755'] },
  { path: 'current', before: null, after: Buffer.from('releases/2.x'), modes: [null, '120000'] },
];

const blobOf = (bytes: Buffer | null): BlobId | null => (bytes === null ? null : objectOf<BlobId>(bytes.toString('base64')));

/** Files with both their sides as a run's changes, and the content of each blob. */
export const diffOfSides = (all: readonly Sides[]): { readonly files: FileChange[]; readonly blobs: ReadonlyMap<string, Buffer> } => ({
  files: all.map(({ path, oldPath = null, before, after, kind, modes, lines = [0, 0] }) => ({
    path,
    oldPath,
    kind: kind ?? (before === null ? 'added' : after === null ? 'deleted' : 'modified'),
    oldMode: modes ? modes[0] : before && '100644',
    newMode: modes ? modes[1] : after && '100644',
    oldBlob: blobOf(before),
    newBlob: blobOf(after),
    binary: [before, after].some((side) => side?.includes(0)),
    additions: lines[0],
    deletions: lines[1],
  })),
  blobs: new Map(all.flatMap(({ before, after }) => [before, after]).flatMap((bytes) => (bytes ? [[blobOf(bytes) ?? '', bytes] as const] : []))),
});

const CANNED = diffOfSides(SIDES);

/** A diff with every kind of change. */
export const cannedChanges = (): FileChange[] => CANNED.files;
export const cannedBlobs = (): ReadonlyMap<string, Buffer> => CANNED.blobs;
