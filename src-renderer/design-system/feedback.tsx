import type { ReactElement } from 'react';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { HistoryIcon, PauseIcon } from '../ui/icons.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showDone, showFault } from '../ui/toast.tsx';
import { Specimen } from './specimen.tsx';

const FAULT = { message: 'There is a branch main already.', next: 'Choose another name.' };

/** What says how things are. */
export const Feedback = (): ReactElement => (
  <>
    <Specimen title="Messages">
      <div className="row">
        <Button onClick={() => showDone('The branch is made.', 'It holds 5 files.')}>Good news</Button>
        <Button onClick={() => showFault(FAULT)}>A failure</Button>
      </div>
    </Specimen>
    <Specimen title="Banner: what concerns the whole window">
      <div className="banner">
        <PauseIcon />
        <span className="grow">
          <strong>The queue is paused.</strong> The disk is full. <span className="next">Free some space.</span>
        </span>
        <Button>Look again</Button>
      </div>
    </Specimen>
    <Specimen title="A failure where it happened">
      <FaultText fault={FAULT} />
    </Specimen>
    <Specimen title="Loading">
      <Skeleton />
    </Specimen>
    <Specimen title="Nothing to show: why, and what to do">
      <Empty title="No run yet" icon={<HistoryIcon size={20} />} actions={<Button>Go to the board</Button>}>
        Every run that was ever queued is found here.
      </Empty>
    </Specimen>
  </>
);
