import { keepText, keptText } from '../client/kept-text.ts';

export type BriefView = 'fields' | 'markdown';

const KEY = 'drydock.briefView';

/** How briefs were written last, in any window. */
export const lastView = (): BriefView => (keptText(KEY) === 'markdown' ? 'markdown' : 'fields');

export const rememberView = (view: BriefView): void => keepText(KEY, view);
