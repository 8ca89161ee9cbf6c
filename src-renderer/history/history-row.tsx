import { memo, type ReactElement } from 'react';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { standingOf } from '../../src-main/domain/run-standing.ts';
import { useBrief, useProject, useRun } from '../client/fleet-store.ts';
import { hrefOf } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { count, duration, few, shortMoment, wholeMoment } from '../ui/format.ts';
import { RetryIcon } from '../ui/icons.tsx';
import { MarkedText } from '../ui/marked-text.tsx';
import { ProjectDot } from '../ui/project-dot.tsx';
import { Sign } from '../ui/sign.tsx';
import { runAgain } from './run-again.ts';
import { hasChangedNothing, NO_CHANGES } from '../client/run-sign.ts';
import { isEnded, standingSignOf } from './state-sign.ts';
import type { HistoryRow as Row } from './use-history.ts';

/** Where a run is looked at: its changes where there are some, else what happened. */
export const hrefOfRun = ({ briefId, runId, state }: Row): string => hrefOf({ place: 'brief', id: briefId, tab: state === 'reviewable' ? 'review' : 'activity', run: runId });

const Size = ({ row }: { readonly row: Row }): ReactElement | null => {
  if (row.files === 0) return null;
  return (
    <span className="tag" title={`${row.additions.toLocaleString('en')} lines added, ${row.deletions.toLocaleString('en')} removed, ${count(row.files, 'file')}`}>
      <span className="tone-green">+{few(row.additions)}</span>
      <span className="tone-red">−{few(row.deletions)}</span>
      <span className="muted history-files">{few(row.files)} {row.files === 1 ? 'file' : 'files'}</span>
    </span>
  );
};

interface RowProps {
  readonly row: Row;
  /** Place in the whole list, from 1. */
  readonly index: number;
  readonly words: readonly string[];
  readonly top: number;
  readonly height: number;
  readonly isCurrent: boolean;
  readonly onCurrent: (index: number) => void;
}

/** One run. A click or Enter opens its brief at it. */
export const HistoryRow = memo(({ row, index, words, top, height, isCurrent, onCurrent }: RowProps): ReactElement => {
  const project = useProject(row.projectId);
  // What is still on the board may have moved on since the answer.
  const state = useRun(row.runId)?.state.name ?? row.state;
  const run = useRun(row.runId);
  const brief = useBrief(row.briefId) ?? null;
  const standing = brief === null ? row.standing : standingOf({ id: row.runId, state, isLanded: row.landed || (run?.landed.length ?? 0) > 0 }, brief);
  const changedNothing = run ? hasChangedNothing(run) : row.files === 0;
  const sign = standing === 'reviewable' && changedNothing ? NO_CHANGES : standingSignOf(standing);
  const goal = visibleText(row.goal.split('\n', 1)[0] ?? '') || 'Untitled brief';
  const open = (): void => {
    window.location.hash = hrefOfRun({ ...row, state });
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      className={`history-row${isCurrent ? ' current' : ''}`}
      style={{ height, transform: `translateY(${top}px)` }}
      tabIndex={isCurrent ? 0 : -1}
      data-index={index}
      onFocus={() => onCurrent(index)}
      onClick={(event) => {
        if (!(event.target as Element).closest('a, button')) open();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) open();
      }}
    >
      <span role="gridcell" className="history-number muted">
        {project && <ProjectDot colour={project.colour} />}#{row.number}
      </span>
      <span role="gridcell" className="history-what">
        <a className="ellipsis block" href={hrefOfRun({ ...row, state })} tabIndex={-1} title={goal}>
          <MarkedText text={goal} words={words} />
        </a>
        {row.snippet !== null && (
          <span className="history-snippet ellipsis">
            <MarkedText text={visibleText(row.snippet)} words={words} />
          </span>
        )}
      </span>
      <span role="gridcell" className="history-attempt muted">{row.attempt > 1 ? `attempt ${row.attempt}` : ''}</span>
      <span role="gridcell" className="history-state">
        <Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>
      </span>
      <span role="gridcell" className="history-size">
        <Size row={row} />
      </span>
      <span role="gridcell" className="history-when" title={wholeMoment(row.queuedAt)}>
        {shortMoment(row.queuedAt)}
      </span>
      <span role="gridcell" className="history-took muted">{row.endedAt === null ? '' : duration(Math.max(0, row.endedAt - row.queuedAt))}</span>
      <span role="gridcell" className="history-again">
        {isEnded(state) && (
          <Button look="icon" tabIndex={-1} aria-label={`Run #${row.number} again`} title="Run again (r)" onClick={() => runAgain(row)}>
            <RetryIcon />
          </Button>
        )}
      </span>
    </div>
  );
});
