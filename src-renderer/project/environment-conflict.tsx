import type { ReactElement } from 'react';
import type { Environment } from '../../src-main/contract/project.ts';
import { Button } from '../ui/button.tsx';
import { WarningIcon } from '../ui/icons.tsx';
import { differences } from '../client/environment-changes.ts';

interface EnvironmentConflictProps {
  readonly mine: Environment;
  readonly theirs: Environment;
  /** False while a field of mine has to be corrected. */
  readonly canKeep: boolean;
  readonly onTakeTheirs: () => void;
  readonly onKeepMine: () => void;
}

/** The environment was changed in two places: nothing is saved until one of them is chosen. */
export const EnvironmentConflict = ({ mine, theirs, canKeep, onTakeTheirs, onKeepMine }: EnvironmentConflictProps): ReactElement => (
  <div className="notice amber environment-conflict" role="alert">
    <WarningIcon />
    <p className="grow">
      <strong>This environment was changed elsewhere while you typed here.</strong> The two differ in {differences(mine, theirs).join(', ') || 'what cannot be saved yet'}. Yours is kept here until you choose.
    </p>
    <Button onClick={onTakeTheirs}>Take theirs</Button>
    <Button look="primary" disabled={!canKeep} onClick={onKeepMine}>
      Keep mine
    </Button>
  </div>
);
