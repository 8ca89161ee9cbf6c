import { useMemo, useState, type ReactElement } from 'react';
import type { LiveChanges } from '../../../src-main/contract/live.ts';
import type { FileChange } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { useActions } from '../../client/actions.ts';
import { Empty } from '../../ui/empty.tsx';
import { FaultText } from '../../ui/fault-text.tsx';
import { count } from '../../ui/format.ts';
import { Sign } from '../../ui/sign.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { filterFiles } from '../files/file-filter.ts';
import { FilePanel } from '../files/file-panel.tsx';
import { inTreeOrder } from '../files/file-tree.ts';
import { changeView, useReviewView } from '../review-view.ts';
import { LiveFile } from './live-file.tsx';
import { useLiveChanges } from './use-live-changes.ts';

/** A touched file as the list shows one; what only collecting finds is left empty. */
const asChange = ({ path, kind }: LiveChanges['files'][number]): FileChange => ({
  path, oldPath: null, kind, oldMode: null, newMode: null, oldBlob: null, newBlob: null, binary: false, additions: 0, deletions: 0,
});

const NO_MARKS = new Map();

/** What a run has touched so far, while it works: for looking only. */
export const LiveReview = ({ run, onBack }: { readonly run: Run; readonly onBack: () => void }): ReactElement => {
  const { changes, fault } = useLiveChanges(run.id, run.state.name === 'working');
  const { showFiles, diff } = useReviewView();
  const [path, setPath] = useState<string | null>(null);
  const [text, setText] = useState('');
  const files = useMemo(() => inTreeOrder(changes?.files.map(asChange) ?? []), [changes]);
  const listed = useMemo(() => filterFiles(files, NO_MARKS, 'all', text), [files, text]);
  const file = files.find((each) => each.path === path) ?? files[0] ?? null;
  const step = (by: 1 | -1) => (): void => {
    const next = listed[listed.findIndex((each) => each.path === file?.path) + by];
    if (next) setPath(next.path);
  };
  const section = 'Review';
  useActions([
    { title: 'Go to the next file', section, keys: 'j', run: step(1) },
    { title: 'Go to the previous file', section, keys: 'k', run: step(-1) },
    { title: diff === 'split' ? 'Show the changes inline' : 'Show the changes side by side', section, keys: 's', run: () => changeView({ diff: diff === 'split' ? 'inline' : 'split' }) },
    { title: showFiles ? 'Hide the files' : 'Show the files', section, keys: '[', run: () => changeView({ showFiles: !showFiles }) },
    { title: 'Go back', section, keys: 'u', run: onBack },
  ]);
  return (
    <>
      <div className="review-bar live-bar" role="status">
        <div className="review-facts">
          <Sign tone="accent" shape="play">
            So far: {count(files.length, 'file')} touched
          </Sign>
          <span className="muted">The run still works; the result is what collecting finds in the end.</span>
          {changes?.truncated && <span className="muted">Only the first are listed.</span>}
        </div>
      </div>
      <div className={`review-body${showFiles ? ' with-files' : ''}`}>
        {showFiles && (
          <FilePanel files={files} listed={listed} marks={null} selected={file?.path ?? null} fixed which="all" text={text} onWhich={() => undefined} onText={setText} onSelect={setPath} onInclude={() => undefined} />
        )}
        <div className="review-file">
          {fault && (
            <div className="file-note">
              <FaultText fault={fault} />
            </div>
          )}
          {!changes && !fault && <Skeleton lines={8} label="Looking into the container" />}
          {changes && !file && <Empty title="Nothing touched yet">Files appear here as the work changes them.</Empty>}
          {file && changes && <LiveFile runId={run.id} path={file.path} at={changes.at} />}
        </div>
      </div>
    </>
  );
};
