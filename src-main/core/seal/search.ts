import type { SecretForm } from '../../contract/secret.ts';
import type { SecretFinder } from '../../domain/seal/scan-stream.ts';
import { createFinder } from '../../domain/secrets/finder.ts';
import { secretForms, type FormOf } from '../../domain/secrets/forms.ts';
import { Matcher } from '../../domain/secrets/matcher.ts';
import { createRedactor, type Redactor } from '../../domain/secrets/redactor.ts';

/** What is looked for of some secrets, worked out once for every use. */
export interface Search {
  /** The forms in which they are looked for. */
  readonly forms: readonly SecretForm[];
  finder(): SecretFinder;
  redactor(): Redactor;
  /** A text with the secrets covered. */
  cover(text: string): string;
}

/** Looks for secrets, given by name, in every form. */
export const searchFor = (secrets: ReadonlyMap<string, string>): Search => {
  const patterns = [...secrets].flatMap(([name, value]) => secretForms(name, value));
  const matcher = new Matcher<FormOf>(patterns);
  return {
    forms: [...new Set(patterns.map(({ of }) => of.form))],
    finder: () => createFinder(matcher),
    redactor: () => createRedactor(matcher),
    cover: (text) => {
      const redactor = createRedactor(matcher);
      return Buffer.concat([redactor.push(Buffer.from(text)).slice(), redactor.end()]).toString();
    },
  };
};
