import { useMemo } from 'react';
import type { Comment, Hunk } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { isOnLines, type LineComment } from '../diff/diff-view.ts';

/** What a run says about one file: its comments, and the hunks that are taken out. Each stays the same object while its content does. */
export const useFileParts = (run: Run, path: string, hunks: readonly Hunk[] | null): { readonly comments: readonly LineComment[]; readonly onFile: readonly Comment[]; readonly out: ReadonlySet<string> } => {
  const comments = useMemo(() => run.comments.filter((comment) => comment.path === path).filter(isOnLines).toSorted((a, b) => a.to - b.to || a.at - b.at), [run.comments, path]);
  const onFile = useMemo(() => run.comments.filter((comment) => comment.path === path && !isOnLines(comment)).toSorted((a, b) => a.at - b.at), [run.comments, path]);
  const isOut = run.excluded.includes(path);
  const ids = run.excludedHunks[path]?.join() ?? '';
  const out = useMemo(() => new Set(isOut ? (hunks ?? []).map(({ id }) => id) : ids.split(',')), [isOut, ids, hunks]);
  return { comments, onFile, out };
};
