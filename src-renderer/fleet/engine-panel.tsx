import { useState, type ReactElement } from 'react';
import type { EngineStatus } from '../../src-main/contract/fleet.ts';
import { api } from '../client/api.ts';
import { useActions } from '../client/actions.ts';
import { useAway } from '../client/connection.ts';
import { faultOf } from '../client/fault-of.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Button } from '../ui/button.tsx';
import { CodedText } from '../ui/coded-text.tsx';
import { ago, bytes } from '../ui/format.ts';
import { EngineIcon, RetryIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { showFault } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { EngineWarnings } from './engine-warnings.tsx';

const LookAgain = (): ReactElement => {
  const [looking, setLooking] = useState(false);
  const away = useAway();
  const look = (): void => {
    setLooking(true);
    api.service
      .reconnectEngine({})
      .catch((error: unknown) => showFault(faultOf(error)))
      .finally(() => setLooking(false));
  };
  useActions([{ title: 'Look for the engine again', section: 'Fleet', also: 'docker reconnect', can: () => !looking && !away, run: look }]);
  return (
    <Button disabled={looking || away} title={away ? 'The service is not answering' : undefined} onClick={look}>
      <RetryIcon /> {looking ? 'Looking…' : 'Look again'}
    </Button>
  );
};

/** Without the service nobody knows: no colour says otherwise. */
const LastHeard = ({ word }: { readonly word: string }): ReactElement => <Sign tone="grey" shape="circle">{`${word} when last heard of`}</Sign>;

const Down = ({ engine }: { readonly engine: Extract<EngineStatus, { state: 'down' }> }): ReactElement => {
  const now = useNow(true);
  const away = useAway();
  return (
    <>
      <div className="grow">
        <div className="row wrap">
          <strong>Container engine</strong>
          {away ? <LastHeard word="Down" /> : <Sign tone="red" shape="cross">Down</Sign>}
          <span className="muted">since {ago(now - engine.since)}</span>
        </div>
        <p><CodedText text={engine.fault.message} /></p>
        <p className="hint"><CodedText text={engine.fault.next} /></p>
      </div>
      <LookAgain />
    </>
  );
};

const Up = ({ engine }: { readonly engine: Extract<EngineStatus, { state: 'up' }> }): ReactElement => {
  const away = useAway();
  return (
    <div className="grow">
      <div className="row wrap">
        <strong>Container engine</strong>
        {away ? <LastHeard word="Up" /> : <Sign tone="green" shape="check">Up</Sign>}
        <span>{engine.source} {engine.version}</span>
        <span className="muted">{`${engine.cpus} cores · ${bytes(engine.memoryBytes)} · ${engine.architecture}`}</span>
      </div>
      <EngineWarnings warnings={engine.warnings ?? []} />
    </div>
  );
};

/** The engine that the containers live in: which one, or why there is none and what to do. */
export const EnginePanel = (): ReactElement => {
  const engine = useFleet((fleet) => fleet.engine);
  const away = useAway();
  return (
    <section className={`engine-panel${engine.state === 'down' && !away ? ' down' : ''}`} aria-label="Container engine">
      <EngineIcon size={16} />
      {engine.state === 'up' && <Up engine={engine} />}
      {engine.state === 'down' && <Down engine={engine} />}
      {engine.state === 'connecting' && <span role="status">Looking for the container engine…</span>}
    </section>
  );
};
