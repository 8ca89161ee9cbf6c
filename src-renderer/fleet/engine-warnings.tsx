import type { ReactElement } from 'react';
import type { EngineWarning } from '../../src-main/contract/fleet.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useAway } from '../client/connection.ts';
import { changeSettings } from '../client/change-settings.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Button } from '../ui/button.tsx';
import { CodedText } from '../ui/coded-text.tsx';
import { count } from '../ui/format.ts';
import { WarningIcon } from '../ui/icons.tsx';

/** Known weaknesses of the engine's versions: in full until they were read, then one line that leads to them. */
export const EngineWarnings = ({ warnings }: { readonly warnings: readonly EngineWarning[] }): ReactElement | null => {
  const read = useFleet((fleet) => fleet.settings.readWarnings);
  const away = useAway();
  if (warnings.length === 0) return null;
  const isNew = warnings.some(({ id }) => !read.includes(id));
  const title = count(warnings.length, 'known weakness').replace(/weaknesss$/, 'weaknesses');
  return (
    <details className="engine-warnings" open={isNew}>
      <summary className={isNew ? 'tone-amber' : 'muted'}>
        <WarningIcon size={12} /> {`${title} in what the engine is made of`}
      </summary>
      <ul>
        {warnings.map(({ id, message, next }) => (
          <li key={id}>
            <CodedText text={visibleText(message)} />
            <div className="hint"><CodedText text={visibleText(next)} /></div>
          </li>
        ))}
      </ul>
      {isNew && (
        <Button disabled={away} onClick={() => changeSettings({ readWarnings: warnings.map(({ id }) => id) })}>
          Read, keep it short
        </Button>
      )}
    </details>
  );
};
