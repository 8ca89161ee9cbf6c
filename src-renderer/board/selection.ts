import { create } from 'zustand';

interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins: the card that was chosen last. */
  readonly from: string | null;
}

const NONE: Selection = { ids: new Set(), from: null };

export const useSelection = create<Selection>(() => NONE);

export const clearSelection = (): void => {
  if (useSelection.getState().ids.size > 0) useSelection.setState(NONE);
};

/** Takes a card in, or out. */
export const toggleSelected = (id: string): void =>
  useSelection.setState(({ ids }) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    return { ids: next, from: id };
  });

/** Takes in everything from the card chosen last (or from `start`) to this one, in the order of the column. */
export const selectRange = (order: readonly string[], to: string, start: string | null = null): void =>
  useSelection.setState(({ ids, from }) => {
    const end = order.indexOf(to);
    const begin = order.indexOf(from ?? start ?? to);
    const range = begin < 0 || end < 0 ? [to] : order.slice(Math.min(begin, end), Math.max(begin, end) + 1);
    return { ids: new Set([...ids, ...range]), from: begin < 0 ? to : (from ?? start ?? to) };
  });

/** Takes cards in. */
export const selectAll = (all: readonly string[]): void => useSelection.setState(({ ids, from }) => ({ ids: new Set([...ids, ...all]), from }));

/** Lets go of what is no longer to be seen: nothing may happen to a card that nobody sees. */
export const keepSelected = (isShown: (id: string) => boolean): void => {
  const { ids, from } = useSelection.getState();
  const kept = [...ids].filter(isShown);
  if (kept.length < ids.size) useSelection.setState({ ids: new Set(kept), from: from !== null && isShown(from) ? from : null });
};
