import { useState, type ReactElement } from 'react';
import { briefText, type BriefText } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { obstacleToLaunch } from '../../src-main/domain/readiness.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeBrief, takeRun } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { PlayIcon } from '../ui/icons.tsx';
import { showFault } from '../ui/toast.tsx';
import { BriefForm } from './brief-form.tsx';
import { ImportButton } from './brief-file.tsx';
import { dropDraft, keepDraft, keptDraft } from './draft-storage.ts';
import { ReadinessList } from './readiness-list.tsx';
import { useReadiness } from './use-readiness.ts';

/** A brief that is not in the backlog yet; it is kept on this machine until it is. */
export const NewBrief = ({ projectId }: { readonly projectId: ProjectId }): ReactElement => {
  const name = `new.${projectId}`;
  const [text, setText] = useState<BriefText>(() => keptDraft(name) ?? briefText.parse({}));
  const [busy, setBusy] = useState(false);
  const readiness = useReadiness(projectId, text);
  const obstacle = obstacleToLaunch(text);
  const change = (next: BriefText): void => {
    keepDraft(name, next);
    setText(next);
  };
  const save = async (launch: boolean): Promise<void> => {
    setBusy(true);
    try {
      const brief = await api.briefs.create({ commandId: newCommandId(), projectId, text });
      takeBrief(brief);
      dropDraft(name);
      if (launch) {
        try {
          takeRun(await api.briefs.launch({ commandId: newCommandId(), briefId: brief.id }));
        } catch (error) {
          showFault(faultOf(error));
          // It is in the backlog now: staying here would make another one with the next click.
          return goTo({ place: 'brief', id: brief.id, tab: 'brief', run: null });
        }
      }
      goTo({ place: 'board', project: null });
    } catch (error) {
      showFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="brief-tab">
      <div className="brief-main">
        <BriefForm projectId={projectId} text={text} isNew onChange={change} />
      </div>
      <div className="brief-side">
        <div className="stack">
          <Button look="primary" disabled={busy || obstacle !== null} title={obstacle ?? undefined} onClick={() => void save(true)}>
            <PlayIcon /> {obstacle === null && readiness?.ready === false ? 'Launch anyway' : 'Launch'}
          </Button>
          <Button disabled={busy} onClick={() => void save(false)}>
            Add to backlog
          </Button>
        </div>
        <ReadinessList readiness={readiness} />
        <div className="row">
          <ImportButton onRead={change} />
        </div>
      </div>
    </div>
  );
};
