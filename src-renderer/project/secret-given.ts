import { secretGiven, secretName, secretUse, type SecretGiven, type SecretSource, type SecretUse } from '../../src-main/contract/secret.ts';
import { issueInWords } from '../../src-main/domain/issue-in-words.ts';
import { obstacleToSecret } from '../../src-main/domain/secrets/rules.ts';

export type SecretKind = SecretGiven['kind'];
export type HowGiven = 'variable' | 'file' | 'none';

/** A secret while it is typed. Kept on screen alone: a value is written to no storage of the window. */
export interface TypedSecret {
  readonly name: string;
  readonly how: HowGiven;
  readonly file: string;
  readonly kind: SecretKind;
  readonly text: string;
}

/** What is typed for each kind, and how it is named there. */
export const KINDS: Readonly<Record<SecretKind, { readonly title: string; readonly label: string; readonly hint: string; readonly placeholder: string }>> = {
  value: { title: 'A value', label: 'Value', hint: 'Six characters or more, and no common word: anything shorter could not be told from ordinary text. One line or several; it is never shown again.', placeholder: '' },
  environment: { title: 'Environment variable', label: 'Variable of this machine', hint: 'Read from Drydock’s own environment each time it is needed.', placeholder: 'NPM_TOKEN' },
  file: { title: 'File', label: 'File on this machine', hint: 'Read each time it is needed.', placeholder: '~/.config/token' },
  onePassword: { title: '1Password', label: 'Reference', hint: 'Read with 1Password’s own command line tool each time it is needed.', placeholder: 'op://vault/item/field' },
  command: { title: 'Command', label: 'Command on this machine', hint: 'Run each time it is needed; what it prints is the value.', placeholder: 'pass show ci/npm' },
};

const referenceText = (source: SecretSource): string => {
  switch (source.kind) {
    case 'stored':
      return '';
    case 'environment':
      return source.variable;
    case 'file':
      return source.path;
    case 'onePassword':
      return source.reference;
    case 'command':
      return source.command;
  }
};

/** The form of a secret that exists: its reference, never its value. */
export const typedOf = (name: string, use: SecretUse | null, source: SecretSource | null): TypedSecret => ({
  name,
  how: use === null ? 'none' : use.file === null ? 'variable' : 'file',
  file: use?.file ?? '',
  kind: source === null || source.kind === 'stored' ? 'value' : source.kind,
  text: source === null ? '' : referenceText(source),
});

export const NEW_SECRET: TypedSecret = { name: '', how: 'variable', file: '', kind: 'value', text: '' };

/** How setup is to get it; null: not at all. */
export const useOf = ({ name, how, file }: TypedSecret): SecretUse | null => (how === 'none' ? null : { name: name.trim(), file: how === 'file' ? file.trim() : null });

/** What is to be kept. A value stays exactly as it was typed: its line ends may matter. */
export const givenOf = ({ kind, text }: TypedSecret): SecretGiven => {
  switch (kind) {
    case 'value':
      return { kind, value: text };
    case 'environment':
      return { kind, variable: text.trim() };
    case 'file':
      return { kind, path: text.trim() };
    case 'onePassword':
      return { kind, reference: text.trim() };
    case 'command':
      return { kind, command: text.trim() };
  }
};

export type SecretMistakes = Readonly<Partial<Record<'name' | 'file' | 'text', string>>>;

const NAME = 'A name has letters, digits and underscores, and begins with no digit.';
const TEXT: Readonly<Record<SecretKind, string>> = {
  value: 'A value has at most 262,144 characters.',
  environment: NAME,
  file: 'Write the path of the file.',
  onePassword: 'A reference begins with op://, as in op://vault/item/field.',
  command: 'Write the command.',
};

/** What of the form is wrong, before the service is asked. `taken` are the names that another secret has. */
export const secretMistakes = (typed: TypedSecret, taken: readonly string[], keepsValue: boolean): SecretMistakes => {
  const use = useOf(typed);
  const path = use && secretUse.safeParse({ ...use, name: 'NAME' });
  const given = givenOf(typed);
  const [issue] = path?.error?.issues ?? [];
  const obstacle = typed.kind === 'value' && typed.text !== '' ? obstacleToSecret(typed.text) : null;
  return {
    ...(!secretName.safeParse(typed.name.trim()).success ? { name: NAME } : taken.includes(typed.name.trim()) ? { name: 'There is a secret of this name. Change that one.' } : {}),
    ...(issue && { file: `The path ${issueInWords(issue)}.` }),
    ...(!keepsValue && (typed.kind === 'value' && typed.text === '' ? { text: 'Type or paste the value.' } : !secretGiven.safeParse(given).success ? { text: TEXT[typed.kind] } : obstacle === null ? {} : { text: `This value cannot be kept: ${obstacle}.` })),
  };
};
