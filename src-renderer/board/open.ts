import { create } from 'zustand';
import type { Brief } from '../../src-main/contract/brief.ts';

/** Asked before work or a text would be lost. */
export interface Question {
  readonly what: 'cancel' | 'remove';
  readonly briefs: readonly Brief[];
  readonly yes: () => void;
}

interface Open {
  readonly menu: { readonly id: string; readonly x: number; readonly y: number } | null;
  readonly overlap: { readonly id: string; readonly anchor: Element } | null;
  readonly labels: readonly Brief[] | null;
  readonly question: Question | null;
  readonly adding: boolean;
}

/** What is open over the board: one of each, whichever card it is about, so that a card itself stays light. */
export const useOpen = create<Open>(() => ({ menu: null, overlap: null, labels: null, question: null, adding: false }));

export const openMenu = (id: string, x: number, y: number): void => useOpen.setState({ menu: { id, x, y } });
export const openOverlap = (id: string, anchor: Element): void => useOpen.setState({ overlap: { id, anchor } });
export const openLabels = (briefs: readonly Brief[]): void => useOpen.setState({ labels: briefs });
export const ask = (question: Question): void => useOpen.setState({ question });
export const setAdding = (adding: boolean): void => useOpen.setState({ adding });
