import { useId, useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { CloseIcon } from './icons.tsx';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** Makes the inside a form: Enter in a field does what the main button does. */
  readonly onSubmit?: () => void;
}

/** A modal over the native element, which keeps the focus inside, closes on Escape and gives the focus back. */
export const Dialog = ({ title, onClose, children, footer, onSubmit }: DialogProps): ReactElement => {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before it is taken out of the page: only then closing gives the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // Opening gives the focus to the first control, the close button; what is meant to come first says so.
    dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => dialog?.close();
  }, []);
  const Inside = onSubmit ? 'form' : 'div';
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <Inside
        className="dialog-inside"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
      >
        <header>
          <h2 id={id}>{title}</h2>
          <Button look="icon" aria-label="Close dialog" onClick={onClose}>
            <CloseIcon />
          </Button>
        </header>
        <div className="dialog-body">{children}</div>
        {footer && <footer>{footer}</footer>}
      </Inside>
    </dialog>
  );
};
