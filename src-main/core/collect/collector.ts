import type { Readable } from 'node:stream';
import type { Environment } from '../../contract/project.ts';
import { collectSpec, type CollectRole } from '../../domain/container-spec.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import { refuse } from '../refusal.ts';
import { TOO_MUCH } from './scripts.ts';
import type { TarFile } from './tar-files.ts';
import { toolkitArchive, toolkitCommand, unguessableRoot } from './toolkit-container.ts';

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

const FOLDERS = ['git', 'git/info', 'git/objects', 'git/refs', 'work', 'work/links', 'work/rules', 'out'];

const gitVariables = (root: string, idLength: number): Readonly<Record<string, string>> => ({
  ZEROS: '0'.repeat(idLength),
  GIT_DIR: `${root}/git`,
  GIT_INDEX_FILE: `${root}/index`,
  GIT_EXEC_PATH: `${root}/bin`,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_NO_REPLACE_OBJECTS: '1',
});

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
  const root = unguessableRoot();
  const container = await engine.create(collectSpec({ runId: run, turn, role, image, owner, environment }, toolkitCommand(root, gitVariables(root, idLength))));
  return {
    run: async (programs, files, take) => {
      const content = [
        ...programs,
        ...shadowRepository(idLength),
        { name: 'index', mode: 0o600, bytes: Buffer.from(request.index) },
        { name: 'script', mode: 0o600, bytes: Buffer.from(script) },
        ...files(root),
      ];
      await engine.put(container, '/', toolkitArchive(root, content, FOLDERS));
      await engine.start(container);
      const exit = await engine.wait(container, AbortSignal.timeout(DEADLINE_MS));
      if (exit.exitCode === TOO_MUCH) return refuse('tooLarge', 'The run changed more than 100,000 files or 1 GiB.', 'Have the repository ignore what is generated, or split the brief; then run it again.');
      if (exit.exitCode !== 0) {
        const reason = exit.outOfMemory ? 'it ran out of memory' : `exit status ${exit.exitCode}, ${await lastWords(engine, container)}`;
        return refuse('internal', `The workspace could not be collected: ${reason}.`, 'Run again; if it happens again, give the environment more memory or report it.');
      }
      const out = await engine.read(container, `${root}/out`);
      return out === null ? refuse('internal', 'The collector left nothing behind.', 'Run again.') : await take(out);
    },
  };
};
