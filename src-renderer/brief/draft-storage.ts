import { z } from 'zod';
import { briefText } from '../../src-main/contract/brief.ts';
import { draftText } from './draft-text.ts';

/** What was typed, and the text of the service that it was made from (absent for a brief that is not there yet). */
const draft = z.object({ text: draftText, base: z.object({ text: briefText, at: z.number() }).nullable() });
export type Draft = z.infer<typeof draft>;

const key = (name: string): string => `drydock.draft.${name}`;

const keep = (at: string, value: string): void => {
  try {
    localStorage.setItem(at, value);
  } catch {
    // A full or forbidden storage must not stop the typing; the service still gets it half a second later.
  }
};
const kept = (at: string): string | null => {
  try {
    return localStorage.getItem(at);
  } catch {
    return null;
  }
};
const drop = (at: string): void => {
  try {
    localStorage.removeItem(at);
  } catch {
    // Nothing was kept then.
  }
};

/** Keeps what was typed until the service has it. */
export const keepDraft = (name: string, value: Draft): void => keep(key(name), JSON.stringify(value));

/** A draft that the service never got, or null. A draft of another form is dropped. */
export const keptDraft = (name: string): Draft | null => {
  try {
    const parsed = draft.safeParse(JSON.parse(kept(key(name)) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

export const dropDraft = (name: string): void => drop(key(name));

/** Keeps Markdown that cannot be read as a brief yet. */
export const keepMarkdown = (name: string, raw: string): void => keep(key(`${name}.md`), raw);
export const keptMarkdown = (name: string): string | null => kept(key(`${name}.md`));
export const dropMarkdown = (name: string): void => drop(key(`${name}.md`));
