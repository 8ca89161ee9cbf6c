import { createContext, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { CloseIcon } from './icons.tsx';

/** Whether a key press means the main button, where the page itself does not know it: Enter would open a list and break a line. */
const meansMain = ({ key, target, ctrlKey, metaKey, nativeEvent }: KeyboardEvent): boolean => key === 'Enter' && !nativeEvent.isComposing && (ctrlKey || metaKey || target instanceof HTMLSelectElement);

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** Makes the inside a form: Enter in a field or a list does what the main button does, and with Ctrl (Cmd on a Mac) from anywhere in it. */
  readonly onSubmit?: () => void;
}

/** The dialog that something stands in: what opens from there has to be made inside of it, since nothing else is above it. null: none. */
export const AroundDialog = createContext<Element | null>(null);

/** A modal over the native element, which keeps the focus inside, closes on Escape and gives the focus back. */
export const Dialog = ({ title, onClose, children, footer, onSubmit }: DialogProps): ReactElement => {
  const element = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [around, setAround] = useState<HTMLDialogElement | null>(null);
  const id = useId();
  // Before it is taken out of the page: only then closing gives the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    setAround(dialog);
    // Opening gives the focus to the first control, the close button; what is meant to come first says so.
    dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
    // What is longer than the window is read on by keys, which scroll where the focus is.
    const inside = body.current;
    if (inside && inside.scrollHeight > inside.clientHeight && document.activeElement?.closest('header')) inside.focus({ preventScroll: true });
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
        onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
          if (!onSubmit || !meansMain(event)) return;
          event.preventDefault();
          event.currentTarget.querySelector<HTMLButtonElement>('[type=submit]')?.click();
        }}
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
        <div ref={body} className="dialog-body" tabIndex={-1}>
          <AroundDialog value={around}>{children}</AroundDialog>
        </div>
        {footer && <footer>{footer}</footer>}
      </Inside>
    </dialog>
  );
};
