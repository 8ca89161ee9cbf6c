import { useState, type ReactElement } from 'react';
import type { KeptSnapshot } from '../../src-main/contract/live.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useAway } from '../client/connection.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { ago, bytes, count, wholeMoment } from '../ui/format.ts';
import { RetryIcon, TrashIcon } from '../ui/icons.tsx';
import { ProjectDot } from '../ui/project-dot.tsx';
import { Sign } from '../ui/sign.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Stale } from '../ui/stale.tsx';
import { Table, type TableColumn } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { useSnapshots } from './use-snapshots.ts';

const Ago = ({ instant }: { readonly instant: number | null }): ReactElement => {
  const now = useNow(true);
  return instant === null ? <span className="muted">never</span> : <span title={wholeMoment(instant)}>{ago(now - instant)}</span>;
};

/** Those whose size is known; the others are told beside the sum. */
const sumInWords = (list: readonly KeptSnapshot[]): string => {
  const unknown = list.filter(({ sizeBytes }) => sizeBytes === null).length;
  const sum = bytes(list.reduce((total, { sizeBytes }) => total + (sizeBytes ?? 0), 0));
  return `${count(list.length, 'snapshot')}, ${sum}${unknown > 0 ? ` and ${unknown} of unknown size` : ''}`;
};

const Use = ({ snapshot: { inUse, neededBy } }: { readonly snapshot: KeptSnapshot }): ReactElement => {
  if (inUse) return <Sign tone="accent" shape="play">In use</Sign>;
  return neededBy > 0 ? <Sign tone="amber" shape="circle">{`${count(neededBy, 'result')} in Review`}</Sign> : <Sign tone="grey" shape="circle">Kept</Sign>;
};

/** Results that cannot be checked until the environment is set up again. */
const inWords = (neededBy: number): string =>
  neededBy === 0 ? '' : `${count(neededBy, 'result')} in Review ${neededBy === 1 ? 'is' : 'are'} checked in it: until it is set up again ${neededBy === 1 ? 'it' : 'they'} can be read and landed, not checked. `;

/** The sealed environments on this machine, and the way to be rid of one. */
export const SnapshotsPanel = (): ReactElement => {
  const { list, fault, reload, remove, reset } = useSnapshots();
  const projects = useFleet((fleet) => fleet.projects);
  const away = useAway();
  const [asking, setAsking] = useState<KeptSnapshot | null>(null);
  const [resetting, setResetting] = useState<KeptSnapshot | null>(null);
  const siblings = (of: KeptSnapshot): readonly KeptSnapshot[] => (list ?? []).filter(({ projectId, inUse }) => projectId === of.projectId && !inUse);
  const nameOf = ({ projectId }: KeptSnapshot): string => visibleText(projects[projectId]?.name ?? 'a removed project');
  const columns: readonly TableColumn<KeptSnapshot>[] = [
    {
      id: 'project',
      title: 'Project',
      wide: true,
      cell: (snapshot) => {
        const project = projects[snapshot.projectId];
        return (
          <span className="row">
            {project && <ProjectDot colour={project.colour} />}
            <span className={`ellipsis${project ? '' : ' muted'}`}>{nameOf(snapshot)}</span>
          </span>
        );
      },
    },
    { id: 'use', title: 'State', cell: (snapshot) => <Use snapshot={snapshot} /> },
    { id: 'size', title: 'Size', align: 'end', cell: ({ sizeBytes }) => (sizeBytes === null ? <span className="muted">unknown</span> : bytes(sizeBytes)) },
    { id: 'uses', title: 'Uses', align: 'end', cell: ({ uses }) => uses },
    { id: 'last', title: 'Last used', align: 'end', cell: ({ lastUsedAt }) => <Ago instant={lastUsedAt} /> },
    { id: 'made', title: 'Made', align: 'end', cell: ({ madeAt }) => <Ago instant={madeAt} /> },
    {
      id: 'remove',
      title: 'Remove',
      quiet: true,
      align: 'end',
      cell: (snapshot) => (
        <span className="row fleet-actions">
          {projects[snapshot.projectId] && (
            <Button look="icon" aria-label={`Reset the environment of ${nameOf(snapshot)}`} title={away ? 'The service is not answering' : siblings(snapshot).length === 0 ? 'A run under way uses it' : 'Reset the environment'} disabled={siblings(snapshot).length === 0 || away} onClick={() => setResetting(snapshot)}>
              <RetryIcon />
            </Button>
          )}
          <Button look="icon" aria-label={`Remove the snapshot of ${nameOf(snapshot)}`} title={away ? 'The service is not answering' : snapshot.inUse ? 'A run under way uses it' : 'Remove'} disabled={snapshot.inUse || away} onClick={() => setAsking(snapshot)}>
            <TrashIcon />
          </Button>
        </span>
      ),
    },
  ];
  return (
    <section className="stack" aria-labelledby="fleet-snapshots">
      <div className="row">
        <h2 id="fleet-snapshots">Snapshots</h2>
        {list !== null && list.length > 0 && <span className="muted">{sumInWords(list)}</span>}
        {away && <Stale>{list === null ? 'Known when the service is back' : 'As last read'}</Stale>}
      </div>
      {fault !== null && (
        <div className="row">
          <FaultText fault={fault} />
          <Button onClick={reload}>Try again</Button>
        </div>
      )}
      {list === null && fault === null && !away && <Skeleton label="Loading the snapshots" />}
      {list !== null && <Table label="Snapshots" columns={columns} items={list} keyOf={({ key }) => key} nameOf={nameOf} empty="None yet. The first run of an environment makes one, and later runs start from it." />}
      {asking && (
        <Confirm title={`Remove the snapshot of ${nameOf(asking)}?`} action="Remove it" onClose={() => setAsking(null)} onConfirm={() => remove(asking, nameOf(asking))}>
          {asking.sizeBytes !== null && `${bytes(asking.sizeBytes)} become free. `}{inWords(asking.neededBy)}Nothing is lost but time: the next run of this environment runs its setup again.
        </Confirm>
      )}
      {resetting && (
        <Confirm title={`Reset the environment of ${nameOf(resetting)}?`} action="Reset it" onClose={() => setResetting(null)} onConfirm={() => reset(resetting.projectId, nameOf(resetting))}>
          {`${count(siblings(resetting).length, 'snapshot')} of it go, ${bytes(siblings(resetting).reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0))}. `}
          {inWords(siblings(resetting).reduce((sum, { neededBy }) => sum + neededBy, 0))}The next run sets it up from the beginning.
        </Confirm>
      )}
    </section>
  );
};
