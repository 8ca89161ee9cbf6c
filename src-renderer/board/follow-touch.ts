const LATER = ['touchmove', 'touchend', 'touchcancel'] as const;

const copyOf = ({ type, touches, targetTouches, changedTouches }: TouchEvent): TouchEvent =>
  new TouchEvent(type, { touches: [...touches], targetTouches: [...targetTouches], changedTouches: [...changedTouches], cancelable: true });

/**
 * Lets a finger carry a card. A lifted card is drawn by a stand-in and its own element leaves the page, but a touch goes on
 * at the element on which it began, and from there nothing reaches the window, where the drag listens: it is handed on here.
 */
export const followTouch = (element: HTMLElement): void => {
  const hear = (event: TouchEvent): void => {
    if (event.touches.length === 0) for (const type of LATER) element.removeEventListener(type, hear);
    if (element.isConnected) return;
    if (!window.dispatchEvent(copyOf(event)) && event.cancelable) event.preventDefault();
  };
  for (const type of LATER) element.addEventListener(type, hear, { passive: false });
};
