import { useState, type ReactElement } from 'react';
import { faultOf } from '../client/fault-of.ts';
import { Button } from '../ui/button.tsx';
import { FolderIcon } from '../ui/icons.tsx';
import { showFault } from '../ui/toast.tsx';

interface WelcomeProps {
  readonly onAddProject: () => void;
  readonly onAddSample: () => Promise<void>;
}

/** The board before the first project. */
export const Welcome = ({ onAddProject, onAddSample }: WelcomeProps): ReactElement => {
  const [busy, setBusy] = useState(false);
  const sample = (): void => {
    setBusy(true);
    onAddSample()
      .catch((error: unknown) => showFault(faultOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div className="empty">
      <h2>No project yet</h2>
      <p>
        Add the folder of a git repository, or try the sample: three briefs that run a script in a sealed container. Drag one to
        Queued, watch it run, review its diff, land it.
      </p>
      <div className="row">
        <Button look="primary" onClick={sample} disabled={busy}>
          {busy ? 'Adding…' : 'Add the sample project'}
        </Button>
        <Button onClick={onAddProject}>
          <FolderIcon /> Add a folder
        </Button>
      </div>
    </div>
  );
};
