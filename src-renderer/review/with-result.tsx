import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { BaseChoice, Brief } from '../../src-main/contract/brief.ts';
import type { Comment, FileChange, Finding, Result } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { recheckOf } from '../../src-main/domain/recheck.ts';
import { briefHref } from '../client/route.ts';
import { Empty } from '../ui/empty.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { isOnLines, type DiffView, type Lines } from './diff/diff-view.ts';
import { EvidencePanel } from './evidence/evidence-panel.tsx';
import { FileView } from './file/file-view.tsx';
import { filterFiles, marksFor, marksOf, type Which } from './files/file-filter.ts';
import { FilePanel } from './files/file-panel.tsx';
import { LandDialog } from './landing/land-dialog.tsx';
import { useOpened } from './opening.ts';
import { keepHunk, keepPlace, noteOpened, placeIn } from './places.ts';
import { ReviewBar } from './review-bar.tsx';
import { changeView, useReviewView } from './review-view.ts';
import { setHunkIncluded, setIncluded } from './run-commands.ts';
import { Tried } from './tried.tsx';
import { useChanges, useEvidence } from './use-changes.ts';
import { useCheck } from './use-check.ts';
import { useBaseNow } from './use-base-now.ts';
import { useDecisions, type Decided } from './use-decisions.ts';
import { moveByKey, useReviewActions } from './use-review-actions.ts';
import { loadFile } from './file/file-contents.ts';

const NO_FILES: readonly FileChange[] = [];

interface WithResultProps {
  readonly brief: Brief;
  readonly run: Run;
  readonly result: Result;
  readonly onDecided: (how: Decided) => void;
  readonly onBack: () => void;
}

/** A result: its files, the one that is looked at, what speaks for it, and the decision. */
export const WithResult = ({ brief, run, result, onDecided, onBack }: WithResultProps): ReactElement => {
  const changes = useChanges(run);
  const evidence = useEvidence(run);
  const { canCheck, isAsked, check } = useCheck(run, evidence);
  const { showFiles, showEvidence } = useReviewView();
  const [place, setPlace] = useState(() => placeIn(run.id));
  const [which, setWhich] = useState<Which>('all');
  const [text, setText] = useState('');
  const [toEvidence, setToEvidence] = useState(false);
  const [landing, setLanding] = useState(false);
  const baseNow = useBaseNow(run, hasEnded(run.state) && (brief.decision === null || landing));
  const [tried, setTried] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const view = useRef<DiffView | null>(null);
  const atEvidence = useCallback(() => setToEvidence(false), []);
  const [shownPath, setShownPath] = useState<string | null>(null);
  const setView = useCallback(
    (next: DiffView | null): void => {
      if (next === null && view.current) keepHunk(run.id, view.current);
      view.current = next;
      if (next) noteOpened(run.id, next.path);
      setShownPath(next?.path ?? null);
    },
    [run.id],
  );
  useEffect(() => keepPlace(run.id, place), [run.id, place]);

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
    // What is on screen may still be the file before: its hunks are not these, and this is not to be taken out for them.
    if (!file || view.current?.path !== file.path) return;
    const hunk = view.current.hunk();
    const { hunks } = await loadFile(run.id, file);
    if (hunk && hunks?.includes(hunk)) {
      const isOut = run.excluded.includes(file.path) || run.excludedHunks[file.path]?.includes(hunk.id);
      await setHunkIncluded(run, file.path, hunks, hunk.id, isOut ?? false);
    } else await setIncluded(run, [file.path], run.excluded.includes(file.path));
  };
  const onEvidence = (): void => {
    changeView({ showEvidence: true });
    setToEvidence(true);
  };
  const isChecking = excluded < files.length && recheckOf(run.state) !== null;
  const decisions = useDecisions({ brief, run, canLand, landLater: isChecking ? 'Land when the checks have ended' : null, onLand: () => setLanding(true), onTried: setTried, onDecided });
  const { runAgain } = decisions;
  const onRunAgain =
    runAgain &&
    ((base: BaseChoice): void => {
      setLanding(false);
      runAgain(base);
    });
  useReviewActions({
    run,
    file,
    marks: marksFor(marks, file?.path ?? ''),
    fixed,
    canCheck,
    onCheck: check,
    view,
    hasFiles: changes.data !== null,
    step,
    onHunk: () => void onHunk(),
    onEvidence,
    onBack,
  });
  const isThere = changes.fault !== null || (changes.data !== null && (file === null || shownPath === file.path));
  useOpened(brief.id, isThere);
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    // The arrows are the diff's where nothing else has them: from the page itself, and from within the text.
    const { target } = event;
    const isText = target instanceof Element && target.closest('.monaco-editor') !== null && target.closest('.diff-zone, .find-widget') === null;
    if ((target !== body.current && !isText) || !view.current || !moveByKey(view.current, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  // The keys of the review work at once, whatever had the focus on the way here.
  // Somebody who goes along the tabs with the arrows stays there: the keys of the review work from there too.
  useEffect(() => {
    if (!document.activeElement?.closest('.page-tabs')) body.current?.focus({ preventScroll: true });
  }, []);

  return (
    <>
      <ReviewBar brief={brief} run={run} result={result} evidence={evidence} baseNow={baseNow} files={files.length} viewed={viewed} excluded={excluded} decisions={decisions} />
      {tried !== null && <Tried path={tried} onClose={() => setTried(null)} />}
      <div ref={body} tabIndex={-1} data-there={isThere} onKeyDownCapture={onKey} className={`review-body${showFiles ? ' with-files' : ''}${showEvidence ? ' with-evidence' : ''}`}>
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
          {changes.data && files.length === 0 && (
            <Empty title="No changes" actions={<a className="button primary" href={briefHref(brief.id, 'brief')}>Edit the brief</a>}>
              Nothing was changed, so there is nothing to land. What was to be done is in the brief; run it again once it says more.
            </Empty>
          )}
        </div>
        {showEvidence && (
          <EvidencePanel
            brief={brief}
            run={run}
            evidence={evidence}
            isAsked={isAsked}
            findings={result.findings}
            paths={paths}
            wanted={toEvidence}
            onArrived={atEvidence}
            onFinding={({ path, line, alone }: Finding) => path !== null && goTo(path, line === undefined ? null : { side: alone ?? (files.find((each) => each.path === path)?.kind === 'deleted' ? 'base' : 'result'), from: line, to: line })}
            onComment={(comment: Omit<Comment, 'at'>) => goTo(comment.path, isOnLines(comment) ? { side: comment.side, from: comment.from, to: comment.to } : null)}
          />
        )}
      </div>
      {landing && <LandDialog brief={brief} run={run} files={files} evidence={evidence} baseNow={baseNow} onClose={() => setLanding(false)} onLanded={() => onDecided('landed')} onRunAgain={onRunAgain} />}
    </>
  );
};
