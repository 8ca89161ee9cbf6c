import { useEffect, useState, type ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import { columnOf } from '../../src-main/domain/columns.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun, useRun } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo } from '../client/route.ts';
import { Confirm } from '../ui/confirm.tsx';
import { InfoIcon, TrashIcon } from '../ui/icons.tsx';
import { showFault } from '../ui/toast.tsx';
import { AsLaunched } from './as-launched.tsx';
import { Attempts } from './attempts.tsx';
import { BriefEditor } from './brief-editor.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { differences } from './draft-text.ts';
import { Overlaps, OverlapsNotice } from './overlaps.tsx';
import { conflictWith, editDraft, flushDraft, isChangedElsewhere, keepMine, recoverDraft, takeTheirs, useDrafts } from './save-draft.ts';
import { SaveSign } from './save-sign.tsx';

/** Brings what was typed to the service: what a reload left, and what is there when the page goes. */
const useSaving = (brief: Brief): void => {
  const { id } = brief;
  useEffect(() => {
    recoverDraft(id);
    const leave = (): void => void flushDraft(id);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [id]);
  useEffect(() => {
    if (isChangedElsewhere(brief)) conflictWith(brief);
  }, [brief]);
};

interface BriefTabProps {
  readonly brief: Brief;
  /** It runs: on to what comes next. */
  readonly onLaunched: () => void;
}

/** The brief itself, saved as it is typed. */
export const BriefTab = ({ brief, onLaunched }: BriefTabProps): ReactElement => {
  const { id, projectId } = brief;
  const draft = useDrafts((drafts) => drafts.drafts[id]);
  const state = useDrafts((drafts) => drafts.states[id]);
  const run = useRun(brief.currentRun);
  const column = columnOf(brief, run ?? null);
  const [busy, setBusy] = useState(false);
  const [deleting, setDeleting] = useState(false);
  useSaving(brief);
  const text = draft?.text ?? brief.text;
  // For whom it waits is changed in both at once.
  const differing = run === undefined ? [] : differences({ ...run.order.text, after: [] }, { ...text, after: [] });
  const isUnderWay = column === 'queued' || column === 'running';

  const launch = async (): Promise<void> => {
    setBusy(true);
    try {
      await flushDraft(id);
      const after = useDrafts.getState().states[id];
      if (after?.kind === 'failed' || after?.kind === 'conflict') return;
      takeRun(await api.briefs.launch({ commandId: newCommandId(), briefId: id }));
      onLaunched();
    } catch (error) {
      showFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  const remove = (): void => {
    api.briefs.remove({ commandId: newCommandId(), briefId: id }).then(
      () => goTo({ place: 'board', project: null }),
      (error: unknown) => showFault(faultOf(error)),
    );
  };

  return (
    <>
      <BriefEditor
        name={id}
        projectId={projectId}
        number={brief.number}
        text={text}
        onChange={(next) => editDraft(brief, next)}
        sign={<SaveSign id={id} />}
        notice={
          <>
            <OverlapsNotice id={id} />
            {state?.kind === 'conflict' && draft && <ConflictNotice mine={draft.text} theirs={state.theirs} onTakeTheirs={() => takeTheirs(state.theirs)} onKeepMine={() => keepMine(id, state.theirs)} />}
            {column !== 'backlog' && (
              <p className="notice" role="status">
                <InfoIcon />
                <span className="grow">{isUnderWay ? 'A run is under way. It keeps the brief that it was launched with: what you change here is for the next one.' : 'Changes here are for the next run. The result keeps the brief that it was launched with.'} {differing.length > 0 && `Changed since it was launched: ${differing.join(', ')}.`}</span>
                {differing.length > 0 && run && <AsLaunched run={run} />}
              </p>
            )}
          </>
        }
        side={
          <>
            <Overlaps id={id} text={text} onChange={(after) => editDraft(brief, { ...text, after })} />
            <Attempts brief={brief} />
          </>
        }
        menu={[{ id: 'delete', title: 'Delete…', icon: <TrashIcon />, tone: 'red', onAction: () => setDeleting(true) }]}
        launch={isUnderWay ? null : { title: column === 'backlog' ? 'Launch' : 'Run again', busy, held: state?.kind === 'conflict' ? 'Choose first which of the two versions is to stay.' : null, run: () => void launch() }}
      />
      {deleting && (
        <Confirm title={`Delete #${brief.number}?`} action="Delete the brief" onClose={() => setDeleting(false)} onConfirm={remove}>
          The brief and what was typed in it are gone for good.
        </Confirm>
      )}
    </>
  );
};
