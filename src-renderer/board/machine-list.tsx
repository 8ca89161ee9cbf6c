import { useEffect, useState, type ReactElement } from 'react';
import type { DoctorReport } from '../../src-main/contract/endpoints.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Button } from '../ui/button.tsx';
import { CodedText } from '../ui/coded-text.tsx';
import { CheckIcon, CrossIcon, RetryIcon, WarningIcon } from '../ui/icons.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

type Item = DoctorReport['items'][number];

const SIGN = {
  ok: { Icon: CheckIcon, tone: 'green', word: 'found' },
  warning: { Icon: WarningIcon, tone: 'amber', word: 'look at this' },
  missing: { Icon: CrossIcon, tone: 'red', word: 'missing' },
} as const;

/** What a person who starts must know. Drydock itself is there, or nobody would read this; without an engine there is one next step, not two. */
const worthSaying = ({ items }: DoctorReport): Item[] => {
  const hasEngine = items.some((item) => item.name === 'Container engine' && item.state === 'ok');
  return items.filter((item) => item.name !== 'Drydock' && (hasEngine || item.name !== 'Base image'));
};

const Line = ({ item }: { readonly item: Item }): ReactElement => {
  const { Icon, tone, word } = SIGN[item.state];
  return (
    <li>
      <span className={`tone-${tone}`}>
        <Icon />
      </span>
      <div className="grow">
        <strong>{visibleText(item.name)}</strong>
        <span className="hidden-text">, {word}:</span> <span className="muted"><CodedText text={visibleText(item.message)} /></span>
        {item.next !== '' && <div className="welcome-next"><CodedText text={visibleText(item.next)} /></div>}
      </div>
    </li>
  );
};

/** What Drydock needs on this machine, found or not, each with its one next step. */
export const MachineList = (): ReactElement => {
  const [report, setReport] = useState<DoctorReport | null>(null);
  const [asked, setAsked] = useState(0);
  const [looking, setLooking] = useState(true);
  const engine = useFleet((fleet) => fleet.engine.state);
  useEffect(() => {
    const giveUp = new AbortController();
    setLooking(true);
    // Asked for by hand, the engine is looked for first; its state changes by itself otherwise.
    const first = asked === 0 ? Promise.resolve() : api.service.reconnectEngine({}, { signal: giveUp.signal });
    first
      .catch(() => undefined)
      .then(() => api.service.doctor({}, { signal: giveUp.signal }))
      .then(setReport, () => undefined)
      .finally(() => {
        if (!giveUp.signal.aborted) setLooking(false);
      });
    return () => giveUp.abort();
  }, [asked, engine]);
  return (
    <section className="welcome-machine" aria-label="This machine">
      <div className="row">
        <h3 className="grow">{report === null ? 'This machine' : report.ok ? 'This machine has what it needs' : 'This machine lacks something'}</h3>
        <Button look="quiet" disabled={looking} onClick={() => setAsked(asked + 1)}>
          <RetryIcon size={12} /> {looking ? 'Looking…' : 'Look again'}
        </Button>
      </div>
      {report === null ? (
        <Skeleton lines={4} label="Looking at this machine" />
      ) : (
        <ul aria-live="polite">
          {worthSaying(report).map((item) => (
            <Line key={item.name} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
};
