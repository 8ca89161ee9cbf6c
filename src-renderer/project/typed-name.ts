import { keepText, keptText } from '../client/kept-text.ts';

const key = (projectId: string): string => `drydock.name.${projectId}`;

/** Keeps a name while it is typed, over a reload; null: there is nothing to be kept. */
export const keepTypedName = (projectId: string, name: string | null): void => keepText(key(projectId), name);

/** A name that was typed and never saved. */
export const keptTypedName = (projectId: string): string | null => keptText(key(projectId));
