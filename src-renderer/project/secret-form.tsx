import { useId, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { SecretGiven, SecretUse } from '../../src-main/contract/secret.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Field } from '../ui/field.tsx';
import { Segments } from '../ui/segments.tsx';
import { givenOf, KINDS, secretMistakes, useOf, type HowGiven, type SecretKind, type SecretMistakes, type TypedSecret } from './secret-given.ts';

interface SecretFormProps {
  readonly from: TypedSecret;
  /** It exists: its name stays, and an empty value field leaves the value as it is. */
  readonly exists: boolean;
  readonly hasValue: boolean;
  readonly taken: readonly string[];
  readonly onClose: () => void;
  /** Keeps it; null for what is to stay. Answers with the refusal. */
  readonly onKeep: (name: string, given: SecretGiven | null, use: SecretUse | null) => Promise<Fault | null>;
}

const HOW: readonly { value: HowGiven; title: string }[] = [
  { value: 'variable', title: 'Variable' },
  { value: 'file', title: 'File' },
  { value: 'none', title: 'Not to setup' },
];
const KIND = (Object.keys(KINDS) as SecretKind[]).map((value) => ({ value, title: KINDS[value].title }));

/** Gives a secret, or changes it. It stands inside the page's own form, and so is none itself. */
export const SecretForm = ({ from, exists, hasValue, taken, onClose, onKeep }: SecretFormProps): ReactElement => {
  const howId = useId();
  const [typed, setTyped] = useState(from);
  const [mistakes, setMistakes] = useState<SecretMistakes>({});
  const [fault, setFault] = useState<Fault | null>(null);
  const [keeping, setKeeping] = useState(false);
  const set = (change: Partial<TypedSecret>): void => {
    setTyped({ ...typed, ...change });
    setMistakes({});
    setFault(null);
  };
  const keepsValue = hasValue && typed.kind === from.kind && typed.text === from.text;
  const keep = async (): Promise<void> => {
    if (keeping) return;
    const wrong = secretMistakes(typed, taken, keepsValue);
    setMistakes(wrong);
    if (Object.keys(wrong).length > 0) return;
    setKeeping(true);
    const refusal = await onKeep(typed.name.trim(), keepsValue ? null : givenOf(typed), useOf(typed));
    setKeeping(false);
    if (refusal) setFault(refusal);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || (event.target instanceof HTMLInputElement && event.target.type === 'text'))) void keep();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const kind = KINDS[typed.kind];
  const refused = fault && `${visibleText(fault.message)} ${visibleText(fault.next)}`;
  const said = (mistake: string | null | undefined, otherwise: string): ReactElement => (mistake ? <span className="error" role="alert">{mistake}</span> : <>{otherwise}</>);
  return (
    <div className="secret-form" role="group" aria-label={exists ? `Change ${visibleText(from.name)}` : 'Add a secret'} onKeyDown={onKeyDown}>
      <Field label="Secret’s name" hint={said(mistakes.name, 'As setup’s script sees it.')}>
        {(id, describedBy) => (
          <input id={id} type="text" className="input mono" aria-describedby={describedBy} aria-invalid={mistakes.name !== undefined} readOnly={exists} autoFocus={!exists} autoComplete="off" spellCheck={false} placeholder="e.g. NPM_TOKEN" value={typed.name} onChange={(event) => set({ name: event.target.value })} />
        )}
      </Field>
      <div className="field">
        <span className="label">Setup gets it as</span>
        <div className="row secret-how">
          <Segments label="Setup gets it as" value={typed.how} options={HOW} onChange={(how) => set({ how })} />
          {typed.how === 'file' && (
            <input type="text" className="input mono" aria-label="Path in the container" aria-describedby={howId} aria-invalid={mistakes.file !== undefined} autoComplete="off" spellCheck={false} placeholder="e.g. ~/.npmrc" value={typed.file} onChange={(event) => set({ file: event.target.value })} />
          )}
        </div>
        <span id={howId} className="hint">{said(mistakes.file, typed.how === 'file' ? 'The value is this file’s content. The file is kept in memory and is gone when setup ends.' : typed.how === 'none' ? 'Setup is not given it: for headers that the proxy adds.' : 'A variable that setup’s script sees, and nothing after it.')}</span>
      </div>
      <Choice label="Found in" value={typed.kind} options={KIND} onChange={(next) => set({ kind: next, text: next === from.kind ? from.text : '' })} />
      <Field label={kind.label} hint={said(mistakes.text ?? refused, hasValue && typed.kind === 'value' && from.kind === 'value' ? 'Empty: the value stays as it is. It is never shown.' : kind.hint)}>
        {(id, describedBy) =>
          typed.kind === 'value' ? (
            <textarea id={id} className="input mono secret-value" aria-describedby={describedBy} aria-invalid={fault !== null || mistakes.text !== undefined} autoFocus={exists} autoComplete="off" spellCheck={false} value={typed.text} onChange={(event) => set({ text: event.target.value })} />
          ) : (
            <input id={id} type="text" className="input mono" aria-describedby={describedBy} aria-invalid={fault !== null || mistakes.text !== undefined} autoComplete="off" spellCheck={false} placeholder={kind.placeholder} value={typed.text} onChange={(event) => set({ text: event.target.value })} />
          )
        }
      </Field>
      <div className="row secret-form-buttons">
        <Button look="primary" disabled={keeping} onClick={() => void keep()}>
          {keeping ? 'Keeping…' : exists ? 'Change secret' : 'Keep secret'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </div>
  );
};
