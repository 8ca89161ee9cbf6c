import { useState, type ReactElement } from 'react';
import { briefText, type BriefText } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { useActions } from '../client/actions.ts';
import { api } from '../client/api.ts';
import { AWAY, useAway } from '../client/connection.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeBrief, takeRun, useFleet, useProject } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { CheckIcon, TrashIcon } from '../ui/icons.tsx';
import { showDone, showFault } from '../ui/toast.tsx';
import { BriefEditor } from './brief-editor.tsx';
import { dropDraft, dropMarkdown, keepDraft, keptDraft } from './draft-storage.ts';
import { sameText, sendable } from './draft-text.ts';

/** A brief that is not in the backlog yet; it is kept on this machine until it is. */
export const NewBrief = ({ projectId }: { readonly projectId: ProjectId }): ReactElement => {
  const name = `new.${projectId}`;
  const minutes = useFleet((fleet) => fleet.settings.timeBudgetMinutes);
  const internet = useProject(projectId)?.environment.network.mode ?? 'off';
  const [empty] = useState<BriefText>(() => briefText.parse({ timeBudgetMinutes: minutes, runsWith: { internet } }));
  const [text, setText] = useState<BriefText>(() => keptDraft(name)?.text ?? empty);
  const [drafts, setDrafts] = useState(0);
  const [busy, setBusy] = useState(false);
  const away = useAway();
  const isEmpty = sameText(text, empty);
  const change = (next: BriefText): void => {
    keepDraft(name, { text: next, base: null });
    setText(next);
  };
  const clear = (): void => {
    dropDraft(name);
    dropMarkdown(name);
    setText(empty);
    setDrafts((count) => count + 1);
  };
  const save = async (launch: boolean): Promise<void> => {
    const whole = sendable(text);
    if (!whole.ok) return showFault({ message: whole.message, next: 'Correct the field, then save again.' });
    setBusy(true);
    try {
      const brief = await api.briefs.create({ commandId: newCommandId(), projectId, text: whole.text });
      takeBrief(brief);
      dropDraft(name);
      if (launch) {
        // Whether it starts or not, it is in the backlog now: staying here would make another one with the next click.
        const run = await api.briefs.launch({ commandId: newCommandId(), briefId: brief.id }).catch((error: unknown) => showFault(faultOf(error)));
        if (run) takeRun(run);
        clear();
        return goTo({ place: 'brief', id: brief.id, tab: run ? 'activity' : 'brief', run: null });
      }
      showDone(`#${brief.number} is in the backlog.`);
      clear();
      goTo({ place: 'board', project: null });
    } catch (error) {
      showFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  useActions(away ? [] : [{ title: 'Save to the backlog', section: 'Brief', keys: 'mod+s', run: () => void save(false) }]);
  return (
    <BriefEditor
      key={drafts}
      name={name}
      projectId={projectId}
      number={null}
      text={text}
      onChange={change}
      sign={
        <p className="save-sign muted" role="status" data-testid="save-state">
          {!isEmpty && (
            <>
              <CheckIcon size={12} /> <span>Draft kept on this machine</span>
            </>
          )}
        </p>
      }
      menu={[{ id: 'clear', title: 'Start over', icon: <TrashIcon />, disabled: isEmpty, onAction: clear }]}
      buttons={
        <Button disabled={busy || isEmpty || away} title={away ? AWAY : undefined} onClick={() => void save(false)}>
          Save to backlog
        </Button>
      }
      launch={{ title: 'Launch', busy, held: null, run: () => void save(true) }}
    />
  );
};
