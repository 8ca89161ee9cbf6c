import type { CommentId, RunId } from '../../src-main/contract/ids.ts';
import type { Comment, FileChange, Hunk } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { chooseHunks } from '../../src-main/domain/review/choose-hunks.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun, useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { showFault } from '../ui/toast.tsx';
import { inOrder } from './settling.ts';

/** The run as the window knows it now: of two changes in a row the second must build on the first. */
const latest = (run: Run): Run => useFleet.getState().runs[run.id] ?? run;

/** Shows a change at once and takes it back when it is refused. Resolves to whether it was done. */
const change = async (run: Run, shown: Partial<Run>, send: (runId: RunId) => Promise<Run>): Promise<boolean> => {
  const before = latest(run);
  takeRun({ ...before, ...shown });
  try {
    takeRun(await inOrder(run.id, () => send(run.id)));
    return true;
  } catch (error) {
    takeRun(before);
    showFault(faultOf(error));
    return false;
  }
};

/** Takes paths into the result or out of it. */
export const setIncluded = (run: Run, paths: readonly string[], included: boolean): Promise<boolean> => {
  const chosen = new Set(paths);
  const others = latest(run).excluded.filter((path) => !chosen.has(path));
  return change(run, { excluded: included ? others : [...others, ...paths] }, (runId) =>
    api.runs.setIncluded({ commandId: newCommandId(), runId, paths: [...paths], included }),
  );
};

/** Takes one hunk of a file into the result or out of it; `hunks` are all of the file. */
export const setHunkIncluded = (run: Run, path: string, hunks: readonly Hunk[], hunk: string, included: boolean): Promise<boolean> =>
  change(run, chooseHunks(latest(run), path, hunks, [hunk], included), (runId) =>
    api.runs.setHunksIncluded({ commandId: newCommandId(), runId, path, hunks: [hunk], included }),
  );

/** Remembers that a file was looked at as it is, or forgets it. */
export const setViewed = (run: Run, file: FileChange, viewed: boolean): Promise<boolean> => {
  const others = Object.fromEntries(Object.entries(latest(run).viewed).filter(([path]) => path !== file.path));
  const blob = file.newBlob ?? file.oldBlob;
  return change(run, { viewed: viewed && blob !== null ? { ...others, [file.path]: blob } : others }, (runId) =>
    api.runs.setViewed({ commandId: newCommandId(), runId, paths: [file.path], viewed }),
  );
};

export const setCriterionMet = (run: Run, criterion: number, met: boolean): Promise<boolean> => {
  const others = latest(run).criteriaMet.filter((each) => each !== criterion);
  return change(run, { criteriaMet: met ? [...others, criterion] : others }, (runId) => api.runs.setCriterionMet({ commandId: newCommandId(), runId, criterion, met }));
};

/** Keeps a comment with the run; the one with the same id is replaced. */
export const keepComment = (run: Run, comment: Omit<Comment, 'at'>): Promise<boolean> => {
  const others = latest(run).comments.filter(({ id }) => id !== comment.id);
  return change(run, { comments: [...others, { ...comment, at: Date.now() }] }, (runId) => api.runs.comment({ commandId: newCommandId(), runId, comment }));
};

export const removeComment = (run: Run, id: CommentId): Promise<boolean> =>
  change(run, { comments: latest(run).comments.filter((each) => each.id !== id) }, (runId) => api.runs.removeComment({ commandId: newCommandId(), runId, comment: id }));

/** Has the brief's checks run on the selection as it is now. */
export const checkSelection = (run: Run): Promise<boolean> => change(run, {}, (runId) => api.runs.checkSelection({ commandId: newCommandId(), runId }));
