import type { ReactElement } from 'react';
import type { SecretFacts, SecretSource } from '../../src-main/contract/secret.ts';
import { assertNever } from '../../src-main/domain/assert-never.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Sign } from '../ui/sign.tsx';

const referenceOf = (source: SecretSource): { word: string; to: string } | null => {
  switch (source.kind) {
    case 'stored':
      return null;
    case 'environment':
      return { word: 'Variable', to: source.variable };
    case 'file':
      return { word: 'File', to: source.path };
    case 'onePassword':
      return { word: '1Password', to: source.reference };
    case 'command':
      return { word: 'Command', to: source.command };
    default:
      return assertNever(source);
  }
};

/** Whether a secret can be used, and where its value is found; null: it has no value on this machine. */
export const SecretState = ({ facts }: { readonly facts: SecretFacts | null }): ReactElement => {
  if (facts === null) return <Sign tone="amber" shape="circle">Missing: no value on this machine</Sign>;
  if (facts.damaged) return <Sign tone="red" shape="cross">Damaged: give it anew</Sign>;
  const reference = referenceOf(facts.source);
  if (reference === null) return <Sign tone="green" shape="check">Set</Sign>;
  return (
    <span className="secret-reference">
      <Sign tone="green" shape="check">{reference.word}</Sign> <span className="mono">{visibleText(reference.to)}</span>
    </span>
  );
};
