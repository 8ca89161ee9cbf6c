import { randomBytes } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import type { Environment } from '../../contract/project.ts';
import { collectSpec, type CollectRole } from '../../domain/container-spec.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import { refuse } from '../refusal.ts';
import { TOO_MUCH } from './scripts.ts';
import type { TarFile } from './tar-files.ts';

export interface CollectorRequest {
  readonly run: string;
  readonly turn: number;
  readonly owner: string;
  readonly environment: Environment;
  /** The image made of the ended container. */
  readonly image: string;
  /** Characters of the repository's object ids: 40 or 64. */
  readonly idLength: number;
  readonly index: Uint8Array;
}

/** Waking time that one script may take: reading and packing 1 GiB from a slow disk takes minutes. */
const DEADLINE_MS = 20 * 60_000;

/** Nothing in here is read for anything but hashing and packing; the attributes are for a git that would ask after all. */
const shadowRepository = (idLength: number): TarFile[] => {
  const format = idLength === 64 ? '\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n[core]\n' : '\trepositoryformatversion = 0\n';
  const text = (name: string, content: string): TarFile => ({ name: `git/${name}`, mode: 0o600, bytes: Buffer.from(content) });
  return [
    text('HEAD', 'ref: refs/heads/none\n'),
    // Stored loose only to be packed at once: compressing twice would double the cost.
    text('config', `[core]\n${format}\tlooseCompression = 0\n[pack]\n\tcompression = 1\n\tthreads = 2\n`),
    text('info/attributes', '* -text -eol -filter -ident -working-tree-encoding -diff -merge\n'),
  ];
};

const FOLDERS = ['bin', 'lib', 'git', 'git/info', 'git/objects', 'git/refs', 'work', 'work/links', 'work/rules', 'out'];

const archive = (root: string, files: readonly TarFile[]): Readable => {
  const tar = pack();
  const below = root.slice(1);
  const folders = new Set(FOLDERS);
  // Folders of the copied ignore rules, from the top down.
  for (const { name } of files) {
    const parts = name.split('/').slice(0, -1);
    parts.forEach((_, at) => folders.add(parts.slice(0, at + 1).join('/')));
  }
  const written = (async () => {
    const put = (header: { name: string; mode: number; type: 'file' | 'directory' }, bytes: Buffer = Buffer.alloc(0)) =>
      new Promise<void>((resolve, reject) => {
        tar.entry({ ...header, uid: 0, gid: 0, mtime: new Date(0) }, bytes, (error) => (error ? reject(error) : resolve()));
      });
    await put({ name: `${below}/`, mode: 0o700, type: 'directory' });
    for (const folder of folders) await put({ name: `${below}/${folder}/`, mode: 0o700, type: 'directory' });
    for (const { name, mode, bytes } of files) await put({ name: `${below}/${name}`, mode, type: 'file' }, bytes);
    tar.finalize();
  })();
  const out = new PassThrough();
  written.catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))));
  pipeline(tar, out).catch(() => {});
  return out;
};

const command = (root: string, idLength: number): string[] => {
  const program = (name: string) => [`${root}/ld.so`, '--inhibit-cache', '--library-path', `${root}/lib`, `${root}/bin/${name}`];
  const variables = {
    LC_ALL: 'C',
    PATH: `${root}/bin`,
    T: root,
    ZEROS: '0'.repeat(idLength),
    GIT_DIR: `${root}/git`,
    GIT_INDEX_FILE: `${root}/index`,
    GIT_EXEC_PATH: `${root}/bin`,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_NO_REPLACE_OBJECTS: '1',
  };
  // `env -i`: the image's own variables end here.
  return [...program('env'), '-i', ...Object.entries(variables).map(([name, value]) => `${name}=${value}`), ...program('dash'), `${root}/script`];
};

/** The end of what the collector said, on one line and without control characters: names in it are the run's own. */
const lastWords = async (engine: ContainerEngine, name: string): Promise<string> => {
  let words = '';
  const reading = await engine.follow(name, { stdout: 0, stderr: 0 }, (_, bytes) => {
    words = (words + Buffer.from(bytes).toString('latin1')).slice(-500);
  });
  await reading.ended;
  return words.replace(/[^\x20-\x7e]+/g, ' ').trim();
};

/** A collector's container, which never ran. */
export interface Collector {
  /**
   * Puts the toolkit and `files` in, runs the script, and gives what it left in its `out` folder to `take`, as a tar. The
   * container has ended when that is read.
   */
  run<Taken>(programs: readonly TarFile[], files: (root: string) => readonly TarFile[], take: (out: Readable) => Promise<Taken>): Promise<Taken>;
}

/** Makes the container in which one script of the toolkit will run over the image. Whoever makes it removes it. */
export const makeCollector = async (engine: ContainerEngine, request: CollectorRequest, role: CollectRole, script: string): Promise<Collector> => {
  const { run, turn, owner, image, environment, idLength } = request;
  // Unguessable, so that the image cannot have prepared the place.
  const root = `/drydock-${randomBytes(16).toString('hex')}`;
  const container = await engine.create(collectSpec({ runId: run, turn, role, image, owner, environment }, command(root, idLength)));
  return {
    run: async (programs, files, take) => {
      const content = [
        ...programs.map((file) => ({ ...file, mode: 0o700 })),
        ...shadowRepository(idLength),
        { name: 'index', mode: 0o600, bytes: Buffer.from(request.index) },
        { name: 'script', mode: 0o600, bytes: Buffer.from(script) },
        ...files(root),
      ];
      await engine.put(container, '/', archive(root, content));
      await engine.start(container);
      const exit = await engine.wait(container, AbortSignal.timeout(DEADLINE_MS));
      if (exit.exitCode === TOO_MUCH) return refuse('tooLarge', 'The run changed more than 100,000 files or 1 GiB.', 'Have the repository ignore what is generated, or split the brief; then run it again.');
      if (exit.exitCode !== 0) {
        const reason = exit.outOfMemory ? 'it ran out of memory' : `exit status ${exit.exitCode}, ${await lastWords(engine, container)}`;
        return refuse('internal', `The workspace could not be collected: ${reason}.`, 'Retry the run; if it happens again, give the environment more memory or report it.');
      }
      const out = await engine.read(container, `${root}/out`);
      return out === null ? refuse('internal', 'The collector left nothing behind.', 'Retry the run.') : await take(out);
    },
  };
};
