import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A change of one place in one source file. */
export interface Patch {
  /** From the top of the tree. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
}

/** Why a patch cannot be applied to a file's text; null: it can. */
export const patchProblem = ({ file, text }: Patch, source: string): string | null => {
  const times = source.split(text).length - 1;
  return times === 1 ? null : `${file} has the text ${times} times: ${text}`;
};

export interface PatchedTree {
  readonly path: string;
  /** Applies all patches, does the work, and takes them back. Rejects when one does not fit. */
  patched<Done>(patches: readonly Patch[], work: () => Promise<Done>): Promise<Done>;
  remove(): Promise<void>;
}

/** A copy of a clone as it lies there, with what is not committed; its packages are shared. */
export const copyTree = async (from: string): Promise<PatchedTree> => {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'drydock-patched-')));
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: from, maxBuffer: 2 ** 26 });
  for (const file of stdout.split('\0').filter((each) => each !== '')) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    // A file that was deleted and is not yet committed so.
    await cp(join(from, file), join(path, file), { verbatimSymlinks: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  await symlink(join(from, 'node_modules'), join(path, 'node_modules'));
  return {
    path,
    patched: async (patches, work) => {
      const before = new Map<string, string>();
      try {
        for (const patch of patches) {
          const place = join(path, patch.file);
          const source = await readFile(place, 'utf8');
          const problem = patchProblem(patch, source);
          if (problem !== null) throw new Error(problem);
          if (!before.has(place)) before.set(place, source);
          await writeFile(place, source.replace(patch.text, () => patch.replacement));
        }
        return await work();
      } finally {
        for (const [place, source] of before) await writeFile(place, source);
      }
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
};
