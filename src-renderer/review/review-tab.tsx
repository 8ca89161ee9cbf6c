import { useCallback, useEffect, useRef, useState, type ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { FileChange, Result } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { api } from '../client/api.ts';
import { newCommandId } from '../client/ids.ts';
import { briefHref } from '../client/route.ts';
import { failureInWords, nextStepOf } from '../client/run-sign.ts';
import { FaultText } from '../ui/fault-text.tsx';
import { count } from '../ui/format.ts';
import { useKeys } from '../ui/use-keys.ts';
import { Sign } from '../ui/sign.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Decide } from './decide.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { FileList } from './file-list.tsx';
import { FileView } from './file-view.tsx';
import { setIncluded } from './include.ts';
import { LandDialog } from './land-dialog.tsx';
import { useChanges, useEvidence } from './use-changes.ts';
import './review.css';

const NO_FILES: readonly FileChange[] = [];

/** Marks a finished run as seen when its review is opened. */
const useSeen = (run: Run): void => {
  const unseen = hasEnded(run.state) && !run.seen;
  useEffect(() => {
    if (unseen) api.runs.markSeen({ commandId: newCommandId(), runId: run.id }).catch(() => undefined);
  }, [run.id, unseen]);
};

const NoResult = ({ brief, run }: { readonly brief: Brief; readonly run: Run | undefined }): ReactElement => {
  const failure = run ? failureInWords(run) : null;
  const next = run ? nextStepOf(run) : null;
  return (
    <div className="empty">
      <h2>{failure ? 'No result' : 'Nothing to review yet'}</h2>
      <p>{failure ? visibleText(failure) : run ? 'The changes appear here when the command has ended.' : 'Launch the brief first.'}</p>
      {next && <p>{next}</p>}
      {run && <a href={briefHref(brief.id, 'activity')}>Open the log</a>}
      {run && failure && brief.currentRun === run.id && <Decide brief={brief} run={run} canLand={false} onLand={() => undefined} />}
    </div>
  );
};

const Summary = ({ brief, run, result, canLand, onLand }: { readonly brief: Brief; readonly run: Run; readonly result: Result; readonly canLand: boolean; readonly onLand: () => void }): ReactElement => (
  <div className="review-bar">
    {failureInWords(run) !== null && (
      <Sign tone="red" shape="cross">
        {visibleText(failureInWords(run) ?? '')}
      </Sign>
    )}
    <span>
      {result.outcome === 'noChanges' ? 'The command changed nothing' : count(result.files, 'file')}{' '}
      {result.outcome === 'done' && (
        <>
          <span className="tone-green">+{result.additions}</span> <span className="tone-red">−{result.deletions}</span>
        </>
      )}
    </span>
    {run.landed.map((landed) => (
      <span key={landed.landing} className="tone-green">
        Landed: {visibleText(landed.how)}
        {landed.commit && <code> {landed.commit.slice(0, 8)}</code>}
      </span>
    ))}
    {brief.decision === 'closed' && <span className="muted">Closed</span>}
    <span className="grow" />
    <span className="muted keys" aria-hidden="true">
      <kbd>j</kbd>/<kbd>k</kbd> file · <kbd>n</kbd>/<kbd>p</kbd> hunk · <kbd>x</kbd> exclude · <kbd>a</kbd> land
    </span>
    {hasEnded(run.state) && <Decide brief={brief} run={run} canLand={canLand} onLand={onLand} />}
  </div>
);

const WithResult = ({ brief, run, result }: { readonly brief: Brief; readonly run: Run; readonly result: Result }): ReactElement => {
  const changes = useChanges(run);
  const evidence = useEvidence(run);
  const [index, setIndex] = useState(0);
  const [landing, setLanding] = useState(false);
  const hunk = useRef<((direction: 'next' | 'previous') => void) | null>(null);
  const setHunk = useCallback((goTo: typeof hunk.current): void => {
    hunk.current = goTo;
  }, []);
  useSeen(run);

  const files = changes.data?.files ?? NO_FILES;
  const excluded = new Set(run.excluded);
  const file = files[Math.min(index, files.length - 1)];
  const fixed = brief.decision !== null || !hasEnded(run.state);
  const canLand = files.some((each) => !excluded.has(each.path)) && hasEnded(run.state);
  const step = (by: number) => (): void => setIndex((at) => Math.max(0, Math.min(files.length - 1, at + by)));
  useKeys({
    j: step(1),
    k: step(-1),
    n: () => hunk.current?.('next'),
    p: () => hunk.current?.('previous'),
    x: () => {
      if (file && !fixed) void setIncluded(run, [file.path], excluded.has(file.path));
    },
    a: () => {
      if (canLand) setLanding(true);
    },
  });

  return (
    <div className="review">
      <Summary brief={brief} run={run} result={result} canLand={canLand} onLand={() => setLanding(true)} />
      <div className="review-body">
        <FileList
          files={files}
          excluded={excluded}
          selected={index}
          fixed={fixed}
          onSelect={setIndex}
          onInclude={(paths, included) => void setIncluded(run, paths, included)}
        />
        <div className="review-file">
          {changes.fault && <FaultText fault={changes.fault} />}
          {changes.data?.truncated && <p className="file-remark">Only the first {files.length} files are listed; landing takes the whole result.</p>}
          {file && <FileView runId={run.id} change={file} onReady={setHunk} />}
          {changes.data && files.length === 0 && <div className="empty">Nothing was changed, so there is nothing to land.</div>}
        </div>
        <EvidencePanel
          run={run}
          evidence={evidence}
          findings={result.findings}
          onPath={(path) => setIndex((at) => Math.max(0, files.findIndex((each) => each.path === path)) || at)}
        />
      </div>
      {landing && <LandDialog brief={brief} run={run} onClose={() => setLanding(false)} />}
    </div>
  );
};

/** What came back, what speaks for it, and the decision. */
export const ReviewTab = ({ brief, run }: { readonly brief: Brief; readonly run: Run | undefined }): ReactElement => {
  const result = run?.turns.at(-1)?.result;
  return run && result ? <WithResult key={run.id} brief={brief} run={run} result={result} /> : <NoResult brief={brief} run={run} />;
};
