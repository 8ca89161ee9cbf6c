import { Readable } from 'node:stream';
import type { GitPlace } from './git-place.ts';
import { listTree, type TreeEntry } from './list-tree.ts';
import { ObjectReader } from './object-reader.ts';
import { knownOutside, withOutside } from './outside.ts';
import { pathText } from './path-text.ts';
import { rawDiff } from './raw-diff.ts';
import { tarEnd, tarHeader, tarPadding } from './tar-entry.ts';

export interface ArchiveOptions {
  readonly prefix: string;
  readonly uid: number;
  readonly since?: string;
  readonly only?: ReadonlySet<string>;
}

/** Bytes gathered before they are handed on: most files are small, and a chunk each would cost more than their content. */
const chunkBytes = 256 * 1024;

/** The files of a tree as a tar. Folders above a file come before it; the prefix's own folder comes first. */
export async function archive(place: GitPlace, tree: string, options: ArchiveOptions): Promise<Readable> {
  const { since, only } = options;
  const [listed, known] = await Promise.all([since === undefined ? listTree(place, tree) : changedEntries(place, since, tree), knownOutside(place)]);
  const entries = await withOutside(place, only === undefined ? listed : listed.filter(({ path }) => only.has(pathText(path))), known);
  const reader = new ObjectReader(place, idsOf(entries));
  const stream = Readable.from(gathered(tarOf(entries, reader, options)), { objectMode: false, highWaterMark: 2 * chunkBytes });
  stream.once('close', () => reader.close());
  return stream;
}

async function changedEntries(place: GitPlace, from: string, to: string): Promise<TreeEntry[]> {
  const changes = await rawDiff(place, from, to, ['--diff-filter=d']);
  return changes.map((change) => ({ mode: change.newMode, id: change.newId, path: change.path }));
}

function* idsOf(entries: readonly TreeEntry[]): Generator<string> {
  for (const entry of entries) if (entry.mode !== '160000') yield entry.id;
}

async function* tarOf(entries: readonly TreeEntry[], reader: ObjectReader, { prefix, uid }: ArchiveOptions): AsyncGenerator<Buffer> {
  const root = prefix.replace(/^\/+|\/+$/g, '');
  const modified = Math.floor(Date.now() / 1000);
  const folder = (path: Buffer): Buffer => tarHeader({ path, kind: 'folder', mode: 0o755, uid, size: 0, modified });
  const below = root === '' ? Buffer.alloc(0) : Buffer.from(`${root}/`);
  if (root !== '') yield folder(Buffer.from(root));
  const made = new Set<string>();
  for (const entry of entries) {
    const path = Buffer.concat([below, entry.path]);
    for (const parent of parentsOf(entry.path, made)) yield folder(Buffer.concat([below, parent]));
    if (entry.mode === '160000') {
      yield folder(path);
      continue;
    }
    const size = await reader.next();
    if (entry.mode === '120000') {
      const target = await whole(reader, size);
      yield tarHeader({ path, kind: 'link', mode: 0o777, uid, size: 0, modified, target });
      continue;
    }
    yield tarHeader({ path, kind: 'file', mode: entry.mode === '100755' ? 0o755 : 0o644, uid, size, modified });
    yield* reader.content(size);
    yield tarPadding(size);
  }
  yield tarEnd;
}

/** Folders above a path that were not made yet, outermost first. */
function parentsOf(path: Buffer, made: Set<string>): Buffer[] {
  const parents: Buffer[] = [];
  for (let slash = path.lastIndexOf(0x2f); slash > 0; slash = path.lastIndexOf(0x2f, slash - 1)) {
    const name = path.toString('latin1', 0, slash);
    if (made.has(name)) break;
    made.add(name);
    parents.unshift(path.subarray(0, slash));
  }
  return parents;
}

async function whole(reader: ObjectReader, size: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of reader.content(size)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* gathered(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of source) {
    if (piece.length === 0) continue;
    pieces.push(piece);
    length += piece.length;
    if (length < chunkBytes) continue;
    yield Buffer.concat(pieces, length);
    pieces = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(pieces, length);
}
