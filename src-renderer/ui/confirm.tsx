import type { ReactElement, ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmProps {
  readonly title: string;
  /** What the button that goes on says. */
  readonly action: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Asks before work would be lost, and only then. */
export const Confirm = ({ title, action, children, onClose, onConfirm }: ConfirmProps): ReactElement => (
  <Dialog
    title={title}
    onClose={onClose}
    footer={
      <>
        <Button onClick={onClose}>Keep it</Button>
        <Button
          look="danger"
          data-first
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {action}
        </Button>
      </>
    }
  >
    <p>{children}</p>
  </Dialog>
);
