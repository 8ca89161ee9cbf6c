import type { ReactElement } from 'react';
import { api } from '../client/api.ts';
import { useConnection } from '../client/connection.ts';
import { desktop } from '../client/desktop.ts';
import { faultOf } from '../client/fault-of.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Button } from '../ui/button.tsx';
import { EngineIcon, PauseIcon, WarningIcon } from '../ui/icons.tsx';
import { showFault } from '../ui/toast.tsx';

const lookAgain = (): void => {
  api.service.reconnectEngine({}).catch((error: unknown) => showFault(faultOf(error)));
};

const ConnectionBanner = (): ReactElement | null => {
  const state = useConnection((connection) => connection.state);
  if (state !== 'lost') return null;
  return (
    <div className="banner" role="status">
      <WarningIcon />
      <span>Reconnecting…</span>
      <span className="next">
        The service is not answering. What you type is kept.
        {!desktop() && ' If Drydock was stopped, start it again and open the address it prints.'}
      </span>
    </div>
  );
};

const EngineBanner = (): ReactElement | null => {
  const engine = useFleet((fleet) => fleet.engine);
  if (engine.state !== 'down') return null;
  return (
    <div className="banner" role="status">
      <EngineIcon />
      <span className="grow">
        {engine.fault.message} <span className="next">{engine.fault.next}</span>
      </span>
      <Button onClick={lookAgain}>Look again</Button>
    </div>
  );
};

const PauseBanners = (): ReactElement => {
  const pauses = useFleet((fleet) => fleet.pauses);
  const projects = useFleet((fleet) => fleet.projects);
  return (
    <>
      {pauses.map((pause) => (
        <div key={`${pause.projectId}:${pause.since}`} className="banner" role="status">
          <PauseIcon />
          <span className="grow">
            <strong>{pause.projectId ? `${projects[pause.projectId]?.name ?? 'A project'} is paused.` : 'The queue is paused.'}</strong> {pause.fault.message}{' '}
            <span className="next">{pause.fault.next}</span>
          </span>
        </div>
      ))}
    </>
  );
};

/** What concerns the whole window, each cause once. An engine that is down is told by its own banner only. */
export const Banners = (): ReactElement => (
  <>
    <ConnectionBanner />
    <EngineBanner />
    <PauseBanners />
  </>
);
