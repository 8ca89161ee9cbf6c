import { useEffect, type ReactElement } from 'react';
import { create } from 'zustand';
import { changeSettings } from '../client/change-settings.ts';
import { useFleet } from '../client/fleet-store.ts';
import { useRoute } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { TIPS, tipsDone } from './tour-tips.ts';
import './tour.css';

/** Tips that were read or done since the page was opened; what was done is seen from the fleet too. */
const useRead = create<{ read: number }>(() => ({ read: 0 }));
const end = (): void => changeSettings({ tourDone: true });

const Callout = ({ at }: { readonly at: number }): ReactElement | null => {
  const tip = TIPS[at];
  if (!tip) return null;
  const isLast = at === TIPS.length - 1;
  return (
    <aside className="tour" data-tip={at + 1} aria-label="First steps">
      <div role="status">
        <p className="hint">
          First steps, {at + 1} of {TIPS.length}
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
        <Button onClick={() => (isLast ? end() : useRead.setState({ read: at + 1 }))}>{isLast ? 'Got it' : 'Next'}</Button>
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
  return <Callout key={at} at={at} />;
};
