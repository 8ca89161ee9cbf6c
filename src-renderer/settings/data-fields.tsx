import type { ReactElement } from 'react';
import type { DoctorReport } from '../../src-main/contract/endpoints.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { CodedText } from '../ui/coded-text.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { CopyIcon, RetryIcon } from '../ui/icons.tsx';
import { Sign, type Shape, type Tone } from '../ui/sign.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Stale } from '../ui/stale.tsx';
import { showDone, showFault } from '../ui/toast.tsx';
import type { SettingsField } from './field.ts';
import { useAnswer } from './use-answer.ts';

const hello = (signal: AbortSignal) => api.service.hello({}, { signal });
const doctor = (signal: AbortSignal) => api.service.doctor({}, { signal });

const copy = (text: string): void => {
  navigator.clipboard.writeText(text).then(
    () => showDone('Copied.'),
    () => showFault({ message: 'The clipboard cannot be written.', next: 'Select the text and copy it by hand.' }),
  );
};

const UNKNOWN = 'Known when the service is back';

const Service = (): ReactElement => {
  const { value, fault, away } = useAnswer(hello);
  if (fault !== null) return <FaultText fault={fault} />;
  if (value === null) return away ? <Stale>{UNKNOWN}</Stale> : <Skeleton label="Asking the service" />;
  return (
    <dl className="facts">
      <dt>Data directory</dt>
      <dd className="row">
        <span className="mono literal ellipsis" title={visibleText(value.dataDirectory)}>
          {visibleText(value.dataDirectory)}
        </span>
        <Button look="icon" aria-label="Copy the data directory" onClick={() => copy(value.dataDirectory)}>
          <CopyIcon />
        </Button>
      </dd>
      <dt>Version</dt>
      <dd>{visibleText(value.version)}</dd>
      <dt>Process</dt>
      <dd>{away ? <Stale>{`${value.pid} until it stopped answering`}</Stale> : value.pid}</dd>
    </dl>
  );
};

type Item = (DoctorReport['items'] | DoctorReport['hardening'])[number];
const SIGN: Readonly<Record<Item['state'], { readonly tone: Tone; readonly shape: Shape; readonly word: string }>> = {
  ok: { tone: 'green', shape: 'check', word: 'Fine' },
  note: { tone: 'grey', shape: 'circle', word: 'Good to know' },
  warning: { tone: 'amber', shape: 'circle', word: 'Look at this' },
  missing: { tone: 'red', shape: 'cross', word: 'Missing' },
  broken: { tone: 'red', shape: 'cross', word: 'Not sealed' },
};

const Items = ({ items, busy }: { readonly items: readonly Item[]; readonly busy: boolean }): ReactElement => (
  <ul className="doctor" aria-busy={busy}>
    {items.map((item) => (
      <li key={`${item.name} ${item.message}`}>
        <Sign tone={SIGN[item.state].tone} shape={SIGN[item.state].shape}>{SIGN[item.state].word}</Sign>
        <div>
          <strong>{visibleText(item.name)}</strong> <span className="doctor-message"><CodedText text={visibleText(item.message)} /></span>
          {item.next !== '' && <div className="hint"><CodedText text={visibleText(item.next)} /></div>}
        </div>
      </li>
    ))}
  </ul>
);

const Machine = (): ReactElement => {
  const { value, fault, busy, away, again } = useAnswer(doctor);
  return (
    <div className="stack">
      {fault !== null && <FaultText fault={fault} />}
      {away && <Stale>{value === null ? UNKNOWN : 'As last looked at; the service is not answering'}</Stale>}
      {value === null && fault === null && !away && <Skeleton lines={4} label="Looking at the machine" />}
      {value !== null && (
        <>
          <Items items={value.items} busy={busy} />
          {value.hardening.length > 0 && <h4>How well the engine holds containers in</h4>}
          {value.hardening.length > 0 && <Items items={value.hardening} busy={busy} />}
        </>
      )}
      <div>
        <Button disabled={busy || away} onClick={again}>
          <RetryIcon /> {busy && !away ? 'Looking…' : 'Look again'}
        </Button>
      </div>
    </div>
  );
};

export const DATA_FIELDS: readonly SettingsField[] = [
  { section: 'data', title: 'Service', hint: 'Where everything is kept, and what keeps it.', also: 'data directory folder path version pid process storage location', Control: Service, wide: true },
  { section: 'data', title: 'This machine', hint: 'What Drydock needs, and what to do where it is not there.', also: 'doctor diagnose check health engine docker podman git disk image problem hardening seccomp apparmor rootless cve security', Control: Machine, wide: true },
];
