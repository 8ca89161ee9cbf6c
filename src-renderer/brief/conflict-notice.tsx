import type { ReactElement } from 'react';
import type { Brief, BriefText } from '../../src-main/contract/brief.ts';
import { Button } from '../ui/button.tsx';
import { WarningIcon } from '../ui/icons.tsx';
import { differences } from './draft-text.ts';

interface ConflictNoticeProps {
  readonly mine: BriefText;
  readonly theirs: Brief;
  readonly onTakeTheirs: () => void;
  readonly onKeepMine: () => void;
}

/** The brief was changed in two places: nothing is sent until one of them is chosen. */
export const ConflictNotice = ({ mine, theirs, onTakeTheirs, onKeepMine }: ConflictNoticeProps): ReactElement => (
  <div className="notice amber" role="alert">
    <WarningIcon />
    <p className="grow">
      <strong>This brief was changed in another window while you typed here.</strong> The two differ in {differences(mine, theirs.text).join(', ') || 'nothing'}. Yours is kept here until you choose.
    </p>
    <Button onClick={onTakeTheirs}>Take theirs</Button>
    <Button look="primary" onClick={onKeepMine}>
      Keep mine
    </Button>
  </div>
);
