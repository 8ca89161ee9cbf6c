import { briefText, type BriefText } from '../../src-main/contract/brief.ts';

const key = (name: string): string => `drydock.draft.${name}`;

/** Keeps what was typed until the service has it. A full or forbidden storage must not stop the typing. */
export const keepDraft = (name: string, text: BriefText): void => {
  try {
    localStorage.setItem(key(name), JSON.stringify(text));
  } catch {
    // The service still gets it half a second later.
  }
};

/** A draft that the service never got, or null. A draft of another form is dropped. */
export const keptDraft = (name: string): BriefText | null => {
  try {
    const parsed = briefText.safeParse(JSON.parse(localStorage.getItem(key(name)) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

export const dropDraft = (name: string): void => {
  try {
    localStorage.removeItem(key(name));
  } catch {
    // Nothing was kept then.
  }
};
