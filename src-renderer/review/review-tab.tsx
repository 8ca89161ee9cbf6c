import { useEffect, type ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { api } from '../client/api.ts';
import { newCommandId } from '../client/ids.ts';
import { goBack, goTo, useRoute } from '../client/route.ts';
import { loadDiffEditor } from './diff/load-diff-editor.ts';
import { LiveReview } from './live/live-review.tsx';
import { useOpened } from './opening.ts';
import { NoResult, NotStarted, Waiting } from './no-result.tsx';
import { afterAdvance } from './queue/after-advance.ts';
import { lookAt, useQueue } from './queue/queue-session.ts';
import { goToWaiting, QueueStrip } from './queue/queue-strip.tsx';
import { useNextWaiting } from './queue/use-next-waiting.ts';
import type { Decided } from './use-decisions.ts';
import { WithResult } from './with-result.tsx';
import './review.css';

/** Begins to load the editor beside the list of changes, not after it. */
export const loadEditor = (): void => void loadDiffEditor().catch(() => undefined);

/** Marks a finished run as seen when its review is opened. */
const useSeen = (run: Run | undefined): void => {
  const unseen = run !== undefined && hasEnded(run.state) && !run.seen;
  useEffect(() => {
    if (unseen) api.runs.markSeen({ commandId: newCommandId(), runId: run.id }).catch(() => undefined);
  }, [run?.id, unseen]);
};

/** A brief that is not launched yet can still have had runs; the last one is what is shown. */
const Inside = ({ brief, run, onDecided, onBack }: { readonly brief: Brief; readonly run: Run | undefined; readonly onDecided: (how: Decided) => void; readonly onBack: () => void }): ReactElement => {
  const result = run?.turns.at(-1)?.result;
  // A result says by itself when all of it is there.
  useOpened(brief.id, !result);
  if (!run) return <NotStarted brief={brief} />;
  if (result) return <WithResult key={run.id} brief={brief} run={run} result={result} onDecided={onDecided} onBack={onBack} />;
  if (run.state.name === 'working') return <LiveReview key={run.id} run={run} onBack={onBack} />;
  if (hasEnded(run.state)) return <NoResult brief={brief} run={run} onDecided={onDecided} onBack={onBack} />;
  return <Waiting brief={brief} run={run} />;
};

/** What came back, what speaks for it, and the decision. Opened from the queue, each decision goes on to the next result. */
export const ReviewTab = ({ brief, run }: { readonly brief: Brief; readonly run: Run | undefined }): ReactElement => {
  const route = useRoute();
  const inQueue = route.place === 'brief' && route.queue === true;
  const queue = useQueue();
  const next = useNextWaiting(brief.id);
  useSeen(run);
  useEffect(loadEditor, []);
  useEffect(() => {
    if (inQueue) lookAt(brief.id);
  }, [inQueue, brief.id]);
  const onBack = (): void => (inQueue ? goTo({ place: 'review' }) : goBack());
  const onDecided = (how: Decided): void => {
    if (inQueue) {
      if (next) afterAdvance.advance();
      goToWaiting(next);
    }
    // There is nothing to be done here any more; what was landed or closed can still be looked at.
    else if (how === 'backlog') onBack();
    else if (how === 'again') goTo({ place: 'brief', id: brief.id, tab: 'activity', run: null });
  };
  return (
    <div className="review">
      {inQueue && <QueueStrip queue={queue} briefId={brief.id} />}
      <Inside key={brief.id} brief={brief} run={run} onDecided={onDecided} onBack={onBack} />
    </div>
  );
};
