import type { ReactElement } from 'react';
import type { Brief } from '../src-main/contract/brief.ts';
import { BriefTab } from './brief/brief-tab.tsx';
import { useBrief, useProject } from './client/fleet-store.ts';
import { goTo, hrefOf, type Tab } from './client/route.ts';
import { titleOf } from './client/run-sign.ts';
import { useRunsOf } from './client/use-runs-of.ts';
import { PageHead } from './frame/page-head.tsx';
import { ReviewTab } from './review/review-tab.tsx';
import { ActivityTab } from './run/activity-tab.tsx';
import { Empty } from './ui/empty.tsx';
import { moment } from './ui/format.ts';
import { visibleText } from '../src-main/domain/visible-text.ts';

const TABS: readonly { readonly tab: Tab; readonly title: string }[] = [
  { tab: 'brief', title: 'Brief' },
  { tab: 'activity', title: 'Activity' },
  { tab: 'review', title: 'Review' },
];

interface PageProps {
  readonly tab: Tab;
  readonly runId: string | null;
  /** Opened from the review queue. */
  readonly fromQueue: boolean;
}

const Page = ({ brief, tab, runId, fromQueue }: PageProps & { readonly brief: Brief }): ReactElement => {
  const project = useProject(brief.projectId);
  const runs = useRunsOf(brief);
  const run = runs.find((each) => each.id === (runId ?? brief.currentRun)) ?? runs[0];
  return (
    <>
      <PageHead title={visibleText(titleOf(brief.text))} number={brief.number} back={fromQueue ? { href: '#/review', title: 'Review' } : { href: '#/board', title: 'Board' }} place={project ? visibleText(project.name) : ''}>
        {runs.length > 1 && tab !== 'brief' && run && (
          <select className="input attempt" aria-label="Attempt" value={run.id} onChange={(event) => goTo({ place: 'brief', id: brief.id, tab, run: event.target.value, queue: fromQueue })}>
            {runs.map((each) => (
              <option key={each.id} value={each.id}>
                Attempt {each.attempt}, {moment(each.queuedAt)}
              </option>
            ))}
          </select>
        )}
      </PageHead>
      <nav className="tabs page-tabs" aria-label="Parts of the brief">
        {TABS.map((each) => (
          <a key={each.tab} href={hrefOf({ place: 'brief', id: brief.id, tab: each.tab, run: runId, queue: fromQueue })} aria-current={each.tab === tab ? 'page' : undefined}>
            {each.title}
          </a>
        ))}
      </nav>
      <main>
        {tab === 'brief' && <BriefTab key={brief.id} brief={brief} />}
        {tab === 'activity' && <ActivityTab brief={brief} run={run} />}
        {tab === 'review' && <ReviewTab brief={brief} run={run} />}
      </main>
    </>
  );
};

/** One brief: what is to be done, what happens, what came back. */
export const BriefPage = ({ id, ...rest }: PageProps & { readonly id: string }): ReactElement => {
  const brief = useBrief(id);
  if (brief) return <Page brief={brief} {...rest} />;
  return (
    <Empty title="This brief is not here" actions={<a className="button" href="#/board">Go to the board</a>}>
      It was deleted, or the link is of another machine.
    </Empty>
  );
};
