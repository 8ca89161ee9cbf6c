import { useEffect, type ReactElement } from 'react';
import { create } from 'zustand';
import { keysInWords } from '../client/action-keys.ts';
import { useActions } from '../client/actions.ts';
import { changeSettings } from '../client/change-settings.ts';
import { useFleet } from '../client/fleet-store.ts';
import { useRoute } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { Keys } from '../ui/keys.tsx';
import { TIPS, tipsDone, type Tip } from './tour-tips.ts';
import './tour.css';

/** Tips that were read or done since the page was opened; what was done is seen from the fleet too. */
const useRead = create<{ read: number }>(() => ({ read: 0 }));
const end = (): void => changeSettings({ tourDone: true });

const Callout = ({ tip, at }: { readonly tip: Tip; readonly at: number }): ReactElement => {
  const isLast = at === TIPS.length - 1;
  const next = (): void => (isLast ? end() : useRead.setState({ read: at + 1 }));
  useActions([{ title: isLast ? 'End the first steps' : 'Next of the first steps', section: 'Everywhere', keys: '.', early: true, also: 'tour tip', run: next }]);
  return (
    <aside className="tour" data-tip={at + 1} aria-label="First steps">
      <div role="status">
        <p className="hint">
          First steps: {tip.word}
        </p>
        <h2>{tip.title}</h2>
        <p>{tip.text}</p>
      </div>
      <div className="row tour-buttons">
        {!isLast && (
          <Button look="quiet" onClick={end}>
            Skip
          </Button>
        )}
        <span className="grow" />
        <Button aria-keyshortcuts="." onClick={next}>
          {isLast ? 'Got it' : 'Next'} <Keys presses={keysInWords('.')} />
        </Button>
      </div>
    </aside>
  );
};

/**
 * Three tips beside the real things, while nobody has seen or skipped them. They take no focus and cover no work: the page
 * goes on below. It stands between the head of a place and its content, as it is seen, for Tab and for readers.
 */
export const Tour = (): ReactElement | null => {
  const wanted = useFleet((fleet) => fleet.loaded && !fleet.settings.tourDone && Object.keys(fleet.projects).length > 0);
  const read = useRead((state) => state.read);
  const route = useRoute();
  const at = useFleet((fleet) => (wanted ? tipsDone(fleet, route, read) : 0));
  useEffect(() => {
    if (wanted && at >= TIPS.length) end();
    else if (wanted && at > useRead.getState().read) useRead.setState({ read: at });
  }, [wanted, at]);
  const tip = TIPS[at];
  if (!wanted || !tip || !tip.places.includes(route.place)) return null;
  return <Callout key={at} tip={tip} at={at} />;
};
