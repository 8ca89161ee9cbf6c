import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import { useFleet } from '../client/fleet-store.ts';
import { count } from '../ui/format.ts';
import { OverlapIcon } from '../ui/icons.tsx';
import { openOverlap } from './open.ts';

/** Two crossing lines and the number of the other brief that works in the same place. */
export const OverlapSign = ({ brief, reachable }: { readonly brief: Brief; readonly reachable: boolean }): ReactElement | null => {
  const overlaps = useFleet((fleet) => fleet.overlaps[brief.id]);
  const [first, ...others] = overlaps ?? [];
  if (!first) return null;
  const names = [first, ...others].map(({ number }) => `#${number}`);
  return (
    <button
      type="button"
      className="card-overlap"
      tabIndex={reachable ? 0 : -1}
      aria-haspopup="dialog"
      aria-label={`Overlaps ${names.slice(0, 5).join(', ')}`}
      title={`Shares ${count(first.count, 'file')} with #${first.number}`}
      onClick={(event) => {
        event.stopPropagation();
        openOverlap(brief.id, event.currentTarget);
      }}
    >
      <OverlapIcon size={12} />#{first.number}
      {others.length > 0 && ` +${others.length}`}
    </button>
  );
};
