import { useState, type ReactElement } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Project } from '../../src-main/contract/project.ts';
import { PROJECT_COLOURS } from '../../src-main/domain/project-colours.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeProject } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { TextField } from '../ui/field.tsx';
import { ProjectDot } from '../ui/project-dot.tsx';

/** The hues of ui/theme.css, by name. */
const COLOUR = ['Teal', 'Violet', 'Orange', 'Green', 'Pink', 'Blue', 'Yellow', 'Purple', 'Red', 'Mint', 'Indigo', 'Lime'];

/** A project's name and its colour. The folder stays what it is called. */
export const ProjectDialog = ({ project, onClose }: { readonly project: Project; readonly onClose: () => void }): ReactElement => {
  const [name, setName] = useState(project.name);
  const [colour, setColour] = useState(project.colour);
  const [fault, setFault] = useState<Fault | null>(null);
  const save = async (): Promise<void> => {
    try {
      takeProject(await api.projects.edit({ commandId: newCommandId(), projectId: project.id, name: name.trim(), colour }));
      onClose();
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <Dialog
      title="Name and colour"
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={name.trim() === '' || name.trim().length > 200}>
            Save
          </Button>
        </>
      }
    >
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      <fieldset className="colours">
        <legend className="label">Colour</legend>
        {Array.from({ length: PROJECT_COLOURS }, (_, each) => (
          <label key={each} className="colour" title={COLOUR[each]}>
            <input type="radio" name="colour" checked={colour === each} aria-label={COLOUR[each] ?? `Colour ${each + 1}`} onChange={() => setColour(each)} />
            <ProjectDot colour={each} />
          </label>
        ))}
      </fieldset>
      {fault && <FaultText fault={fault} />}
    </Dialog>
  );
};
