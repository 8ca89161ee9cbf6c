import type { ReactElement } from 'react';
import type { Readiness } from '../../src-main/contract/endpoints.ts';
import { CheckIcon, CircleIcon } from '../ui/icons.tsx';

/** What the brief has and what it lacks, beside the form; never in the way. */
export const ReadinessList = ({ readiness }: { readonly readiness: Readiness }): ReactElement => (
  <aside className="readiness" aria-label="Readiness">
    <h2>{readiness.ready ? 'Ready to launch' : 'Not ready yet'}</h2>
    <ul aria-live="polite">
      {readiness.items.map((item) => (
        <li key={item.name}>
          <span className={item.ok ? 'tone-green' : 'tone-amber'}>{item.ok ? <CheckIcon /> : <CircleIcon />}</span>
          <span>
            {item.name}
            <span className="hidden-text">{item.ok ? ': has what it needs.' : ': missing.'}</span>
            <span className="hint"> {item.message}</span>
          </span>
        </li>
      ))}
    </ul>
  </aside>
);
