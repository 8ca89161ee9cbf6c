import { useMemo, type ReactElement, type ReactNode } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { MeasuredContainer } from '../../src-main/contract/live.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useFleet, useProject } from '../client/fleet-store.ts';
import { goTo, hrefOf, type Route } from '../client/route.ts';
import { signOf, titleOf } from '../client/run-sign.ts';
import { signAsSeen, useUnseen } from '../client/unseen.ts';
import { bytes, clock } from '../ui/format.ts';
import { InternetSign } from '../ui/internet-sign.tsx';
import { Meter } from '../ui/meter.tsx';
import { ProjectDot } from '../ui/project-dot.tsx';
import { Sign } from '../ui/sign.tsx';
import { Table, type TableColumn } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { fleetRows, type FleetRow } from './fleet-rows.ts';
import { internetOf, isOfSetup, roleInWords } from './role-in-words.ts';

const nameOf = ({ brief, container }: FleetRow): string => (brief ? `#${brief.number} ${titleOf(brief.text)}` : (container?.name ?? 'A run'));

/** A number that is not there yet, or never will be, and why. */
const None = ({ why }: { readonly why: string }): ReactElement => (
  <span className="muted">
    <span aria-hidden="true">–</span>
    <span className="hidden-text">{why}</span>
  </span>
);

const BriefName = ({ row }: { readonly row: FleetRow }): ReactElement => {
  const { brief, run, container } = row;
  const tried = useFleet((fleet) => Object.values(fleet.setupTries).find((each) => each.run.id === container?.runId));
  const project = useProject(run?.projectId ?? tried?.projectId);
  if (tried && project) {
    return (
      <span className="row">
        <ProjectDot colour={project.colour} />
        <a className="ellipsis" href={hrefOf({ place: 'project', id: project.id })}>
          Try of {visibleText(project.name)}
        </a>
      </span>
    );
  }
  if (!brief || !run) return <span className="mono literal ellipsis block">{visibleText(container?.name ?? '')}</span>;
  const title = visibleText(titleOf(brief.text));
  return (
    <span className="row">
      {project && <ProjectDot colour={project.colour} />}
      <span className="muted">#{brief.number}</span>
      <a className="ellipsis" href={hrefOf(placeOf(brief, run))} title={title}>
        {title}
      </a>
    </span>
  );
};

/** What happens: a container by its part in the run, a waiting run by its reason. */
const Doing = ({ row }: { readonly row: FleetRow }): ReactElement => {
  const { run, container } = row;
  const unseen = useUnseen();
  const waiting = useFleet((fleet) => (run ? fleet.waiting[run.id] : undefined));
  if (container) {
    if (container.state === 'running') return <Sign tone="accent" shape="play">{roleInWords(container.role)}</Sign>;
    if (container.state === 'created' && container.role === 'warm-work') return <Sign tone="grey" shape="clock">{roleInWords(container.role)}</Sign>;
    const word = container.state === 'created' ? 'Starting' : 'Ended';
    return <Sign tone="grey" shape={container.state === 'created' ? 'clock' : 'stop'}>{`${word}: ${roleInWords(container.role).toLowerCase()}`}</Sign>;
  }
  if (!run) return <None why="unknown" />;
  const sign = signAsSeen(signOf(run), run.state, unseen);
  return <Sign tone={sign.tone} shape={sign.shape}>{run.state.name === 'queued' ? visibleText(waiting?.message ?? 'Waiting for its turn') : sign.word}</Sign>;
};

const Cpu = ({ container }: { readonly container: MeasuredContainer | null }): ReactElement => {
  if (container === null) return <None why="no container" />;
  if (container.cpus === null) return <None why="not known yet" />;
  const of = container.cpuLimit === null ? '' : ` of ${container.cpuLimit}`;
  return <>{`${container.cpus.toFixed(1)}${of}`}</>;
};

const Memory = ({ container }: { readonly container: MeasuredContainer | null }): ReactElement => {
  if (container === null) return <None why="no container" />;
  const { memoryBytes, memoryLimit } = container;
  if (memoryBytes === null) return <None why="not known yet" />;
  if (memoryLimit === null) return <>{bytes(memoryBytes)}</>;
  const text = `${bytes(memoryBytes)} of ${bytes(memoryLimit)}`;
  return (
    <span className="fleet-memory">
      {text}
      <Meter label="Memory" value={memoryBytes} max={memoryLimit} text={text} />
    </span>
  );
};

const Age = ({ row }: { readonly row: FleetRow }): ReactElement => {
  const now = useNow(true);
  const since = row.container ? row.container.startedAt : (row.run?.queuedAt ?? null);
  return since === null ? <None why="not started" /> : <>{clock(now - since)}</>;
};

const Network = ({ container }: { readonly container: MeasuredContainer | null }): ReactNode => {
  if (container === null) return <None why="no container" />;
  const internet = internetOf(container);
  // Only setting up is meant to have it: anywhere else the red says so.
  return internet === 'full' && isOfSetup(container.role) ? <span className="tag">Internet, for setup</span> : <InternetSign internet={internet} />;
};

const COLUMNS: readonly TableColumn<FleetRow>[] = [
  { id: 'brief', title: 'Brief', wide: true, cell: (row) => <BriefName row={row} /> },
  { id: 'doing', title: 'Doing', cell: (row) => <Doing row={row} /> },
  { id: 'cpu', title: 'CPU', align: 'end', cell: ({ container }) => <Cpu container={container} /> },
  { id: 'memory', title: 'Memory', align: 'end', cell: ({ container }) => <Memory container={container} /> },
  { id: 'written', title: 'Written', align: 'end', cell: ({ container }) => (container?.writtenBytes == null ? <None why={container ? 'not known yet' : 'no container'} /> : bytes(container.writtenBytes)) },
  { id: 'age', title: 'Age', align: 'end', cell: (row) => <Age row={row} /> },
  { id: 'network', title: 'Network', cell: ({ container }) => <Network container={container} /> },
];

const placeOf = (brief: Brief, run: Run): Route => ({ place: 'brief', id: brief.id, tab: run.state.name === 'queued' ? 'brief' : 'activity', run: null });

const open = ({ brief, run }: FleetRow): void => {
  if (brief && run) goTo(placeOf(brief, run));
};

/** Everything that runs or waits, with what it weighs. */
export const RunsTable = ({ containers }: { readonly containers: readonly MeasuredContainer[] }): ReactElement => {
  const runs = useFleet((fleet) => fleet.runs);
  const briefs = useFleet((fleet) => fleet.briefs);
  const rows = useMemo(() => fleetRows({ runs, briefs }, containers), [runs, briefs, containers]);
  return (
    <Table
      label="Containers and runs"
      columns={COLUMNS}
      items={rows}
      keyOf={({ key }) => key}
      nameOf={nameOf}
      onOpen={open}
      empty={
        <>
          Nothing runs and nothing waits. <a href="#/board">Launch a brief on the board.</a>
        </>
      }
    />
  );
};
