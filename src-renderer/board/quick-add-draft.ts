import { keepText, keptText } from '../client/kept-text.ts';

const KEY = 'drydock.quick-add';

/** A goal that was typed and not added. */
export const keptGoal = (): string => keptText(KEY) ?? '';

/** Keeps what is typed on this machine. */
export const keepGoal = (goal: string): void => keepText(KEY, goal === '' ? null : goal);
