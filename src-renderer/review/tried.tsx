import type { ReactElement } from 'react';
import { Button } from '../ui/button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { Copyable } from './decide.tsx';

/** Where the private clone of a result lies. */
export const Tried = ({ path, onClose }: { readonly path: string; readonly onClose: () => void }): ReactElement => (
  <div className="tried" role="status">
    <span>A private clone of what is selected is in</span>
    <Copyable text={path} what="the path" />
    <span className="muted grow">What you edit there stays there; the card stays in Review.</span>
    <Button look="icon" aria-label="Dismiss" onClick={onClose}>
      <CloseIcon size={12} />
    </Button>
  </div>
);
