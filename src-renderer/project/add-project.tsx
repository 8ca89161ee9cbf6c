import { useState, type ReactElement } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import { api } from '../client/api.ts';
import { desktop } from '../client/desktop.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeProject } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { showDone } from '../ui/toast.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { addSample } from './add-sample.ts';

/** Adds a folder, or the sample, as a project. A refusal is shown under the field with its next step. */
export const AddProject = ({ onClose }: { readonly onClose: () => void }): ReactElement => {
  const [path, setPath] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const pickFolder = desktop()?.pickFolder;

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      await work();
      onClose();
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  const add = (folder: string): Promise<void> =>
    attempt(async () => {
      const project = await api.projects.add({ commandId: newCommandId(), path: folder.trim() });
      takeProject(project);
      showDone(`${visibleText(project.name)} is added.`, project.environment.setup === '' ? '' : 'Its lock files suggest a setup: choose the project, then Environment, to see it.');
    });

  return (
    <Dialog
      title="Add project"
      onClose={onClose}
      onSubmit={() => void add(path)}
      footer={
        <>
          <Button disabled={busy} onClick={() => void attempt(addSample)}>
            Add the sample project
          </Button>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={busy || path.trim() === ''}>
            {busy ? 'Adding…' : 'Add project'}
          </Button>
        </>
      }
    >
      <label className="field">
        <span className="label">Folder of a git repository</span>
        <span className="row">
          <input
            className="input mono"
            data-first
            spellCheck={false}
            autoComplete="off"
            placeholder="e.g. /home/me/code/api"
            value={path}
            aria-invalid={fault !== null}
            onChange={(event) => setPath(event.target.value)}
          />
          {pickFolder && (
            <Button onClick={() => void pickFolder().then((folder) => folder && setPath(folder))}>Choose…</Button>
          )}
        </span>
      </label>
      {fault && <FaultText fault={fault} />}
      <p className="hint">The full path, or of a folder inside. Drydock reads the repository and works on its own copy. Nothing is written to it until you land a result.</p>
    </Dialog>
  );
};
