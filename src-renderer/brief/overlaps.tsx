import type { ReactElement } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import type { Overlap } from '../../src-main/contract/fleet.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useBrief, useFleet } from '../client/fleet-store.ts';
import { gravestFirst, OVERLAP_LEGEND, overlapTone } from '../client/overlap-words.ts';
import { briefHref } from '../client/route.ts';
import { titleOf } from '../client/run-sign.ts';
import { Button } from '../ui/button.tsx';
import { count } from '../ui/format.ts';
import { OverlapIcon } from '../ui/icons.tsx';

const NONE: readonly Overlap[] = [];

const Other = ({ overlap, after, onChange }: { readonly overlap: Overlap; readonly after: readonly number[]; readonly onChange: (after: number[]) => void }): ReactElement => {
  const other = useBrief(overlap.briefId);
  const { number } = overlap;
  return (
    <li className="stack tight">
      <a className="ellipsis" href={briefHref(overlap.briefId, 'brief')}>
        #{number} {other ? visibleText(titleOf(other.text)) : ''}
      </a>
      <details className="matched">
        <summary className="hint"><span className={`tone-${overlapTone(overlap)}`}>{overlap.kind === 'files' ? `Both changed ${count(overlap.count, 'file')}` : `${count(overlap.count, 'file')} in play in both`}</span></summary>
        <ul className="mono literal">
          {overlap.paths.map((path) => (
            <li key={path}>{visibleText(path)}</li>
          ))}
          {overlap.count > overlap.paths.length && <li className="muted">and {(overlap.count - overlap.paths.length).toLocaleString('en')} more</li>}
        </ul>
      </details>
      {overlap.landedOn !== undefined && <p className="hint">#{number} is landed on {visibleText(overlap.landedOn)}, which this base does not have.</p>}
      {after.includes(number) ? <p className="hint">Queued behind #{number}.</p> : other?.decision == null && <Button onClick={() => onChange([...after, number])}>Queue behind #{number}</Button>}
    </li>
  );
};

/** That there are some, where what is beside the form stands below it. */
export const OverlapsNotice = ({ id }: { readonly id: string }): ReactElement | null => {
  const overlaps = gravestFirst(useFleet((fleet) => fleet.overlaps[id] ?? NONE));
  const [gravest] = overlaps;
  if (gravest === undefined) return null;
  return (
    <div className={`notice overlaps-above ${overlapTone(gravest)}`} role="status">
      <OverlapIcon />
      <p className="grow">
        <strong>Overlaps {count(overlaps.length, 'brief')}:</strong> {[...new Set(overlaps.map(({ number }) => `#${number}`))].join(', ')}
      </p>
      <Button onClick={(event) => event.currentTarget.closest('.brief-columns')?.querySelector('.overlaps')?.scrollIntoView({ block: 'start' })}>Show them</Button>
    </div>
  );
};

/** Other briefs that work in the same place, and the way to run behind one. */
export const Overlaps = ({ id, text, onChange }: { readonly id: string; readonly text: BriefText; readonly onChange: (after: number[]) => void }): ReactElement | null => {
  const overlaps = useFleet((fleet) => fleet.overlaps[id] ?? NONE);
  if (overlaps.length === 0) return null;
  return (
    <aside className="overlaps" aria-label="Overlap with other briefs">
      <h2 className="row">
        <OverlapIcon /> Overlaps {count(overlaps.length, 'brief')}
      </h2>
      <ul>
        {gravestFirst(overlaps).map((overlap) => (
          <Other key={`${overlap.briefId}${overlap.kind}`} overlap={overlap} after={text.after} onChange={onChange} />
        ))}
      </ul>
      <p className="hint">{OVERLAP_LEGEND}</p>
    </aside>
  );
};
