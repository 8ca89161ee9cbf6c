import { useMemo, useState, type ReactElement } from 'react';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useFleet } from '../client/fleet-store.ts';
import { briefHref } from '../client/route.ts';
import { titleOf } from '../client/run-sign.ts';
import { CloseIcon, PlusIcon } from '../ui/icons.tsx';
import { Pick } from '../ui/pick.tsx';

/** Briefs offered at once; more are found by typing. */
const MOST = 50;

interface AfterFieldProps {
  readonly projectId: string;
  /** The brief's own number; null while it has none. */
  readonly number: number | null;
  readonly after: readonly number[];
  readonly onChange: (after: number[]) => void;
}

/** Which other briefs must have run before. */
export const AfterField = ({ projectId, number, after, onChange }: AfterFieldProps): ReactElement => {
  const [typed, setTyped] = useState('');
  const briefs = useFleet((fleet) => fleet.briefs);
  const known = useMemo(
    () => Object.values(briefs).filter((brief) => brief.projectId === projectId && brief.decision === null).map((brief) => ({ id: brief.id, number: brief.number, title: visibleText(titleOf(brief.text)) })),
    [briefs, projectId],
  );
  const entries = known
    .filter((each) => each.number !== number && !after.includes(each.number) && `#${each.number} ${each.title}`.toLowerCase().includes(typed.trim().toLowerCase()))
    .slice(0, MOST)
    .map((each) => ({ id: String(each.number), title: `#${each.number} ${each.title}` }));
  return (
    <div className="field" role="group" aria-label="After">
      <span className="label">After</span>
      <ul className="brief-chips">
        {after.map((each) => {
          const brief = known.find((other) => other.number === each);
          return (
            <li key={each} className="brief-chip">
              {brief ? (
                <a className="ellipsis" href={briefHref(brief.id, 'brief')}>
                  #{each} {brief.title}
                </a>
              ) : (
                <span>#{each}</span>
              )}
              <button type="button" className="brief-chip-remove" aria-label={`No longer after #${each}`} onClick={() => onChange(after.filter((other) => other !== each))}>
                <CloseIcon size={12} />
              </button>
            </li>
          );
        })}
        <li>
          <Pick
            label="Another brief"
            look="plain"
            button={
              <>
                <PlusIcon size={12} /> Brief
              </>
            }
            placeholder="Number or title of a brief"
            sections={[{ title: 'Briefs of the project', entries }]}
            empty="No other brief is called that."
            onType={setTyped}
            onPick={(picked) => onChange([...after, Number(picked)])}
          />
        </li>
      </ul>
      <span className="hint">Waits in the queue until these have run.</span>
    </div>
  );
};
