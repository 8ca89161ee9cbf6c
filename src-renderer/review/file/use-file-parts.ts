import { useMemo } from 'react';
import type { Comment, Hunk } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';

/** What a run says about one file: its comments, and the hunks that are taken out. Each stays the same object while its content does. */
export const useFileParts = (run: Run, path: string, hunks: readonly Hunk[] | null): { readonly comments: readonly Comment[]; readonly out: ReadonlySet<string> } => {
  const comments = useMemo(() => run.comments.filter((comment) => comment.path === path).toSorted((a, b) => a.to - b.to || a.at - b.at), [run.comments, path]);
  const isOut = run.excluded.includes(path);
  const ids = run.excludedHunks[path]?.join() ?? '';
  const out = useMemo(() => new Set(isOut ? (hunks ?? []).map(({ id }) => id) : ids.split(',')), [isOut, ids, hunks]);
  return { comments, out };
};
