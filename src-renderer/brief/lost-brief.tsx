import { useState, type ReactElement } from 'react';
import { useFleet } from '../client/fleet-store.ts';
import { goTo } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { dropDraft, keepDraft, keptDraft } from './draft-storage.ts';

/** A brief that is not there. What was typed in it here and never saved can become another one. */
export const LostBrief = ({ id }: { readonly id: string }): ReactElement => {
  const [draft] = useState(() => keptDraft(id));
  const project = useFleet((fleet) => Object.values(fleet.projects)[0]?.id);
  const again = (): void => {
    if (!draft || !project) return;
    keepDraft(`new.${project}`, { text: draft.text, base: null });
    dropDraft(id);
    goTo({ place: 'newBrief', project });
  };
  return (
    <Empty
      title="This brief is not here"
      actions={
        <>
          {draft && project && (
            <Button look="primary" onClick={again}>
              Make a new brief of it
            </Button>
          )}
          <a className="button" href="#/board">
            Go to the board
          </a>
        </>
      }
    >
      {draft ? 'It was deleted elsewhere while you typed. What you typed is kept on this machine.' : 'It was deleted, or the link is of another machine.'}
    </Empty>
  );
};
