import { useState, type ReactElement } from 'react';
import type { EngineStatus } from '../../src-main/contract/fleet.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Button } from '../ui/button.tsx';
import { ago, bytes } from '../ui/format.ts';
import { EngineIcon, RetryIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { showFault } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';

const LookAgain = (): ReactElement => {
  const [looking, setLooking] = useState(false);
  const look = (): void => {
    setLooking(true);
    api.service
      .reconnectEngine({})
      .catch((error: unknown) => showFault(faultOf(error)))
      .finally(() => setLooking(false));
  };
  return (
    <Button disabled={looking} onClick={look}>
      <RetryIcon /> {looking ? 'Looking…' : 'Look again'}
    </Button>
  );
};

const Down = ({ engine }: { readonly engine: Extract<EngineStatus, { state: 'down' }> }): ReactElement => {
  const now = useNow(true);
  return (
    <>
      <div className="grow">
        <div className="row wrap">
          <strong>Container engine</strong>
          <Sign tone="red" shape="cross">Down</Sign>
          <span className="muted">since {ago(now - engine.since)}</span>
        </div>
        <p>{engine.fault.message}</p>
        <p className="hint">{engine.fault.next}</p>
      </div>
      <LookAgain />
    </>
  );
};

const Up = ({ engine }: { readonly engine: Extract<EngineStatus, { state: 'up' }> }): ReactElement => (
  <div className="row wrap grow">
    <strong>Container engine</strong>
    <Sign tone="green" shape="check">Up</Sign>
    <span>{engine.source} {engine.version}</span>
    <span className="muted">{`${engine.cpus} cores · ${bytes(engine.memoryBytes)} · ${engine.architecture}`}</span>
  </div>
);

/** The engine that the containers live in: which one, or why there is none and what to do. */
export const EnginePanel = (): ReactElement => {
  const engine = useFleet((fleet) => fleet.engine);
  return (
    <section className={`engine-panel${engine.state === 'down' ? ' down' : ''}`} aria-label="Container engine">
      <EngineIcon size={16} />
      {engine.state === 'up' && <Up engine={engine} />}
      {engine.state === 'down' && <Down engine={engine} />}
      {engine.state === 'connecting' && <span role="status">Looking for the container engine…</span>}
    </section>
  );
};
