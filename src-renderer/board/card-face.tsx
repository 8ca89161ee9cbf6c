import { memo, type ReactElement } from 'react';
import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { useProject, useRun } from '../client/fleet-store.ts';
import { modelInWords, titleOf } from '../client/run-sign.ts';
import { CheckIcon, MoreIcon } from '../ui/icons.tsx';
import { InternetSign } from '../ui/internet-sign.tsx';
import { ProjectDot } from '../ui/project-dot.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { CardState } from './card-state.tsx';
import { openMenu } from './open.ts';
import { OverlapSign } from './overlap-sign.tsx';

/** Most labels on a card; the others are on its page. */
const MOST_LABELS = 3;

export interface CardFaceProps {
  readonly brief: Brief;
  readonly column: Column;
  readonly showProject: boolean;
  /** It starts as soon as there is room. */
  readonly isNext: boolean;
  readonly isSelected: boolean;
  /** The buttons on it can be reached with Tab: on the one card that Tab stops at. */
  readonly reachable: boolean;
}

const Labels = ({ labels }: { readonly labels: readonly string[] }): ReactElement => (
  <div className="row card-labels">
    {labels.slice(0, MOST_LABELS).map((label) => (
      <span key={label} className="card-label ellipsis" title={visibleText(label)}>
        {visibleText(label)}
      </span>
    ))}
    {labels.length > MOST_LABELS && <span className="muted">+{labels.length - MOST_LABELS}</span>}
  </div>
);

/** All that a card says. A card that makes room for another one is drawn anew, and its face is not. */
export const CardFace = memo(({ brief, column, showProject, isNext, isSelected, reachable }: CardFaceProps): ReactElement => {
  const project = useProject(brief.projectId);
  const run = useRun(brief.currentRun);
  const isNew = column === 'review' && run !== undefined && !run.seen;
  return (
    <>
      <div className="card-head">
        {isSelected && (
          <span className="card-selected">
            <CheckIcon size={12} />
            <span className="hidden-text">Selected</span>
          </span>
        )}
        {isNew && <span className="card-unseen" title="Not seen yet"><span className="hidden-text">Not seen yet</span></span>}
        <span className="muted">#{brief.number}</span>
        {showProject && project && (
          <span className="card-project muted">
            <ProjectDot colour={project.colour} />
            <span className="ellipsis">{visibleText(project.name)}</span>
          </span>
        )}
        {run && run.attempt > 1 && <span className="muted card-attempt" title={`Attempt ${run.attempt}`}>attempt {run.attempt}</span>}
        {isNext && <span className="tag card-next">next</span>}
        <OverlapSign brief={brief} reachable={reachable} />
        <span className="grow" />
        <button
          type="button"
          className="card-more"
          tabIndex={reachable ? 0 : -1}
          aria-label={`Actions of #${brief.number}`}
          aria-haspopup="menu"
          onClick={(event) => {
            event.stopPropagation();
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            openMenu(brief.id, left, bottom);
          }}
        >
          <MoreIcon />
        </button>
      </div>
      <h3 className="card-goal" dir="auto">{visibleText(titleOf(brief.text))}</h3>
      {brief.text.labels.length > 0 && <Labels labels={brief.text.labels} />}
      <CardState brief={brief} column={column} run={run} />
      <div className="card-foot muted">
        <InternetSign internet={brief.text.runsWith.internet} />
        <span className="ellipsis">{visibleText(modelInWords(brief.text))}</span>
      </div>
    </>
  );
});
