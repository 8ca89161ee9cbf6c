import type { ReactElement } from 'react';
import type { Brief } from '../src-main/contract/brief.ts';
import { visibleText } from '../src-main/domain/visible-text.ts';
import { BriefTab } from './brief/brief-tab.tsx';
import { LostBrief } from './brief/lost-brief.tsx';
import { BriefTabs } from './brief/brief-tabs.tsx';
import { useBrief, useProject } from './client/fleet-store.ts';
import { goTo, listBehind, type Tab } from './client/route.ts';
import { titleOf } from './client/run-sign.ts';
import { standingSign } from './client/standing-sign.ts';
import { signAsSeen, useUnseen } from './client/unseen.ts';
import { useRunsOf } from './client/use-runs-of.ts';
import { PageHead } from './frame/page-head.tsx';
import { useWayTo } from './frame/page-title.ts';
import { Tour } from './frame/tour.tsx';
import { NetworkTab } from './network/network-tab.tsx';
import { RuleRow } from './project/rule-row.tsx';
import { goToWaiting } from './review/queue/queue-strip.tsx';
import { useNextWaiting } from './review/queue/use-next-waiting.ts';
import { ReviewTab } from './review/review-tab.tsx';
import { ActivityTab } from './run/activity-tab.tsx';
import { Choice } from './ui/choice.tsx';
import { moment } from './ui/format.ts';
import { ProjectDot } from './ui/project-dot.tsx';
import { Sign } from './ui/sign.tsx';

interface PageProps {
  readonly tab: Tab;
  readonly runId: string | null;
  /** Opened from the review queue. */
  readonly fromQueue: boolean;
}

const Page = ({ brief, tab, runId, fromQueue }: PageProps & { readonly brief: Brief }): ReactElement => {
  const project = useProject(brief.projectId);
  const back = useWayTo(fromQueue ? { place: 'review' } : listBehind());
  const runs = useRunsOf(brief);
  const run = runs.find((each) => each.id === (runId ?? brief.currentRun)) ?? runs[0];
  const unseen = useUnseen();
  const next = useNextWaiting(brief.id);
  // As a decision in the review does: from the queue it goes on to the next result.
  const onLaunched = (): void => (fromQueue ? goToWaiting(next) : goTo({ place: 'brief', id: brief.id, tab: 'activity', run: null }));
  const sign = run && signAsSeen(standingSign(run, brief), run.state, unseen);
  return (
    <>
      <PageHead
        title={visibleText(titleOf(brief.text))}
        number={brief.number}
        back={back}
        place={
          <span className="row">
            {project && (
              <span className="row ellipsis">
                <ProjectDot colour={project.colour} /> <span className="ellipsis">{visibleText(project.name)}</span>
              </span>
            )}
            {sign && (
              <Sign tone={sign.tone} shape={sign.shape}>
                {sign.word}
              </Sign>
            )}
          </span>
        }
      >
        {runs.length > 1 && tab !== 'brief' && run && (
          <Choice
            label="Attempt"
            quiet
            value={run.id}
            options={runs.map((each) => ({ value: each.id, title: `Attempt ${each.attempt}`, hint: `${standingSign(each, brief).word}, ${moment(each.queuedAt)}` }))}
            onChange={(id) => goTo({ place: 'brief', id: brief.id, tab, run: id, queue: fromQueue })}
          />
        )}
      </PageHead>
      <BriefTabs id={brief.id} tab={tab} run={run} runId={runId} fromQueue={fromQueue} />
      <Tour />
      <main>
        {tab === 'brief' && <BriefTab key={brief.id} brief={brief} onLaunched={onLaunched} />}
        {tab === 'activity' && <ActivityTab brief={brief} run={run} />}
        {tab === 'review' && <ReviewTab brief={brief} run={run} />}
        {tab === 'network' && <NetworkTab run={run} ruleFields={RuleRow} />}
      </main>
    </>
  );
};

/** One brief: what is to be done, what happens, what came back. */
export const BriefPage = ({ id, ...rest }: PageProps & { readonly id: string }): ReactElement => {
  const brief = useBrief(id);
  if (brief) return <Page brief={brief} {...rest} />;
  return (
    <>
      <PageHead title="Brief" back={{ href: '#/board', title: 'Board' }} />
      <main>
        <LostBrief key={id} id={id} />
      </main>
    </>
  );
};
