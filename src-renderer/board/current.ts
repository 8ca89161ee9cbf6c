import { create } from 'zustand';

interface Current {
  /** The card that has the focus, or had it last: the one stop of the board for Tab. */
  readonly id: string | null;
  /** Somebody was on it: what is only the next stop for Tab, nobody means. */
  readonly met: boolean;
  /** Counts up each time the focus is to go to it. */
  readonly wanted: number;
}

export const useCurrent = create<Current>(() => ({ id: null, met: false, wanted: 0 }));

/** Whether the card that is current has the focus, or had it when it went away. */
let focused = false;
export const hadFocus = (): boolean => focused && (document.activeElement === null || document.activeElement === document.body);

export const noteFocus = (id: string): void => {
  focused = true;
  if (useCurrent.getState().id !== id || !useCurrent.getState().met) useCurrent.setState({ id, met: true });
};

/** A card that is taken away loses the focus too; only one that stays has lost it to something else. */
export const noteBlur = (element: Element): void =>
  queueMicrotask(() => {
    if (element.isConnected && document.activeElement !== element) focused = false;
  });

/** Names the card that Tab stops at while nobody is on one. */
export const noteCurrent = (id: string | null): void => {
  if (useCurrent.getState().id !== id) useCurrent.setState({ id, met: false });
};

/** Brings the focus to a card; it may have to be scrolled to first, and takes the focus when it is there. */
export const goToCard = (id: string): void => useCurrent.setState(({ wanted }) => ({ id, wanted: wanted + 1 }));

/** Brings the focus back to a card that moved by itself, unless it is meanwhile on something that a hand has gone to. */
export const backToCard = (id: string): void => {
  const at = document.activeElement;
  const isFree = at === null || at.matches('body, main') || at.closest('.card, .toasts') !== null;
  if (isFree && document.querySelector('.board') !== null) goToCard(id);
};

let taken = 0;

/** Whether a card that has just come has to take the focus: true once for each time it was wanted. */
export const takesFocus = (wanted: number): boolean => {
  if (wanted <= taken) return false;
  taken = wanted;
  return true;
};
