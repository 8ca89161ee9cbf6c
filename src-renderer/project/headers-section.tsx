import { useId, type ReactElement } from 'react';
import type { InjectedHeader } from '../../src-main/contract/network.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { CloseIcon, PlusIcon } from '../ui/icons.tsx';
import { headerMistake } from './network-mistakes.ts';
import './rule.css';

interface HeadersSectionProps {
  readonly inject: readonly InjectedHeader[];
  /** Names of the project's secrets. */
  readonly secrets: readonly string[];
  readonly onChange: (inject: InjectedHeader[]) => void;
}

/** Headers that the proxy adds, so that the work can use a credential that it never holds. */
export const HeadersSection = ({ inject, secrets, onChange }: HeadersSectionProps): ReactElement => {
  const set = (at: number, change: Partial<InjectedHeader>): void => onChange(inject.map((each, place) => (place === at ? { ...each, ...change } : each)));
  const first = secrets[0];
  const id = useId();
  return (
    <section className="environment-section" aria-label="Added headers">
      <h2>Added headers</h2>
      <p className="hint">The proxy adds them to what the work asks of an allowed host: the credential is used, and no container holds it.</p>
      {inject.map((header, at) => {
        const mistake = headerMistake(header);
        const names = [...new Set([...secrets, header.secret])].filter((name) => name !== '');
        return (
          // A row has no other name than its place.
          <div key={at} className="rule" role="group" aria-label={`Header ${at + 1}`}>
            <div className="rule-fields header-fields">
              <input type="text" className="input mono" aria-label="Host of the header" aria-describedby={`${id}-${at}`} aria-invalid={mistake?.field === 'host' && header.host !== ''} data-mistake={mistake?.field === 'host' || undefined} autoFocus={header.host === ''} autoComplete="off" spellCheck={false} placeholder="e.g. api.example.com" maxLength={260} value={header.host} onChange={(event) => set(at, { host: event.target.value })} />
              <input type="text" className="input mono" aria-label="Header" aria-describedby={`${id}-${at}`} aria-invalid={mistake?.field === 'header'} data-mistake={mistake?.field === 'header' || undefined} autoComplete="off" spellCheck={false} placeholder="e.g. Authorization" maxLength={64} value={header.header} onChange={(event) => set(at, { header: event.target.value })} />
              <Choice label="Secret of the header" quiet value={header.secret} options={names.map((value) => ({ value, title: value }))} onChange={(secret) => set(at, { secret })} />
              <Button look="icon" aria-label={`Remove header ${at + 1}`} onClick={() => onChange(inject.filter((_, place) => place !== at))}>
                <CloseIcon />
              </Button>
            </div>
            <span id={`${id}-${at}`} aria-live="polite">{mistake !== null && <span className={header.host === '' ? 'hint' : 'error'}>{mistake.message}</span>}</span>
          </div>
        );
      })}
      <div className="row">
        <Button disabled={first === undefined} onClick={() => first !== undefined && onChange([...inject, { host: '', header: 'Authorization', secret: first }])}>
          <PlusIcon /> Header
        </Button>
        {first === undefined && <span className="hint">Add a secret first: its value is what the header says.</span>}
      </div>
    </section>
  );
};
