import type { ReactElement } from 'react';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useAway } from '../client/connection.ts';
import { CheckIcon, CircleIcon, WarningIcon } from '../ui/icons.tsx';
import { useDrafts } from './save-draft.ts';

/** Whether the service has what is on screen: quiet while it does. */
export const SaveSign = ({ id }: { readonly id: string }): ReactElement => {
  const state = useDrafts((drafts) => drafts.states[id]);
  const away = useAway();
  if (state?.kind === 'failed' || state?.kind === 'conflict') {
    return (
      <p className="save-sign tone-red" role="alert" data-testid="save-state">
        <WarningIcon size={12} />
        <span>Not saved: {state.kind === 'failed' ? visibleText(state.message) : 'it was changed elsewhere.'} What you typed is kept here.</span>
      </p>
    );
  }
  const waits = state?.kind === 'saving';
  return (
    <p className="save-sign muted" role="status" data-testid="save-state">
      {waits ? <CircleIcon size={12} /> : <CheckIcon size={12} />}
      <span>{waits ? (away ? 'Kept here until the service is back' : 'Saving…') : 'Saved'}</span>
    </p>
  );
};
