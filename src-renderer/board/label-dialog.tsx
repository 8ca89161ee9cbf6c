import { useState, type ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { labelsOf } from '../client/labels.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { count } from '../ui/format.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { oneByOne, tellFailures } from './one-by-one.ts';
import { useOpen } from './open.ts';

/** What is to happen to labels: true puts one on all of the briefs, false takes it off; what is not named stays. */
type Changes = Readonly<Record<string, boolean>>;

const withChanges = (labels: readonly string[], changes: Changes): string[] => {
  const next = new Set(labels);
  for (const [label, on] of Object.entries(changes)) {
    if (on) next.add(label);
    else next.delete(label);
  }
  return [...next];
};

const apply = async (briefs: readonly Brief[], changes: Changes): Promise<void> => {
  const failed = await oneByOne(briefs, async ({ id }) => {
    // As it is by now: the dialog may have been open for a while.
    const text = useFleet.getState().briefs[id]?.text;
    if (text) await api.briefs.edit({ commandId: newCommandId(), briefId: id, text: { ...text, labels: withChanges(text.labels, changes) } });
  });
  tellFailures(failed, briefs.length, 'keeps its labels', 'keep their labels');
};

const close = (): void => useOpen.setState({ labels: null });

/** Puts labels on briefs and takes them off. */
const Inside = ({ briefs }: { readonly briefs: readonly Brief[] }): ReactElement => {
  const [known] = useState(() => labelsOf(useFleet.getState().briefs, null));
  const [changes, setChanges] = useState<Changes>({});
  const [added, setAdded] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState('');
  const labels = [...new Set([...known, ...added])];
  const uses = (label: string): number => briefs.filter((brief) => brief.text.labels.includes(label)).length;
  const add = (): void => {
    const label = typed.trim();
    if (label === '') return;
    setAdded([...added, label]);
    setChanges({ ...changes, [label]: true });
    setTyped('');
  };
  const save = (): void => {
    const label = typed.trim();
    void apply(briefs, label === '' ? changes : { ...changes, [label]: true });
    close();
  };
  const [first] = briefs;
  return (
    <Dialog
      title={briefs.length === 1 && first ? `Labels of #${first.number}` : `Labels of ${count(briefs.length, 'brief')}`}
      onClose={close}
      onSubmit={typed.trim() === '' ? save : add}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" onClick={save}>Save labels</Button>
        </>
      }
    >
      <div className="row">
        <input className="input" data-first aria-label="New label" placeholder="New label" maxLength={64} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Button onClick={add} disabled={typed.trim() === ''}>Add</Button>
      </div>
      <div className="stack label-list">
        {labels.length === 0 && <p className="hint">No brief has a label yet.</p>}
        {labels.map((label) => {
          const has = uses(label);
          return (
            <Checkbox
              key={label}
              checked={changes[label] ?? (has === briefs.length || (has > 0 && 'some'))}
              {...(changes[label] === undefined && has > 0 && has < briefs.length && { hint: `${has} of ${briefs.length} have it` })}
              onChange={(on) => setChanges({ ...changes, [label]: on })}
            >
              {visibleText(label)}
            </Checkbox>
          );
        })}
      </div>
    </Dialog>
  );
};

/** The most labels a brief may have is the contract's; more are refused by the service, which says so. */
export const LabelDialog = (): ReactElement | null => {
  const briefs = useOpen((state) => state.labels);
  return briefs && briefs.length > 0 ? <Inside briefs={briefs} /> : null;
};
