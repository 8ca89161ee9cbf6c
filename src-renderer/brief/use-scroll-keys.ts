import { useEffect, type RefObject } from 'react';

/** What has no use of its own for these keys; left and right are the tabs' own. */
const IDLE = 'body, main, .page-tabs a, .rail a';
/** How far an arrow goes, in pixels, and what of the height a page keeps in sight. */
const LINE = 40;
const KEPT = 0.125;

const distanceOf = (key: string, box: HTMLElement): number | null => {
  const page = box.clientHeight * (1 - KEPT);
  switch (key) {
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'End':
      return box.scrollHeight;
    case 'Home':
      return -box.scrollHeight;
    case 'ArrowDown':
      return LINE;
    case 'ArrowUp':
      return -LINE;
    default:
      return null;
  }
};

/** Scrolls the one part of a page that scrolls by its keys, also while nothing in it has the focus. */
export const useScrollKeys = (scroller: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const scroll = (event: KeyboardEvent): void => {
      const box = scroller.current;
      if (!box || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!(event.target instanceof Element) || !event.target.matches(IDLE) || document.querySelector('dialog[open]')) return;
      const distance = distanceOf(event.key, box);
      if (distance === null) return;
      event.preventDefault();
      box.scrollBy({ top: distance });
    };
    document.addEventListener('keydown', scroll);
    return () => document.removeEventListener('keydown', scroll);
  }, [scroller]);
};
