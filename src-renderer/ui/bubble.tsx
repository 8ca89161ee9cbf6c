import { useRef, type ReactElement, type ReactNode } from 'react';
import { Dialog, Popover } from 'react-aria-components';

interface BubbleProps {
  readonly label: string;
  /** What it stands beside. */
  readonly anchor: Element;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** More about something, beside it: closes on Escape and on a click elsewhere. */
export const Bubble = ({ label, anchor, onClose, children }: BubbleProps): ReactElement => (
  <Popover className="popover" triggerRef={useRef(anchor)} isOpen placement="bottom start" offset={4} onOpenChange={(open) => !open && onClose()}>
    <Dialog className="bubble" aria-label={label}>
      {children}
    </Dialog>
  </Popover>
);
