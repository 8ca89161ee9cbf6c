import { useEffect, useId, useRef } from 'react';
import { create } from 'zustand';

/** Something a person can do right now: by its key, or by its name in the command palette. */
export interface Action {
  /** What it does, as a command: "Land the result". */
  readonly title: string;
  /** Where it belongs, for the list of keys: "Review". */
  readonly section: string;
  /**
   * Its key as KeyboardEvent.key says it: `x`, `Escape`, `?`; `mod+k` with Ctrl (Cmd on a Mac); `g b` for one after the other.
   * Without one it is in the palette only.
   */
  readonly keys?: string;
  readonly run: () => void;
  /** Words that find it too. */
  readonly also?: string;
  /** Whether there is anything that it could be done with, asked when the palette opens; without it there always is. */
  readonly can?: () => boolean;
  /** What it would be done with, asked when the palette opens: "#12", "3 cards". */
  readonly about?: () => string | undefined;
  /** Not listed in the palette: what makes no sense from there, as moving a selection. */
  readonly hidden?: boolean;
  /** Its key is in the list of keys only: what has the focus answers it by itself. */
  readonly told?: boolean;
  /** Needs nothing of a place that is still opening: its key does not wait for it. */
  readonly early?: boolean;
}

interface Actions {
  /** By who offers them; the last to come is asked first. */
  readonly groups: ReadonlyMap<string, readonly Action[]>;
}

export const useActionGroups = create<Actions>(() => ({ groups: new Map() }));

/** All actions there are now, the most particular first. */
export const currentActions = (): Action[] => [...useActionGroups.getState().groups.values()].toReversed().flat();

/** Those actions for a list: what two places offer under one name and key is told once, by the more particular one. */
export const listedActions = (): Action[] => {
  const seen = new Set<string>();
  return currentActions().filter(({ title, keys }) => keys === undefined || (!seen.has(`${keys}\0${title}`) && seen.add(`${keys}\0${title}`)));
};

/** Offers actions for as long as the component is there. What they close over may change with every render. */
export const useActions = (actions: readonly Action[]): void => {
  const owner = useId();
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  // Titles and keys are what lists and key presses depend on, and whether one waits; what an action does is looked up when it is done.
  const shape = actions.map(({ title, keys, section, told, early }) => `${section}\0${title}\0${keys}\0${told}\0${early}`).join('\n');
  useEffect(() => {
    const offered = latest.current.map((action, at) => ({ ...action, run: () => latest.current[at]?.run(), can: () => latest.current[at]?.can?.() ?? true, about: () => latest.current[at]?.about?.() }));
    useActionGroups.setState(({ groups }) => ({ groups: new Map([...groups].filter(([id]) => id !== owner)).set(owner, offered) }));
    return () => useActionGroups.setState(({ groups }) => ({ groups: new Map([...groups].filter(([id]) => id !== owner)) }));
  }, [owner, shape]);
};
