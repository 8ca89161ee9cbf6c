import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import type { Pause } from '../../src-main/contract/fleet.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { useConnection } from '../client/connection.ts';
import { desktop } from '../client/desktop.ts';
import { faultOf } from '../client/fault-of.ts';
import { useFleet } from '../client/fleet-store.ts';
import { hrefOf, useRoute } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { CodedText } from '../ui/coded-text.tsx';
import { duration, moment } from '../ui/format.ts';
import { CheckIcon, EngineIcon, PauseIcon, RetryIcon, WarningIcon } from '../ui/icons.tsx';
import { showFault } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { useOtherVersion } from './use-other-version.ts';
import './banners.css';

/** How long it is said that the engine is back, in milliseconds. */
const BACK_MS = 6_000;

const lookAgain = (): void => {
  api.service.reconnectEngine({}).catch((error: unknown) => showFault(faultOf(error)));
};

const Banner = ({ icon, tone = '', children, action }: { readonly icon: ReactNode; readonly tone?: string; readonly children: ReactNode; readonly action?: ReactNode }): ReactElement => (
  <div className={`banner ${tone}`} role="status">
    {icon}
    <span className="grow banner-text">{children}</span>
    {action}
  </div>
);

const ConnectionBanner = (): ReactElement | null => {
  const state = useConnection((connection) => connection.state);
  if (state !== 'lost') return null;
  return (
    <Banner icon={<WarningIcon />}>
      <strong>Reconnecting…</strong>{' '}
      <span className="next">
        The service is not answering. What you type is kept; runs go on without it.
        {!desktop() && ' If Drydock was stopped, start it again and open the address it prints.'}
      </span>
    </Banner>
  );
};

const VersionBanner = (): ReactElement | null => {
  const other = useOtherVersion();
  if (other === null) return null;
  return (
    <Banner icon={<RetryIcon />} action={<Button onClick={() => window.location.reload()}>Reload</Button>}>
      <strong>Drydock is now version {visibleText(other)}.</strong> <span className="next">This window is older. Reload it; what you typed is kept.</span>
    </Banner>
  );
};

/** Since when, and for how long that is. */
const Since = ({ since }: { readonly since: number }): ReactElement => {
  const now = useNow(true);
  const ago = now - since;
  return (
    <span className="next">
      Since {moment(since)}
      {ago >= 60_000 && ` (${duration(ago)})`}.
    </span>
  );
};

const EngineBanner = (): ReactElement | null => {
  const engine = useFleet((fleet) => fleet.engine);
  const { place } = useRoute();
  const isDown = engine.state === 'down';
  const [wasDown, setWasDown] = useState(false);
  useEffect(() => {
    if (isDown) setWasDown(true);
    if (!wasDown || engine.state !== 'up') return;
    const timer = setTimeout(() => setWasDown(false), BACK_MS);
    return () => clearTimeout(timer);
  }, [isDown, wasDown, engine.state]);
  if (engine.state === 'up' && wasDown) {
    return (
      <Banner icon={<CheckIcon />} tone="green">
        <strong>The engine is back:</strong> {visibleText(engine.source)} {visibleText(engine.version)}. <span className="next">What was queued goes on by itself.</span>
      </Banner>
    );
  }
  // Its own page says the same, with the same next step.
  if (engine.state !== 'down' || place === 'fleet') return null;
  return (
    <Banner icon={<EngineIcon />} action={<Button onClick={lookAgain}>Look again</Button>}>
      <strong><CodedText text={visibleText(engine.fault.message)} /></strong> <Since since={engine.since} /> <span className="next"><CodedText text={visibleText(engine.fault.next)} /></span>
    </Banner>
  );
};

/** Pauses of one cause, which is said once. */
const byCause = (pauses: readonly Pause[]): Pause[][] => [...Map.groupBy(pauses, ({ fault }) => `${fault.code} ${fault.message}`).values()];

const PauseBanner = ({ pauses }: { readonly pauses: readonly Pause[] }): ReactElement | null => {
  const projects = useFleet((fleet) => fleet.projects);
  const { place } = useRoute();
  const [first] = pauses;
  if (!first) return null;
  const names = pauses.map(({ projectId }) => (projectId ? visibleText(projects[projectId]?.name ?? 'A project') : null));
  const what = names.includes(null) ? 'Every queue is paused.' : `${names.length > 3 ? `${names.length} projects` : names.join(', ')} ${names.length === 1 ? 'is' : 'are'} paused.`;
  const only = pauses.length === 1 ? first.projectId : null;
  return (
    <Banner
      icon={<PauseIcon />}
      action={
        first.fault.code === 'diskFull' ? (
          place !== 'fleet' && (
            <a className="button" href={hrefOf({ place: 'fleet' })}>
              Free space
            </a>
          )
        ) : (
          only && (
            <a className="button" href={hrefOf({ place: 'project', id: only })}>
              {first.fault.code === 'notApproved' ? 'Look at the change' : 'Environment'}
            </a>
          )
        )
      }
    >
      <strong>{what}</strong> <CodedText text={visibleText(first.fault.message)} /> <span className="next"><CodedText text={visibleText(first.fault.next)} /></span>
    </Banner>
  );
};

const PauseBanners = (): ReactElement => {
  const pauses = useFleet((fleet) => fleet.pauses);
  const isDown = useFleet((fleet) => fleet.engine.state === 'down');
  // An engine that is down is told by its own banner only.
  const told = isDown ? pauses.filter(({ fault }) => fault.code !== 'engineUnavailable') : pauses;
  return (
    <>
      {byCause(told).map((same) => (
        <PauseBanner key={`${same[0]?.fault.code} ${same[0]?.fault.message}`} pauses={same} />
      ))}
    </>
  );
};

/** What concerns the whole window, each cause once. */
export const Banners = (): ReactElement => (
  <>
    <ConnectionBanner />
    <VersionBanner />
    <EngineBanner />
    <PauseBanners />
  </>
);
