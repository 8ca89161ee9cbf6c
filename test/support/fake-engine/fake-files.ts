import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';

export interface FakeFile {
  readonly type: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly bytes: Buffer;
  readonly linkname: string | null;
}

/** A container's or an image's files by absolute path. */
export class FakeFiles {
  readonly #files: Map<string, FakeFile>;
  constructor(files: Iterable<readonly [string, FakeFile]> = []) {
    this.#files = new Map(files);
  }

  copy(): FakeFiles {
    return new FakeFiles(this.#files);
  }

  get(path: string): FakeFile | undefined {
    return this.#files.get(posix.normalize(path).replace(/(.)\/$/, '$1'));
  }

  /** What `cat` gives: links are followed, null when there is nothing to read. */
  text(path: string): string | null {
    const file = this.get(path);
    if (file?.type === 'symlink') return this.text(posix.resolve(posix.dirname(path), file.linkname ?? ''));
    return file?.type === 'file' ? file.bytes.toString() : null;
  }

  write(path: string, content: string | Buffer, owner: { uid: number; gid: number } = { uid: 1000, gid: 1000 }): void {
    this.#files.set(posix.normalize(path), { type: 'file', mode: 0o644, ...owner, bytes: Buffer.from(content), linkname: null });
  }

  delete(path: string): void {
    for (const name of this.#below(path)) this.#files.delete(name);
  }

  /** Bytes of files that are not the very same in `other`. */
  bytesBeyond(other: FakeFiles): number {
    return [...this.#files].reduce((sum, [path, file]) => (other.get(path) === file ? sum : sum + file.bytes.length), 0);
  }

  async unpack(directory: string, archive: Readable): Promise<void> {
    const extract = tar.extract();
    extract.on('entry', (header, stream, next) => {
      const parts: Buffer[] = [];
      stream.on('data', (bytes) => parts.push(bytes as Buffer));
      stream.on('end', () => {
        const path = posix.join(directory, header.name).replace(/(.)\/$/, '$1');
        const linked = header.type === 'link' ? this.get(posix.join(directory, header.linkname ?? '')) : undefined;
        const type = header.type === 'directory' || header.type === 'symlink' ? header.type : 'file';
        const { mode = 0o644, uid = 0, gid = 0, linkname = null } = header;
        this.#files.set(path, linked ?? { type, mode, uid, gid, bytes: Buffer.concat(parts), linkname });
        next();
      });
    });
    await pipeline(archive, extract);
  }

  /** A tar of one path as the engine makes it: named by its last part. null when there is no such path. */
  pack(path: string): Readable | null {
    const names = this.#below(path);
    if (names.length === 0) return null;
    const root = posix.dirname(posix.normalize(path));
    const pack = tar.pack();
    for (const name of names.sort()) {
      const file = this.#files.get(name);
      if (file === undefined) continue;
      const { type, mode, uid, gid, linkname } = file;
      const entry = { name: posix.relative(root, name), type, mode, uid, gid };
      if (type === 'symlink') pack.entry({ ...entry, linkname: linkname ?? '' });
      else pack.entry(entry, file.bytes);
    }
    pack.finalize();
    return Readable.from(pack);
  }

  #below(path: string): string[] {
    const root = posix.normalize(path).replace(/(.)\/$/, '$1');
    return [...this.#files.keys()].filter((name) => name === root || name.startsWith(`${root}/`));
  }
}
