import { randomBytes } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import type { TarFile } from './tar-files.ts';

/** A folder for the toolkit in a container whose files are not trusted: unguessable, so that they cannot have prepared the place. */
export const unguessableRoot = (): string => `/drydock-${randomBytes(16).toString('hex')}`;

/** What is put below `root` before the container's first start: the toolkit's programs and a script, for root alone. */
export const toolkitArchive = (root: string, files: readonly TarFile[], folders: readonly string[] = []): Readable => {
  const tar = pack();
  const below = root.slice(1);
  const all = new Set(['bin', 'lib', ...folders]);
  // Folders of nested files, from the top down.
  for (const { name } of files) {
    const parts = name.split('/').slice(0, -1);
    parts.forEach((_, at) => all.add(parts.slice(0, at + 1).join('/')));
  }
  const written = (async () => {
    const put = (header: { name: string; mode: number; type: 'file' | 'directory' }, bytes: Buffer = Buffer.alloc(0)) =>
      new Promise<void>((resolve, reject) => {
        tar.entry({ ...header, uid: 0, gid: 0, mtime: new Date(0) }, bytes, (error) => (error ? reject(error) : resolve()));
      });
    await put({ name: `${below}/`, mode: 0o700, type: 'directory' });
    for (const folder of all) await put({ name: `${below}/${folder}/`, mode: 0o700, type: 'directory' });
    for (const { name, mode, bytes } of files) await put({ name: `${below}/${name}`, mode: /^(bin|lib)\/|^ld\.so$/.test(name) ? 0o700 : mode, type: 'file' }, bytes);
    tar.finalize();
  })();
  const out = new PassThrough();
  written.catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))));
  pipeline(tar, out).catch(() => {});
  return out;
};

/** Runs `script` of the toolkit's folder by the toolkit's own shell and loader, without any of the image's variables. `$T` is the folder. */
export const toolkitCommand = (root: string, variables: Readonly<Record<string, string>>): string[] => {
  const program = (name: string) => [`${root}/ld.so`, '--inhibit-cache', '--library-path', `${root}/lib`, `${root}/bin/${name}`];
  const all = { LC_ALL: 'C', PATH: `${root}/bin`, T: root, ...variables };
  // `env -i`: the image's own variables end here.
  return [...program('env'), '-i', ...Object.entries(all).map(([name, value]) => `${name}=${value}`), ...program('dash'), `${root}/script`];
};

/** What every script of the toolkit begins with: nothing is found by name, each program is called through the toolkit's own loader. */
export const TOOLKIT_PREAMBLE = String.raw`set -eu
run() { program=$1; shift; "$T/ld.so" --inhibit-cache --library-path "$T/lib" "$T/bin/$program" "$@"; }
`;
