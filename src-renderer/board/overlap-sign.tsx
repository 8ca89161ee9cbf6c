import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import { useFleet } from '../client/fleet-store.ts';
import { gravestFirst, OVERLAP_LEGEND, overlapTone, sharedInWords } from '../client/overlap-words.ts';
import { OverlapIcon } from '../ui/icons.tsx';
import { openOverlap } from './open.ts';

/** Two crossing lines and the number of the other brief that works in the same place. */
export const OverlapSign = ({ brief, reachable }: { readonly brief: Brief; readonly reachable: boolean }): ReactElement | null => {
  const overlaps = useFleet((fleet) => fleet.overlaps[brief.id]);
  const [first, ...others] = gravestFirst(overlaps ?? []);
  if (!first) return null;
  const names = [first, ...others].map(({ number, landedOn }) => `#${number}${landedOn === undefined ? '' : ', which is landed elsewhere'}`);
  return (
    <button
      type="button"
      className={`card-overlap tone-${overlapTone(first)}`}
      tabIndex={reachable ? 0 : -1}
      aria-haspopup="dialog"
      aria-label={`${first.kind === 'files' ? 'Overlaps' : 'May overlap'} ${names.slice(0, 5).join(', ')}`}
      title={`#${first.number}: ${sharedInWords(first)}. ${OVERLAP_LEGEND}`}
      onClick={(event) => {
        event.stopPropagation();
        openOverlap(brief.id, event.currentTarget);
      }}
    >
      <OverlapIcon size={12} />#{first.number}
      {first.landedOn !== undefined && ' landed'}
      {others.length > 0 && ` +${others.length}`}
    </button>
  );
};
