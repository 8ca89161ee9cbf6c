import { z } from 'zod';
import { briefText } from '../../src-main/contract/brief.ts';
import { keepText, keptText } from '../client/kept-text.ts';
import { draftText } from './draft-text.ts';

/** What was typed, and the text of the service that it was made from (absent for a brief that is not there yet). */
const draft = z.object({ text: draftText, base: z.object({ text: briefText, at: z.number() }).nullable() });
export type Draft = z.infer<typeof draft>;

const key = (name: string): string => `drydock.draft.${name}`;

/** Keeps what was typed until the service has it. */
export const keepDraft = (name: string, value: Draft): void => keepText(key(name), JSON.stringify(value));

/** A draft that the service never got, or null. A draft of another form is dropped. */
export const keptDraft = (name: string): Draft | null => {
  try {
    const parsed = draft.safeParse(JSON.parse(keptText(key(name)) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

export const dropDraft = (name: string): void => keepText(key(name), null);

/** Keeps Markdown that cannot be read as a brief yet. */
export const keepMarkdown = (name: string, raw: string): void => keepText(key(`${name}.md`), raw);
export const keptMarkdown = (name: string): string | null => keptText(key(`${name}.md`));
export const dropMarkdown = (name: string): void => keepText(key(`${name}.md`), null);
