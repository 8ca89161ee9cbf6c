import { useState, type ReactElement } from 'react';
import { faultOf } from '../client/fault-of.ts';
import { Button } from '../ui/button.tsx';
import { EyeIcon, FolderIcon, LockIcon, PlayIcon } from '../ui/icons.tsx';
import { showFault } from '../ui/toast.tsx';
import { MachineList } from './machine-list.tsx';
import './welcome.css';

interface WelcomeProps {
  readonly onAddProject: () => void;
  readonly onAddSample: () => Promise<void>;
}

const STEPS = [
  { Icon: PlayIcon, title: 'Drag a brief to Queued', text: 'It says what is to be done: a goal, a command, checks.' },
  { Icon: LockIcon, title: 'It runs in a sealed container', text: 'Of its own, with the internet off. You can watch, or walk away.' },
  { Icon: EyeIcon, title: 'Review, then land', text: 'What comes back is a diff. Nothing touches your repository before.' },
] as const;

/** The board before the first project: what happens here, what the machine lacks, and two ways to begin. */
export const Welcome = ({ onAddProject, onAddSample }: WelcomeProps): ReactElement => {
  const [busy, setBusy] = useState(false);
  const sample = (): void => {
    setBusy(true);
    onAddSample()
      .catch((error: unknown) => showFault(faultOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div className="welcome">
      <div className="welcome-inside">
        <header>
          <h2>Hand over work, keep the keys</h2>
          <p className="muted">Add the folder of a git repository. Or try the sample: three briefs that need no model and no internet, and the whole loop within a minute.</p>
        </header>
        <ol className="welcome-steps">
          {STEPS.map(({ Icon, title, text }) => (
            <li key={title}>
              <span className="welcome-icon">
                <Icon size={16} />
              </span>
              <h3>{title}</h3>
              <p className="hint">{text}</p>
            </li>
          ))}
        </ol>
        <div className="row wrap">
          <Button look="primary" onClick={sample} disabled={busy}>
            {busy ? 'Adding…' : 'Add the sample project'}
          </Button>
          <Button onClick={onAddProject}>
            <FolderIcon /> Add a folder
          </Button>
        </div>
        <MachineList />
      </div>
    </div>
  );
};
