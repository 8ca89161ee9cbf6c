import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Overlap } from '../../src-main/contract/fleet.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useBrief, useFleet } from '../client/fleet-store.ts';
import { titleOf } from '../client/run-sign.ts';
import { gravestFirst, OVERLAP_LEGEND, overlapTone } from '../client/overlap-words.ts';
import { briefHref } from '../client/route.ts';
import { Bubble } from '../ui/bubble.tsx';
import { Button } from '../ui/button.tsx';
import { count } from '../ui/format.ts';
import { columnNow } from './deeds.ts';
import { useOpen } from './open.ts';
import { waitFor } from './queue-behind.ts';

const close = (): void => useOpen.setState({ overlap: null });

/** Waiting for another helps as long as that one has not ended, and only before this one has started. */
const WAITS = ['backlog', 'queued'];
const COMES_FIRST = ['backlog', 'queued', 'running'];

const metInWords = ({ kind, number, count: all, landedOn }: Overlap): string => {
  if (kind === 'scope') return `${count(all, 'file')} in play in both`;
  return `Both have changed ${count(all, 'file')}${landedOn === undefined ? '' : `; #${number} is landed on ${visibleText(landedOn)}, and not in this base`}`;
};

/** Most shared paths that are named. */
const MOST_PATHS = 8;

const One = ({ brief, overlap }: { readonly brief: Brief; readonly overlap: Overlap }): ReactElement => {
  const other = useBrief(overlap.briefId);
  const { after } = brief.text;
  const waits = after.includes(overlap.number);
  const offers = waits || (other !== undefined && WAITS.includes(columnNow(brief)) && COMES_FIRST.includes(columnNow(other)));
  const change = (numbers: number[]) => (): void => {
    close();
    void waitFor(brief, numbers);
  };
  return (
    <section className="overlap">
      <div className="row">
        <a className="grow ellipsis" href={briefHref(overlap.briefId, 'brief')} onClick={close}>
          #{overlap.number} {other && visibleText(titleOf(other.text))}
        </a>
        {offers && (
          <Button onClick={change(waits ? after.filter((number) => number !== overlap.number) : [...after, overlap.number])}>
            {waits ? `Do not wait for #${overlap.number}` : `Queue behind #${overlap.number}`}
          </Button>
        )}
      </div>
      <p className={`hint tone-${overlapTone(overlap)}`}>{metInWords(overlap)}:</p>
      <ul className="mono overlap-paths">
        {overlap.paths.slice(0, MOST_PATHS).map((path) => (
          <li key={path} className="literal ellipsis" title={visibleText(path)}>
            {visibleText(path)}
          </li>
        ))}
        {overlap.count > MOST_PATHS && <li className="muted">and {overlap.count - Math.min(MOST_PATHS, overlap.paths.length)} more</li>}
      </ul>
    </section>
  );
};

/** Which other briefs work in the same place as a card's, and where; one click puts it behind one of them. */
export const OverlapBubble = (): ReactElement | null => {
  const open = useOpen((state) => state.overlap);
  const brief = useBrief(open?.id ?? '');
  const overlaps = useFleet((fleet) => (open ? fleet.overlaps[open.id] : undefined));
  if (!open || !brief || !overlaps || overlaps.length === 0) return null;
  return (
    <Bubble label={`What #${brief.number} overlaps`} anchor={open.anchor} onClose={close}>
      {gravestFirst(overlaps).map((overlap) => (
        <One key={overlap.briefId} brief={brief} overlap={overlap} />
      ))}
      <p className="hint">{OVERLAP_LEGEND}</p>
    </Bubble>
  );
};
