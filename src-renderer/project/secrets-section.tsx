import { useState, type ReactElement } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { InjectedHeader } from '../../src-main/contract/network.ts';
import type { SecretFacts, SecretUse } from '../../src-main/contract/secret.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { ago } from '../ui/format.ts';
import { PlusIcon } from '../ui/icons.tsx';
import { Table, type TableColumn } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { SecretForm } from './secret-form.tsx';
import { NEW_SECRET, typedOf } from './secret-given.ts';
import { SecretState } from './secret-state.tsx';
import type { Secrets } from './use-secrets.ts';

interface Row {
  readonly name: string;
  /** How setup gets it; null: it does not. */
  readonly use: SecretUse | null;
  readonly facts: SecretFacts | null;
}

const rowsOf = (uses: readonly SecretUse[], facts: readonly SecretFacts[]): Row[] => {
  const names = [...new Set([...uses.map(({ name }) => name), ...facts.map(({ name }) => name)])].toSorted();
  return names.map((name) => ({ name, use: uses.find((use) => use.name === name) ?? null, facts: facts.find((each) => each.name === name) ?? null }));
};

const withUse = (uses: readonly SecretUse[], name: string, next: SecretUse | null): SecretUse[] => {
  if (next === null) return uses.filter((each) => each.name !== name);
  return uses.some((each) => each.name === name) ? uses.map((each) => (each.name === name ? next : each)) : [...uses, next];
};

const KEPT_BY = {
  keychain: 'Values are encrypted; the key is in this system’s keychain.',
  keyFile: 'Values are encrypted; the key is in a file, for no keychain answers here: whoever can read your files can read them.',
};

interface SecretsSectionProps {
  readonly secrets: Secrets;
  readonly uses: readonly SecretUse[];
  /** The headers that the proxy adds. */
  readonly inject: readonly InjectedHeader[];
  readonly onUses: (change: (uses: SecretUse[]) => SecretUse[]) => void;
}

/** What setup is given in secret. A value counts at once; what setup gets is saved with the environment. */
export const SecretsSection = ({ secrets, uses, inject, onUses }: SecretsSectionProps): ReactElement => {
  const [open, setOpen] = useState<string | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const time = useNow(true);
  const rows = rowsOf(uses, secrets.known?.secrets ?? []);
  const edited = rows.find(({ name }) => name === open) ?? null;
  const usedBy = (name: string): string[] => inject.filter(({ secret }) => secret === name).map(({ header, host }) => `${header} for ${host}`);
  const use = (name: string, next: SecretUse | null): void => onUses((now) => withUse(now, name, next));
  const since = (instant: number | null | undefined): string => (instant === null || instant === undefined ? '–' : ago(time - instant));
  const columns: TableColumn<Row>[] = [
    { id: 'name', title: 'Name', cell: ({ name }) => <span className="mono">{visibleText(name)}</span> },
    { id: 'use', title: 'Setup gets it as', cell: (row) => (row.use === null ? <span className="muted">not given</span> : row.use.file === null ? 'variable' : <span className="mono secret-path">{visibleText(row.use.file)}</span>) },
    { id: 'state', title: 'State', wide: true, cell: ({ facts }) => (secrets.known === null ? <span className="muted">not known yet</span> : <SecretState facts={facts} />) },
    { id: 'changed', title: 'Changed', cell: ({ facts }) => <span className="muted">{since(facts?.changedAt)}</span> },
    { id: 'used', title: 'Last used', cell: ({ facts }) => <span className="muted">{since(facts?.lastUsedAt)}</span> },
    {
      id: 'actions',
      title: 'Actions',
      quiet: true,
      cell: ({ name, facts }) => (
        <span className="row secret-actions">
          <Button look="quiet" aria-label={`${facts === null ? 'Give' : 'Change'} ${name}`} onClick={() => setOpen(name)}>
            {facts === null ? 'Give…' : 'Change…'}
          </Button>
          <Button look="quiet" aria-label={`Remove ${name}`} onClick={() => setAsking(name)}>
            Remove…
          </Button>
        </span>
      ),
    },
  ];
  return (
    <section className="environment-section" aria-label="Secrets">
      <div className="row">
        <h2 className="grow">Secrets</h2>
        {open === null && (
          <Button onClick={() => setOpen('')}>
            <PlusIcon /> Secret
          </Button>
        )}
      </div>
      <p className="hint">Tokens and passwords that setup needs. Setup alone sees them, never the work; what it leaves behind is searched for them before it is sealed. A value cannot be read back, only replaced. {secrets.known && KEPT_BY[secrets.known.keptBy]}</p>
      {secrets.fault && (
        <div className="row">
          <div className="grow">
            <FaultText fault={{ message: `Secrets cannot be listed: ${visibleText(secrets.fault.message)}`, next: visibleText(secrets.fault.next) }} />
          </div>
          <Button onClick={secrets.look}>Look again</Button>
        </div>
      )}
      {rows.length > 0 && <Table label="Secrets" columns={columns} items={rows} keyOf={({ name }) => name} nameOf={({ name }) => name} />}
      {fault && <FaultText fault={{ message: visibleText(fault.message), next: visibleText(fault.next) }} />}
      {open !== null && (
        <SecretForm
          key={open}
          from={edited ? typedOf(edited.name, edited.use, edited.facts?.source ?? null) : NEW_SECRET}
          exists={edited !== null}
          hasValue={edited?.facts !== null && edited?.facts !== undefined && !edited.facts.damaged}
          taken={edited ? [] : rows.map(({ name }) => name)}
          onClose={() => setOpen(null)}
          onKeep={async (name, given, next) => {
            const refusal = given && (await secrets.set(name, given));
            if (refusal) return refusal;
            use(name, next);
            setOpen(null);
            return null;
          }}
        />
      )}
      {asking !== null && (
        <Confirm
          title={`Remove ${visibleText(asking)}?`}
          action="Remove the secret"
          onClose={() => setAsking(null)}
          onConfirm={() => {
            void secrets.remove(asking).then((refusal) => {
              setFault(refusal);
              if (refusal === null) use(asking, null);
            });
          }}
        >
          Its value goes at once and cannot be brought back. That setup does not get it any more is saved with the environment.
          {usedBy(asking).length > 0 && (
            <span className="block secret-used tone-amber">
              {usedBy(asking).length === 1 ? 'An added header says it' : 'Added headers say it'}: {usedBy(asking).map(visibleText).join(', ')}. Without its value no run with an allow-list starts: take {usedBy(asking).length === 1 ? 'that header' : 'those headers'} out too.
            </span>
          )}
        </Confirm>
      )}
    </section>
  );
};
