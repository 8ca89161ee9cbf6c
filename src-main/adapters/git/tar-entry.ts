/** What a tar entry is, with names as bytes: they need not be text. */
export interface TarEntry {
  readonly path: Buffer;
  readonly kind: 'file' | 'link' | 'folder';
  readonly mode: number;
  readonly uid: number;
  readonly size: number;
  /** Seconds since 1970-01-01 UTC. */
  readonly modified: number;
  /** Where a symbolic link points. */
  readonly target?: Buffer;
}

const blockBytes = 512;
const nameBytes = 100;
const typeOf = { file: '0', link: '2', folder: '5' } as const;

/**
 * The header of an entry in GNU format. A long name goes before it as an entry of its own: unlike a pax record, which is
 * UTF-8 by definition, that keeps any byte, and every reader of tar knows it.
 */
export function tarHeader(entry: TarEntry): Buffer {
  const path = entry.kind === 'folder' ? Buffer.concat([entry.path, Buffer.from('/')]) : entry.path;
  return Buffer.concat([
    ...(path.length > nameBytes ? longName('L', path) : []),
    ...(entry.target !== undefined && entry.target.length > nameBytes ? longName('K', entry.target) : []),
    block(path, entry, typeOf[entry.kind]),
  ]);
}

/** Zeros from the end of an entry's content to the end of its last block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);
}

/** Two empty blocks end an archive. */
export const tarEnd = Buffer.alloc(2 * blockBytes);

function longName(type: 'L' | 'K', name: Buffer): Buffer[] {
  const size = name.length + 1;
  const header = block(Buffer.from('././@LongLink'), { mode: 0o644, uid: 0, size, modified: 0 }, type);
  return [header, name, Buffer.alloc(1), tarPadding(size)];
}

function block(path: Buffer, entry: Omit<TarEntry, 'path' | 'kind'>, type: string): Buffer {
  const header = Buffer.alloc(blockBytes);
  path.copy(header, 0, 0, Math.min(path.length, nameBytes));
  octal(header, entry.mode, 100, 7);
  octal(header, entry.uid, 108, 7);
  octal(header, entry.uid, 116, 7);
  size(header, entry.size);
  octal(header, entry.modified, 136, 11);
  header.write(type, 156, 'latin1');
  entry.target?.copy(header, 157, 0, Math.min(entry.target.length, nameBytes));
  header.write('ustar  \0', 257, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  octal(header, sum, 148, 6);
  return header;
}

function octal(header: Buffer, value: number, at: number, digits: number): void {
  header.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
}

/** Sizes of 8 GiB and more do not fit in eleven octal digits: GNU writes them in base 256. */
function size(header: Buffer, value: number): void {
  if (value < 8 ** 11) {
    octal(header, value, 124, 11);
    return;
  }
  header.writeUInt8(0x80, 124);
  header.writeBigUInt64BE(BigInt(value), 128);
}
