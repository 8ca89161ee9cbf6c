import { Fragment, useMemo, type ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Overlap } from '../../src-main/contract/fleet.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { useFleet } from '../client/fleet-store.ts';
import { gravestFirst, OVERLAP_LEGEND, overlapTone, sharedInWords, withoutPaths } from '../client/overlap-words.ts';
import { briefHref } from '../client/route.ts';
import { OverlapIcon } from '../ui/icons.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';

/** The others are in the brief. */
const NAMED = 3;
const NONE: readonly Overlap[] = [];

/** What other briefs meet what is selected of a result. */
export const useOverlaps = (run: Run): readonly Overlap[] => {
  const overlaps = useFleet((fleet) => fleet.overlaps[run.briefId] ?? NONE);
  return useMemo(() => withoutPaths(overlaps, run.excluded), [overlaps, run.excluded]);
};

/** Other briefs that have changed the same files, or may: two crossing lines and their numbers, each a way to it. */
export const OverlapSigns = ({ brief, run }: { readonly brief: Brief; readonly run: Run }): ReactElement | null => {
  const overlaps = gravestFirst(useOverlaps(run));
  const [first] = overlaps;
  if (!first) return null;
  const firstMaybe = overlaps.find(({ kind }) => kind === 'scope');
  return (
    <span className={`tag review-overlap tone-${overlapTone(first)}`} title={OVERLAP_LEGEND}>
      <OverlapIcon size={12} />
      {first.kind === 'files' ? 'Overlaps' : 'May overlap'}
      {overlaps.slice(0, NAMED).map((overlap) => (
        <Fragment key={`${overlap.briefId}${overlap.kind}`}>
          {overlap === firstMaybe && overlap !== first && <span className="tone-grey">, maybe</span>}
          <a className={`tone-${overlapTone(overlap)}`} href={briefHref(overlap.briefId, 'brief')} title={`#${overlap.number}: ${sharedInWords(overlap)}`}>
            #{overlap.number}
            {overlap.landedOn !== undefined && <span className="review-overlap-landed ellipsis"> landed on {visibleText(overlap.landedOn)}</span>}
          </a>
        </Fragment>
      ))}
      {overlaps.length > NAMED && <a href={briefHref(brief.id, 'brief')}>+{overlaps.length - NAMED}</a>}
    </span>
  );
};
