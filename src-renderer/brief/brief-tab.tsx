import { useEffect, useState, type ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import { columnOf } from '../../src-main/domain/columns.ts';
import { obstacleToLaunch } from '../../src-main/domain/readiness.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun, useRun } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo, hrefOf } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { PlayIcon } from '../ui/icons.tsx';
import { showFault } from '../ui/toast.tsx';
import { BriefForm } from './brief-form.tsx';
import { ExportButton, ImportButton } from './brief-file.tsx';
import { ReadinessList } from './readiness-list.tsx';
import { editDraft, flushDraft, recoverDraft, useDrafts } from './save-draft.ts';
import { useReadiness } from './use-readiness.ts';


const SaveSign = ({ id }: { readonly id: string }): ReactElement => {
  const state = useDrafts((drafts) => drafts.states[id]);
  const unsaved = useDrafts((drafts) => drafts.texts[id] !== undefined);
  if (state?.kind === 'failed') return <p className="error" role="alert">Not saved: {state.message} What you typed is kept here.</p>;
  return <p className="hint" role="status" data-testid="save-state">{unsaved ? 'Saving…' : 'Saved'}</p>;
};

const Remove = ({ brief }: { readonly brief: Brief }): ReactElement => {
  const [asking, setAsking] = useState(false);
  const remove = (): void => {
    api.briefs.remove({ commandId: newCommandId(), briefId: brief.id }).then(
      () => goTo({ place: 'board', project: null }),
      (error: unknown) => showFault(faultOf(error)),
    );
  };
  return (
    <>
      <Button look="quiet" className="danger" onClick={() => setAsking(true)}>
        Delete
      </Button>
      {asking && (
        <Confirm title={`Delete #${brief.number}?`} action="Delete the brief" onClose={() => setAsking(false)} onConfirm={remove}>
          The brief and what was typed in it are gone for good.
        </Confirm>
      )}
    </>
  );
};

/** The brief itself, saved as it is typed. */
export const BriefTab = ({ brief }: { readonly brief: Brief }): ReactElement => {
  const { id, projectId } = brief;
  const draft = useDrafts((drafts) => drafts.texts[id]);
  const text = draft ?? brief.text;
  const run = useRun(brief.currentRun);
  const column = columnOf(brief, run ?? null);
  const readiness = useReadiness(projectId, text);
  const obstacle = obstacleToLaunch(text);

  useEffect(() => {
    recoverDraft(id);
    const leave = (): void => void flushDraft(id);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [id]);

  const launch = async (): Promise<void> => {
    try {
      await flushDraft(id);
      const started = await api.briefs.launch({ commandId: newCommandId(), briefId: id });
      takeRun(started);
      goTo({ place: 'brief', id, tab: 'activity', run: null });
    } catch (error) {
      showFault(faultOf(error));
    }
  };

  return (
    <div className="brief-tab">
      <div className="brief-main">
        <BriefForm projectId={projectId} text={text} isNew={false} onChange={(next) => editDraft(id, next)} />
      </div>
      <div className="brief-side">
        {column === 'backlog' ? (
          <Button look="primary" disabled={obstacle !== null} title={obstacle ?? undefined} onClick={() => void launch()}>
            <PlayIcon /> {obstacle === null && readiness?.ready === false ? 'Launch anyway' : 'Launch'}
          </Button>
        ) : (
          <p className="hint">Changes here are for the next attempt: a run keeps the brief that it was launched with.</p>
        )}
        <SaveSign id={id} />
        <ReadinessList readiness={readiness} />
        <div className="row wrap">
          <ExportButton briefId={id} number={brief.number} />
          <ImportButton onRead={(read) => editDraft(id, read)} />
          <Remove brief={brief} />
        </div>
        <a href={hrefOf({ place: 'project', id: projectId })}>Environment of the project</a>
      </div>
    </div>
  );
};
