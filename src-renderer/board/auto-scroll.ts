let byKeyboard = false;

/** Notes how a card is being dragged: in jumps by the keyboard, or freely. */
export const noteDragMode = (mode: 'FLUID' | 'SNAP'): void => {
  byKeyboard = mode === 'SNAP';
};

/**
 * A list scrolls by itself when a card is held near its edge, from a quarter of its height on. One that was lifted by the
 * keyboard near the edge must not: the list would go away under it, and it would be over no column. Read at each lift.
 */
export const AUTO_SCROLL = {
  get startFromPercentage(): number {
    return byKeyboard ? 0 : 0.25;
  },
};
