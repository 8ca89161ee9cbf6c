import type { ReactElement } from 'react';
import type { RunId } from '../../../src-main/contract/ids.ts';
import type { FileChange } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { faultOf } from '../../client/fault-of.ts';
import { FaultText } from '../../ui/fault-text.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { DiffView, Lines } from '../diff/diff-view.ts';
import type { FileMarks } from '../files/file-filter.ts';
import { keepComment, removeComment, setHunkIncluded, setIncluded, setViewed } from '../run-commands.ts';
import { remarksOn } from './change-in-words.ts';
import { FileBody } from './file-body.tsx';
import { FileComments } from './file-comments.tsx';
import { FileHead } from './file-head.tsx';
import { useFile } from './use-file.ts';
import { useFileParts } from './use-file-parts.ts';
import { WithoutLines } from './without-lines.tsx';

interface FileViewProps {
  readonly run: Run;
  readonly change: FileChange;
  readonly marks: FileMarks;
  readonly neighbours: readonly FileChange[];
  readonly fixed: boolean;
  readonly at: Lines | null;
  readonly onReady: (view: DiffView | null) => void;
}

/** One changed file: a diff of its text, or what can be said of it in words. */
export const FileView = ({ run, change, marks, neighbours, fixed, at, onReady }: FileViewProps): ReactElement => {
  const runId: RunId = run.id;
  const loading = useFile(runId, change, neighbours);
  const shown = loading.kind === 'loaded' ? loading.file : null;
  // The file on screen may still be the one before.
  const path = shown?.change.path ?? change.path;
  const { comments, onFile, out } = useFileParts(run, path, shown?.hunks ?? null);
  return (
    <section className="file-view" aria-label={`Changes in ${visibleText(change.path)}`} data-shown={shown?.change.path}>
      <FileHead
        change={change}
        marks={marks}
        hunks={shown?.change === change ? (shown.hunks?.length ?? null) : null}
        fixed={fixed}
        onInclude={(included) => void setIncluded(run, [change.path], included)}
        onViewed={(viewed) => void setViewed(run, change, viewed)}
      />
      {remarksOn(change).map((remark) => (
        <p key={remark} className="file-remark literal">
          {visibleText(remark)}
        </p>
      ))}
      <FileComments run={run} path={change.path} kept={onFile} />
      {loading.kind === 'loading' && <Skeleton lines={6} label="Loading the file" />}
      {loading.kind === 'failed' && (
        <WithoutLines path={path} onReady={onReady}>
          <div className="file-note">
            <FaultText fault={faultOf(loading.error)} />
          </div>
        </WithoutLines>
      )}
      {shown && (
        <FileBody
          file={shown}
          diff={{
            runId,
            out,
            fixed,
            comments,
            at,
            onHunk: (hunk, included) => void setHunkIncluded(run, path, shown.hunks ?? [], hunk.id, included),
            onKeep: (comment) => keepComment(run, comment),
            onRemove: (comment) => void removeComment(run, comment.id),
            onReady,
          }}
        />
      )}
    </section>
  );
};
