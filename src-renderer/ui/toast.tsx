import { useEffect, useLayoutEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import { create } from 'zustand';
import { Button } from './button.tsx';
import { CodedText } from './coded-text.tsx';
import { CheckIcon, CloseIcon, InfoIcon, WarningIcon } from './icons.tsx';

/** red: something failed; green: it worked; muted: there was nothing to do. */
type Tone = 'red' | 'green' | 'muted';

const SIGN: Readonly<Record<Tone, ReactElement>> = { red: <WarningIcon />, green: <CheckIcon />, muted: <InfoIcon /> };

export interface Toast {
  readonly id: number;
  /** When it was told. */
  readonly at: number;
  readonly tone: Tone;
  readonly message: string;
  readonly next: string;
  /** What it is about: the next word about the same takes its place. */
  readonly about?: string;
  /** What can be done about it as long as it is there: taken back, most of all. */
  readonly action?: ToastAction;
  /** Where its next step is made. */
  readonly way?: ToastAction;
}

export interface ToastAction {
  readonly title: string;
  readonly run: () => void;
}

/** A failure stays long enough to be read by whoever was away for a moment; good news goes after this many milliseconds. */
const FAULT_MS = 60_000;
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

const show = (toast: Omit<Toast, 'id' | 'at'>, lastsMs = GOOD_NEWS_MS): number => {
  const id = ++last;
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((each) => each.message !== toast.message && (toast.about === undefined || each.about !== toast.about)), { ...toast, id, at: Date.now() }].slice(-MOST),
  }));
  dismissLater(id, lastsMs);
  return id;
};

/** Says what went wrong, the next step, and with a `way` leads there. The same message is shown once. */
export const showFault = (fault: { readonly message: string; readonly next: string }, about?: string, way?: ToastAction): void =>
  void show({ tone: 'red', message: fault.message, next: fault.next, ...(about !== undefined && { about }), ...(way && { way }) }, FAULT_MS);

/** Takes away what was said about something: it is no longer true. */
export const takeBack = (about: string): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.about !== about) }));

/** A failure that is older than this when its place is left was read there, in milliseconds; a younger one may be the reason for leaving. */
const READ_MS = 300;

/** Takes away the failures that were told at the place that is left. */
export const leaveFaults = (): void => {
  const before = Date.now() - READ_MS;
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.tone !== 'red' || toast.at > before) }));
};

/** Says that something worked. */
export const showDone = (message: string, next = ''): void => void show({ tone: 'green', message, next });

/** Says that there was nothing to do. */
export const showNothing = (message: string): void => void show({ tone: 'muted', message, next: '' });

/**
 * Says that something was done and offers what can be done about it, for eight seconds. What is said next `about` the
 * same takes its place. Tells whether it is still offered.
 */
export const showOffer = (message: string, action: ToastAction, about?: string): (() => boolean) => {
  const id = show({ tone: 'green', message, next: '', action, ...(about !== undefined && { about }) }, OFFER_MS);
  return () => useToasts.getState().toasts.some((toast) => toast.id === id);
};

const offering = (toasts: readonly Toast[]): Toast | undefined => toasts.findLast((toast) => toast.action !== undefined);

/** What the newest message offers, if any does; `takeOffer` does it. */
export const useOffer = (): ToastAction | undefined => useToasts(({ toasts }) => offering(toasts)?.action);

const take = (toast: Toast, action = toast.action): void => {
  dismiss(toast.id);
  action?.run();
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

/** What Escape closes by itself, or lets go of; what is none of these has no use for it. */
const USES_ESCAPE = 'dialog[open], [role=dialog], [role=menu], [role=listbox], [data-lifted], .xterm:focus-within';

/** Escape takes away the newest failure, where nothing else uses it. */
const useEscape = (): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || document.querySelector(USES_ESCAPE)) return;
      const newest = useToasts.getState().toasts.findLast((toast) => toast.tone === 'red');
      if (!newest) return;
      event.preventDefault();
      dismiss(newest.id);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
};

/** `offerKeys`: the keys that take what the newest message offers, as they are printed. */
export const Toasts = ({ offerKeys }: { readonly offerKeys: readonly string[] }): ReactElement => {
  const toasts = useToasts((state) => state.toasts);
  const newest = offering(toasts);
  const box = useRef<HTMLDivElement>(null);
  const isAside = useAside(box, toasts.length > 0);
  useRoomBelow(box, toasts.length > 0);
  useEscape();
  return (
    <div ref={box} className={`toasts${isAside ? ' aside' : ''}`} role="region" aria-label="Messages" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className="toast" role={toast.tone === 'red' ? 'alert' : 'status'}>
          <span className={toast.tone === 'muted' ? 'muted' : `tone-${toast.tone}`}>{SIGN[toast.tone]}</span>
          <div className="grow">
            <div><CodedText text={toast.message} /></div>
            {toast.next && <div className="muted"><CodedText text={toast.next} /></div>}
            {toast.way && (
              <Button className="toast-action toast-way" onClick={() => take(toast, toast.way)}>
                {toast.way.title}
              </Button>
            )}
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
