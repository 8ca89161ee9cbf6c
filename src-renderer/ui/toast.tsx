import type { ReactElement } from 'react';
import { create } from 'zustand';
import { Button } from './button.tsx';
import { CheckIcon, CloseIcon, WarningIcon } from './icons.tsx';

export interface Toast {
  readonly id: number;
  readonly tone: 'red' | 'green';
  readonly message: string;
  readonly next: string;
  /** What it is about: the next word about the same takes its place. */
  readonly about?: string;
}

/** A failure stays until it is read and closed; good news goes by itself after this many milliseconds. */
const GOOD_NEWS_MS = 5000;
/** Most toasts at once: the oldest gives way. */
const MOST = 4;

const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));
let last = 0;

const dismiss = (id: number): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

const show = (toast: Omit<Toast, 'id'>): void => {
  const id = ++last;
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((each) => each.message !== toast.message && (toast.about === undefined || each.about !== toast.about)), { ...toast, id }].slice(-MOST),
  }));
  if (toast.tone === 'green') setTimeout(() => dismiss(id), GOOD_NEWS_MS);
};

/** Says what went wrong and the next step. The same message is shown once. */
export const showFault = (fault: { readonly message: string; readonly next: string }, about?: string): void =>
  show({ tone: 'red', message: fault.message, next: fault.next, ...(about !== undefined && { about }) });

/** Takes away what was said about something: it is no longer true. */
export const takeBack = (about: string): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.about !== about) }));

/** Says that something worked. */
export const showDone = (message: string, next = ''): void => show({ tone: 'green', message, next });

export const Toasts = (): ReactElement => {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className="toasts" role="region" aria-label="Messages" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className="toast" role={toast.tone === 'red' ? 'alert' : 'status'}>
          <span className={`tone-${toast.tone}`}>{toast.tone === 'red' ? <WarningIcon /> : <CheckIcon />}</span>
          <div className="grow">
            <div>{toast.message}</div>
            {toast.next && <div className="muted">{toast.next}</div>}
          </div>
          <Button look="icon" aria-label="Dismiss message" onClick={() => dismiss(toast.id)}>
            <CloseIcon size={12} />
          </Button>
        </div>
      ))}
    </div>
  );
};
