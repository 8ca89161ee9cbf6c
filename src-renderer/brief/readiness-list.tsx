import type { ReactElement } from 'react';
import type { Readiness } from '../../src-main/contract/endpoints.ts';
import { CheckIcon, CircleIcon, WarningIcon } from '../ui/icons.tsx';

type Item = Readiness['items'][number];

const signOf = ({ ok, warning }: Item): { readonly tone: string; readonly sign: ReactElement; readonly words: string } => {
  if (!ok) return { tone: 'amber', sign: <CircleIcon />, words: ': missing.' };
  return warning ? { tone: 'amber', sign: <WarningIcon />, words: ': a warning.' } : { tone: 'green', sign: <CheckIcon />, words: ': has what it needs.' };
};

interface ReadinessListProps {
  readonly readiness: Readiness;
  /** It cannot be launched now, whatever it has: why is said beside the button. */
  readonly held: boolean;
}

const headOf = ({ ready }: Readiness, held: boolean): string => (!ready ? 'Not ready yet' : held ? 'Cannot be launched now' : 'Ready to launch');

/** What the brief has and what it lacks, beside the form; never in the way. */
export const ReadinessList = ({ readiness, held }: ReadinessListProps): ReactElement => (
  <aside className="readiness" aria-label="Readiness">
    <h2>{headOf(readiness, held)}</h2>
    <ul aria-live="polite">
      {readiness.items.map((item) => {
        const { tone, sign, words } = signOf(item);
        return (
          <li key={item.name}>
            <span className={`tone-${tone}`}>{sign}</span>
            <span>
              {item.name}
              <span className="hidden-text">{words}</span>
              <span className="hint"> {item.message}</span>
            </span>
          </li>
        );
      })}
    </ul>
  </aside>
);
