import { randomBytes } from 'node:crypto';
import { copyFile, constants, link, lstat, readFile, realpath, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import type { LandingTarget } from '../../contract/landing.ts';
import type { LandedFacts } from '../../ports/landing-site.ts';
import { failure } from './git-failure.ts';
import { landingPaths } from './landing-paths.ts';
import type { LandingContext, LandingPlan } from './landing-plan.ts';
import { nothingLanded, syncFolder, writeDurably } from './landing-record.ts';
import { patchCommand } from './patch.ts';
import { runGit } from './run-git.ts';
import type { UserRepository } from './user-repository.ts';

/** Most bytes of a patch that is given as text, and of one that is written. */
const longestText = 10 * 2 ** 20;
const longestFile = 2 ** 30;

/** A landing as a patch: the bytes of `git diff --binary --full-index`, into a new file or as text. */
export async function planPatch(context: LandingContext, target: Extract<LandingTarget, { kind: 'patch' }>): Promise<LandingPlan> {
  const { request, depot, repository, faultPoint } = context;
  const paths = await landingPaths(depot.place, request.base.tree, request.tree);
  const patch = await runGit(depot.place, await patchCommand(depot.place, request.base.tree, request.tree), { maxBytes: target.file === null ? longestText : longestFile });
  const file = target.file === null ? null : await requireFreeFile(repository, target.file, patch.stdout);
  const facts: LandedFacts = { ...nothingLanded, paths: paths.map((path) => path.path), patch: file === null ? asText(patch.stdout) : null, file };
  return {
    preview: { refs: [], paths, conflicts: [], notes: file === null ? [] : [`Written to ${file}; the repository stays as it is.`], message: request.message },
    basis: [`file ${file ?? 'none'}`],
    async perform() {
      if (file !== null) {
        faultPoint('landing.patch.beforeFile');
        await writeNewFile(file, patch.stdout);
        faultPoint('landing.patch.afterFile');
      }
      return facts;
    },
  };
}

function asText(patch: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(patch);
  } catch {
    throw failure('invalid', 'The patch holds bytes that are not text, so it cannot be shown as text without damage.', 'Have it written to a file.');
  }
}

/** The file with links in its folder resolved. A file with exactly this content is fine: the landing was done before. */
async function requireFreeFile(repository: UserRepository, file: string, content: Buffer): Promise<string> {
  if (!isAbsolute(file) || file.includes('\0')) throw failure('invalid', 'A patch file is named by its full path.', 'Give a path that begins at the root.');
  const folder = await realpath(dirname(file)).catch(() => null);
  if (folder === null || !(await lstat(folder)).isDirectory()) throw failure('invalid', `The folder ${dirname(file)} does not exist or is a file.`, 'Make it first, or choose another one.');
  const path = join(folder, basename(file));
  const inside = [repository.gitDirectory, repository.commonDirectory].some((git) => path === git || path.startsWith(git + sep));
  if (inside || path.split(sep).some((part) => part.toLowerCase() === '.git')) {
    throw failure('invalid', 'A patch is never written into a .git folder.', 'Choose another folder.');
  }
  const facts = await lstat(path).catch(() => null);
  if (facts === null) return path;
  if (facts.isFile() && facts.size === content.length && (await readFile(path)).equals(content)) return path;
  throw failure('dirtyPath', `The file ${path} exists already.`, 'Choose another name, or move it away.', { file: path });
}

/** Whole or not at all, and never over another file: a link to a finished file is made under the name. */
async function writeNewFile(file: string, content: Buffer): Promise<void> {
  const made = join(dirname(file), `.${basename(file).slice(0, 100)}.${randomBytes(6).toString('hex')}`);
  try {
    await writeDurably(made, content);
    await link(made, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      return copyFile(made, file, constants.COPYFILE_EXCL);
    });
    await syncFolder(dirname(file));
  } catch (error) {
    const same = (await readFile(file).catch(() => null))?.equals(content) ?? false;
    if (!same) throw error;
  } finally {
    await rm(made, { force: true });
  }
}
