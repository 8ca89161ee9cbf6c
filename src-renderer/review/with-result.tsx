import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Comment, FileChange, Finding, Result } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { recheckOf } from '../../src-main/domain/recheck.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Empty } from '../ui/empty.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { DiffView, Lines } from './diff/diff-view.ts';
import { cannotCheck } from './evidence/checks.tsx';
import { EvidencePanel } from './evidence/evidence-panel.tsx';
import { FileView } from './file/file-view.tsx';
import { filterFiles, marksFor, marksOf, type Which } from './files/file-filter.ts';
import { FilePanel } from './files/file-panel.tsx';
import { LandDialog } from './landing/land-dialog.tsx';
import { ReviewBar } from './review-bar.tsx';
import { changeView, useReviewView } from './review-view.ts';
import { setHunkIncluded, setIncluded } from './run-commands.ts';
import { Tried } from './tried.tsx';
import { useChanges, useEvidence } from './use-changes.ts';
import { useDecisions } from './use-decisions.ts';
import { useReviewActions } from './use-review-actions.ts';
import { loadFile } from './file/file-contents.ts';

const NO_FILES: readonly FileChange[] = [];

interface WithResultProps {
  readonly brief: Brief;
  readonly run: Run;
  readonly result: Result;
  readonly onDecided: () => void;
  readonly onBack: () => void;
}

/** A result: its files, the one that is looked at, what speaks for it, and the decision. */
export const WithResult = ({ brief, run, result, onDecided, onBack }: WithResultProps): ReactElement => {
  const changes = useChanges(run);
  const evidence = useEvidence(run);
  const engineIsUp = useFleet((fleet) => fleet.engine.state === 'up');
  const { showFiles, showEvidence } = useReviewView();
  const [place, setPlace] = useState<{ readonly path: string | null; readonly at: Lines | null }>({ path: null, at: null });
  const [which, setWhich] = useState<Which>('all');
  const [text, setText] = useState('');
  const [landing, setLanding] = useState(false);
  const [tried, setTried] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const view = useRef<DiffView | null>(null);
  const setView = useCallback((next: DiffView | null): void => {
    view.current = next;
  }, []);

  const files = changes.data?.files ?? NO_FILES;
  const marks = useMemo(() => marksOf(files, run, result.findings), [files, run, result.findings]);
  const listed = useMemo(() => filterFiles(files, marks, which, text), [files, marks, which, text]);
  const paths = useMemo(() => new Set(files.map(({ path }) => path)), [files]);
  const file = files.find(({ path }) => path === place.path) ?? files[0] ?? null;
  const at = file ? listed.indexOf(file) : -1;
  const neighbours = useMemo(() => [listed[at + 1], listed[at - 1]].filter((each) => each !== undefined), [listed, at]);
  const fixed = brief.decision !== null || (!hasEnded(run.state) && recheckOf(run.state) === null);
  const excluded = useMemo(() => files.filter(({ path }) => marks.get(path)?.excluded).length, [files, marks]);
  const viewed = useMemo(() => files.filter(({ path }) => marks.get(path)?.viewed).length, [files, marks]);
  const canLand = excluded < files.length && hasEnded(run.state);

  const show = useCallback((path: string): void => setPlace({ path, at: null }), []);
  const goTo = (path: string, lines: Lines | null): void => {
    if (lines && path === file?.path) view.current?.reveal(lines);
    else setPlace({ path, at: lines });
  };
  const step = (by: 1 | -1): boolean => {
    // A file that the filter has just taken away stays on screen; the next one has come to its place.
    const next = at >= 0 ? listed[at + by] : listed.find((each) => files.indexOf(each) > files.indexOf(file ?? each)) ?? listed.at(-1);
    if (next) show(next.path);
    return next !== undefined;
  };
  const onHunk = async (): Promise<void> => {
    const hunk = view.current?.hunk();
    if (!file) return;
    const { hunks } = await loadFile(run.id, file);
    if (hunk && hunks?.includes(hunk)) {
      const isOut = run.excluded.includes(file.path) || run.excludedHunks[file.path]?.includes(hunk.id);
      await setHunkIncluded(run, file.path, hunks, hunk.id, isOut ?? false);
    } else await setIncluded(run, [file.path], run.excluded.includes(file.path));
  };
  const onEvidence = (): void => {
    changeView({ showEvidence: true });
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('.evidence')?.focus());
  };
  const decisions = useDecisions({ brief, run, canLand, onLand: () => setLanding(true), onTried: setTried, onDecided });
  useReviewActions({
    run,
    file,
    marks: marksFor(marks, file?.path ?? ''),
    fixed,
    canCheck: cannotCheck(run, engineIsUp) === null && evidence?.checked === false,
    view,
    step,
    onHunk: () => void onHunk(),
    onEvidence,
    onBack,
  });
  // The keys of the review work at once, whatever had the focus on the way here.
  useEffect(() => body.current?.focus({ preventScroll: true }), []);

  return (
    <>
      <ReviewBar brief={brief} run={run} result={result} evidence={evidence} files={files.length} viewed={viewed} excluded={excluded} decisions={decisions} />
      {tried !== null && <Tried path={tried} onClose={() => setTried(null)} />}
      <div ref={body} tabIndex={-1} className={`review-body${showFiles ? ' with-files' : ''}${showEvidence ? ' with-evidence' : ''}`}>
        {showFiles && (
          <FilePanel
            files={files}
            listed={listed}
            marks={marks}
            selected={file?.path ?? null}
            fixed={fixed}
            which={which}
            text={text}
            onWhich={setWhich}
            onText={setText}
            onSelect={show}
            onInclude={(chosen, included) => void setIncluded(run, chosen, included)}
          />
        )}
        <div className="review-file">
          {changes.fault && (
            <div className="file-note">
              <FaultText fault={changes.fault} />
            </div>
          )}
          {changes.data?.truncated && <p className="file-remark">Only the first {files.length.toLocaleString('en')} files are listed; landing takes the whole result.</p>}
          {!changes.data && !changes.fault && <Skeleton lines={8} label="Loading the changes" />}
          {file && (
            <FileView
              run={run}
              change={file}
              marks={marksFor(marks, file.path)}
              neighbours={neighbours}
              fixed={fixed}
              at={file.path === place.path ? place.at : null}
              onReady={setView}
            />
          )}
          {changes.data && files.length === 0 && <Empty title="No changes">Nothing was changed, so there is nothing to land.</Empty>}
        </div>
        {showEvidence && (
          <EvidencePanel
            run={run}
            evidence={evidence}
            findings={result.findings}
            paths={paths}
            onFinding={({ path, line }: Finding) => path !== null && goTo(path, line === undefined ? null : { side: files.find((each) => each.path === path)?.kind === 'deleted' ? 'base' : 'result', from: line, to: line })}
            onComment={({ path, side, from, to }: Omit<Comment, 'at'>) => goTo(path, { side, from, to })}
          />
        )}
      </div>
      {landing && <LandDialog brief={brief} run={run} onClose={() => setLanding(false)} onLanded={onDecided} />}
    </>
  );
};
