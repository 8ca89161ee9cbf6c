import { secretForms, type FormOf } from '../../domain/secrets/forms.ts';
import { Matcher } from '../../domain/secrets/matcher.ts';
import { createRedactor } from '../../domain/secrets/redactor.ts';
import type { Redact } from './proxy/proxy-context.ts';

/** Covers secrets, in every form, in the streams of one proxy: what is looked for is worked out once for each set of secrets, not for each header. */
export const redactions = (): Redact => {
  const known = new Map<string, Matcher<FormOf>>();
  const matcherOf = (secrets: readonly string[]): Matcher<FormOf> => {
    const set = JSON.stringify(secrets);
    const matcher = known.get(set) ?? new Matcher(secrets.flatMap((value) => secretForms('', value)));
    known.set(set, matcher);
    return matcher;
  };
  return (secrets) => {
    const redactor = createRedactor(matcherOf(secrets));
    return { push: (bytes) => Buffer.from(redactor.push(bytes)), end: () => Buffer.from(redactor.end()) };
  };
};
