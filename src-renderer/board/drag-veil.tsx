import type { ReactElement, WheelEvent } from 'react';

/** The list below the pointer goes on scrolling by the wheel. */
const scrollBelow = ({ clientX, clientY, deltaX, deltaY }: WheelEvent): void => {
  document.elementsFromPoint(clientX, clientY).find((element) => element.matches('.cards'))?.scrollBy(deltaX, deltaY);
};

/**
 * Lies over the window while a card is carried, so that the pointer looks the same everywhere and nothing below it answers: the drag library
 * would say so to every card, and with thousands of elements in them each such word costs a frame (base.css and board.css stop it).
 */
export const DragVeil = (): ReactElement => <div className="drag-veil" onWheel={scrollBelow} />;
