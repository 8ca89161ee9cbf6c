import { memo, type ReactElement } from 'react';
import type { Project } from '../../../src-main/contract/project.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { hrefOf } from '../../client/route.ts';
import { checkCount, failureInWords, titleOf } from '../../client/run-sign.ts';
import { count } from '../../ui/format.ts';
import { FlagIcon } from '../../ui/icons.tsx';
import { ProjectDot } from '../../ui/project-dot.tsx';
import { Sign } from '../../ui/sign.tsx';
import { checksInWords } from '../../client/checks-in-words.ts';
import { countFindings, findingsOf } from '../../client/finding-words.ts';
import type { Waiting } from './queue-order.ts';
import { hasExclusion } from '../selection.ts';

interface QueueRowProps {
  readonly waiting: Waiting;
  readonly project: Project | undefined;
  readonly now: number;
  readonly current: boolean;
  readonly onFocus: (brief: string) => void;
}

const MINUTE = 60_000;

/** How long ago, as roughly as matters for what to look at first. */
const age = (ms: number): string => {
  if (ms < MINUTE) return 'just now';
  if (ms < 60 * MINUTE) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < 48 * 60 * MINUTE) return `${Math.floor(ms / 60 / MINUTE)} h ago`;
  return `${Math.floor(ms / 24 / 60 / MINUTE)} days ago`;
};

const CheckWord = ({ waiting: { run } }: { readonly waiting: Waiting }): ReactElement | null => {
  const checks = checkCount(run);
  if (checks === null) return null;
  if (!checks.checked || hasExclusion(run)) return <Sign tone="grey" shape="circle">not checked</Sign>;
  const { tone, shape, words } = checksInWords(checks, checks.total);
  if (tone === 'amber') {
    return (
      <Sign tone={tone} shape={shape}>
        <span className="ellipsis" title={words}>
          {words}
        </span>
      </Sign>
    );
  }
  return (
    <Sign tone={tone} shape={shape}>
      {checks.passed}/{checks.total}
      <span className="hidden-text"> checks passed</span>
    </Sign>
  );
};

/** One result that waits: what it is, how much, and what speaks for it and against it. */
export const QueueRow = memo(({ waiting, project, now, current, onFocus }: QueueRowProps): ReactElement => {
  const { brief, run } = waiting;
  const result = run.turns.at(-1)?.result ?? null;
  const failure = failureInWords(run);
  const findings = countFindings(findingsOf(run));
  const title = visibleText(titleOf(brief.text));
  return (
    <li>
      <a
        className="queue-row"
        href={hrefOf({ place: 'brief', id: brief.id, tab: 'review', run: null, queue: true })}
        data-waiting={brief.number}
        aria-current={current}
        tabIndex={current ? 0 : -1}
        onFocus={() => onFocus(brief.id)}
      >
        <span className={`queue-seen${run.seen ? '' : ' unseen'}`}>{!run.seen && <span className="hidden-text">not seen yet</span>}</span>
        <span className="queue-number muted">#{brief.number}</span>
        <span className="queue-title">
          <span className="ellipsis">{title}</span>
          {failure !== null && <span className="tone-red ellipsis queue-failure">{visibleText(failure)}</span>}
        </span>
        <span className="queue-project">
          {project && <ProjectDot colour={project.colour} />}
          <span className="ellipsis muted">{visibleText(project?.name ?? '')}</span>
        </span>
        <span className="queue-size file-counts">
          {result === null ? (
            <span className="muted">no result</span>
          ) : result.outcome === 'noChanges' ? (
            <span className="muted">no changes</span>
          ) : (
            <>
              <span className="muted">{count(result.files, 'file')}</span>
              <span className="tone-green">+{result.additions}</span>
              <span className="tone-red">−{result.deletions}</span>
            </>
          )}
        </span>
        <span className="queue-checks">{failure === null || result !== null ? <CheckWord waiting={waiting} /> : <Sign tone="red" shape="cross">failed</Sign>}</span>
        <span className="queue-findings">
          {findings.all > 0 && (
            <span className={`tag tone-${findings.tone}`}>
              <FlagIcon size={12} />
              {findings.all}
              <span className="hidden-text"> {findings.all === 1 ? 'finding' : 'findings'}</span>
            </span>
          )}
        </span>
        <span className="queue-age muted">{run.endedAt === null ? '' : age(now - run.endedAt)}</span>
      </a>
    </li>
  );
});
QueueRow.displayName = 'QueueRow';
