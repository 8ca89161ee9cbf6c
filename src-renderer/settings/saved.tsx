import type { ReactElement } from 'react';
import { useSaving } from '../client/change-settings.ts';
import { useAway } from '../client/connection.ts';
import { CheckIcon } from '../ui/icons.tsx';
import { useNow } from '../ui/use-now.ts';

/** How long "Saved" stays, in milliseconds. */
const SHOWN_MS = 3_000;

/** Says quietly that a change was taken; that it was not, a message says. */
export const Saved = (): ReactElement => {
  const { saving, savedAt } = useSaving();
  const away = useAway();
  const now = useNow(savedAt !== null);
  const isFresh = savedAt !== null && now - savedAt < SHOWN_MS;
  return (
    <span className="settings-saved muted" role="status">
      {saving > 0 && (away ? 'Not saved yet: waits for the service' : 'Saving…')}
      {saving === 0 && isFresh && (
        <span className="tag">
          <CheckIcon size={12} /> Saved
        </span>
      )}
    </span>
  );
};
