import { useLayoutEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import { create } from 'zustand';
import { Button } from './button.tsx';
import { CodedText } from './coded-text.tsx';
import { CheckIcon, CloseIcon, WarningIcon } from './icons.tsx';

export interface Toast {
  readonly id: number;
  readonly tone: 'red' | 'green';
  readonly message: string;
  readonly next: string;
  /** What it is about: the next word about the same takes its place. */
  readonly about?: string;
  /** What can be done about it as long as it is there: taken back, most of all. */
  readonly action?: ToastAction;
}

export interface ToastAction {
  readonly title: string;
  readonly run: () => void;
}

/** A failure stays until it is read and closed; good news goes by itself after this many milliseconds. */
const GOOD_NEWS_MS = 5000;
/** Good news that offers something stays longer: it has to be read, and reached. */
const OFFER_MS = 8000;
/** Most toasts at once: the oldest gives way. */
const MOST = 4;

const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));
let last = 0;

const dismiss = (id: number): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

/** Whether the hand or the focus is on the messages: then none goes by itself. */
const isAttended = (): boolean => document.querySelector('.toasts:hover, .toasts:focus-within') !== null;

const dismissLater = (id: number, after: number): void => {
  setTimeout(() => (isAttended() ? dismissLater(id, after) : dismiss(id)), after);
};

const show = (toast: Omit<Toast, 'id'>, lastsMs = GOOD_NEWS_MS): void => {
  const id = ++last;
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((each) => each.message !== toast.message && (toast.about === undefined || each.about !== toast.about)), { ...toast, id }].slice(-MOST),
  }));
  if (toast.tone === 'green') dismissLater(id, lastsMs);
};

/** Says what went wrong and the next step. The same message is shown once. */
export const showFault = (fault: { readonly message: string; readonly next: string }, about?: string): void =>
  show({ tone: 'red', message: fault.message, next: fault.next, ...(about !== undefined && { about }) });

/** Takes away what was said about something: it is no longer true. */
export const takeBack = (about: string): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.about !== about) }));

/** Says that something worked. */
export const showDone = (message: string, next = ''): void => show({ tone: 'green', message, next });

/**
 * Says that something was done and offers what can be done about it, for eight seconds. What is said next `about` the
 * same takes its place.
 */
export const showOffer = (message: string, action: ToastAction, about?: string): void =>
  show({ tone: 'green', message, next: '', action, ...(about !== undefined && { about }) }, OFFER_MS);

const offering = (toasts: readonly Toast[]): Toast | undefined => toasts.findLast((toast) => toast.action !== undefined);

/** What the newest message offers, if any does; `takeOffer` does it. */
export const useOffer = (): ToastAction | undefined => useToasts(({ toasts }) => offering(toasts)?.action);

const take = (toast: Toast): void => {
  dismiss(toast.id);
  toast.action?.run();
};

export const takeOffer = (): void => {
  const toast = offering(useToasts.getState().toasts);
  if (toast) take(toast);
};

/** Whether the messages stand on the other side, as they would cover what has the focus. */
const useAside = (box: RefObject<HTMLElement | null>, isShown: boolean): boolean => {
  const [isAside, setAside] = useState(false);
  useLayoutEffect(() => {
    if (!isShown) return setAside(false);
    const look = (): void => {
      const held = document.activeElement;
      const own = box.current;
      if (!own || !held || held === document.body || own.contains(held) || held.matches('main, main > *, dialog *')) return;
      const [at, mine] = [held.getBoundingClientRect(), own.getBoundingClientRect()];
      // As if they stood on the right, where they belong.
      const left = document.documentElement.clientWidth - mine.width - 16;
      setAside(at.right > left && at.bottom > mine.top && at.width < left);
    };
    look();
    // Where the focus goes, after the page has scrolled there.
    const later = (): void => void requestAnimationFrame(look);
    document.addEventListener('focusin', later);
    return () => document.removeEventListener('focusin', later);
  }, [box, isShown]);
  return isAside;
};

/** Says how high the messages stand, so that what scrolls below them has that much room at its end. */
const useRoomBelow = (box: RefObject<HTMLElement | null>, isShown: boolean): void => {
  useLayoutEffect(() => {
    const own = box.current;
    if (!isShown || !own) return undefined;
    const root = document.documentElement.style;
    const say = (): void => root.setProperty('--toasts', `${own.offsetHeight + 16}px`);
    const watch = new ResizeObserver(say);
    watch.observe(own);
    say();
    return () => {
      watch.disconnect();
      root.removeProperty('--toasts');
    };
  }, [box, isShown]);
};

/** `offerKeys`: the keys that take what the newest message offers, as they are printed. */
export const Toasts = ({ offerKeys }: { readonly offerKeys: readonly string[] }): ReactElement => {
  const toasts = useToasts((state) => state.toasts);
  const newest = offering(toasts);
  const box = useRef<HTMLDivElement>(null);
  const isAside = useAside(box, toasts.length > 0);
  useRoomBelow(box, toasts.length > 0);
  return (
    <div ref={box} className={`toasts${isAside ? ' aside' : ''}`} role="region" aria-label="Messages" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className="toast" role={toast.tone === 'red' ? 'alert' : 'status'}>
          <span className={`tone-${toast.tone}`}>{toast.tone === 'red' ? <WarningIcon /> : <CheckIcon />}</span>
          <div className="grow">
            <div><CodedText text={toast.message} /></div>
            {toast.next && <div className="muted"><CodedText text={toast.next} /></div>}
          </div>
          {toast.action && (
            <Button className="toast-action" onClick={() => take(toast)}>
              {toast.action.title}
              {toast === newest && (
                <span className="toast-keys" aria-hidden="true">
                  {offerKeys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              )}
            </Button>
          )}
          <Button look="icon" aria-label="Dismiss message" onClick={() => dismiss(toast.id)}>
            <CloseIcon size={12} />
          </Button>
        </div>
      ))}
    </div>
  );
};
