import type { LandingPreview, LandingTarget } from '../../contract/landing.ts';
import { type CurrentContent, currentContent, filesBelow } from './current-content.ts';
import { failure } from './git-failure.ts';
import { landingChange } from './landing-paths.ts';
import type { LandingContext, LandingPlan } from './landing-plan.ts';
import { moveFiles } from './move-files.ts';
import { pathText } from './path-text.ts';
import type { PlannedFile } from './planned-file.ts';
import { rawDiff } from './raw-diff.ts';
import { someOf } from './snapshot-working-tree.ts';
import { unsafePath } from './unsafe-path.ts';
import { canBeWritten, obstacleAbove } from './working-path.ts';

/**
 * A landing into the working tree: the accepted files take the place of the user's, unstaged. A file that differs from
 * the base is the user's own work: it is only replaced with consent, and a copy stays.
 */
export async function planWorkingTree(context: LandingContext, target: Extract<LandingTarget, { kind: 'workingTree' }>): Promise<LandingPlan> {
  const { request, depot, repository } = context;
  const changes = await rawDiff(depot.place, request.base.tree, request.tree);
  const current = await currentContent(repository, changes.map((change) => change.path));
  const files: PlannedFile[] = changes.map((change, at) => {
    const content = current[at] ?? { kind: 'absent', ids: [], executable: false, fingerprint: 'absent' };
    return { change, current: content, dirty: !stands(content, change.oldMode, change.oldId, repository.fileMode) };
  });
  const open = files.filter(({ change, current: now }) => !stands(now, change.newMode, change.newId, repository.fileMode));
  const leaving = new Set(files.filter((file) => file.change.newMode === '000000').map((file) => file.change.path.toString('latin1')));
  const conflicts = await conflictsOf(context, open, leaving);
  if (open.length === 0) throw failure('nothingToLand', 'The working tree has these changes already.', 'Close the brief; there is nothing left to deliver.');
  const paths = open.map((file) => ({ path: pathText(file.change.path), change: landingChange(file.change), dirty: file.dirty && file.current.kind !== 'folder' }));
  const dirty = paths.filter((path) => path.dirty).map((path) => path.path);
  return {
    preview: { refs: [], paths, conflicts, notes: notesOf(files.length - open.length, dirty, target.overwriteChanged), message: request.message },
    basis: open.map((file) => `${pathText(file.change.path)} ${file.current.kind}:${file.current.ids[0] ?? ''}:${file.current.executable}`),
    async perform() {
      if (dirty.length > 0 && !target.overwriteChanged) {
        throw failure('dirtyPath', `You changed these files too: ${someOf(dirty)}.`, 'Commit or stash your changes, land as a branch, or allow them to be replaced.', { paths: dirty });
      }
      return moveFiles(context, open);
    },
  };
}

/** Whether what is there is what a side of the change says. */
function stands(now: CurrentContent, mode: string, id: string, fileMode: boolean): boolean {
  switch (mode) {
    case '000000':
      return now.kind === 'absent';
    case '120000':
      return now.kind === 'link' && now.ids.includes(id);
    case '160000':
      return now.kind === 'folder';
    default:
      return now.kind === 'file' && now.ids.includes(id) && (!fileMode || now.executable === (mode === '100755'));
  }
}

async function conflictsOf({ repository }: LandingContext, open: readonly PlannedFile[], leaving: ReadonlySet<string>): Promise<string[]> {
  const conflicts: string[] = [];
  const names = new Set<string>();
  for (const { change, current } of open) {
    const path = pathText(change.path);
    const problem =
      unsafePath(change.path) ??
      unsafeHere(path) ??
      (change.oldMode === '160000' || change.newMode === '160000' ? 'is a submodule' : null) ??
      (current.kind === 'other' ? 'is no file' : null) ??
      (await obstacleAbove(repository.path, change.path, leaving)) ??
      ((await canBeWritten(repository.path, change.path)) ? null : 'is in a folder that cannot be written') ??
      (current.kind === 'folder' && !(await willBeEmpty(repository.path, change.path, leaving)) ? 'is a folder with other files' : null) ??
      (change.newMode !== '000000' && repository.ignoreCase && names.has(folded(path)) ? 'is spelled in two ways' : null);
    if (change.newMode !== '000000') names.add(folded(path));
    if (problem !== null) conflicts.push(path);
  }
  return conflicts;
}

/** Names that Windows reads as something else. */
function unsafeHere(path: string): string | null {
  return process.platform === 'win32' && /[\\:*?"<>|]|[. ](?:\/|$)/.test(path) ? 'cannot be a name here' : null;
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

async function willBeEmpty(top: string, folder: Buffer, leaving: ReadonlySet<string>): Promise<boolean> {
  return (await filesBelow(top, folder)).every((path) => leaving.has(path.toString('latin1')));
}

function notesOf(there: number, dirty: readonly string[], overwrite: boolean): LandingPreview['notes'] {
  const notes: string[] = [];
  if (there > 0) notes.push(`${there === 1 ? '1 change is' : `${there} changes are`} in the working tree already.`);
  if (dirty.length > 0 && overwrite) notes.push(`Your versions of ${someOf(dirty)} are replaced; copies stay in the git directory under drydock/replaced.`);
  return notes;
}
