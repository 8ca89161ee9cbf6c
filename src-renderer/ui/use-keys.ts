import { useEffect, useRef } from 'react';

export type Keys = Readonly<Record<string, () => void>>;

/** Whether a key belongs to what has the focus: a field that is typed in, or an open dialog. */
const isTaken = (target: EventTarget | null): boolean => {
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog, .find-widget')) return true;
  if (target.closest('.monaco-editor')) return false;
  return target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select') !== null;
};

/** Single-key actions of a screen. They reach it from a read-only editor too, but never from a field. */
export const useKeys = (keys: Keys): void => {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
      const action = latest.current[event.key];
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, []);
};
