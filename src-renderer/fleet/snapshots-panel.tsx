import { useState, type ReactElement } from 'react';
import type { KeptSnapshot } from '../../src-main/contract/live.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { ago, bytes, count } from '../ui/format.ts';
import { TrashIcon } from '../ui/icons.tsx';
import { ProjectDot } from '../ui/project-dot.tsx';
import { Sign } from '../ui/sign.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Table, type TableColumn } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { useSnapshots } from './use-snapshots.ts';

const Ago = ({ instant }: { readonly instant: number | null }): ReactElement => {
  const now = useNow(true);
  return instant === null ? <span className="muted">never</span> : <span title={new Date(instant).toLocaleString()}>{ago(now - instant)}</span>;
};

/** Those whose size is known; the others are told beside the sum. */
const sumInWords = (list: readonly KeptSnapshot[]): string => {
  const unknown = list.filter(({ sizeBytes }) => sizeBytes === null).length;
  const sum = bytes(list.reduce((total, { sizeBytes }) => total + (sizeBytes ?? 0), 0));
  return `${count(list.length, 'snapshot')}, ${sum}${unknown > 0 ? ` and ${unknown} of unknown size` : ''}`;
};

/** The sealed environments on this machine, and the way to be rid of one. */
export const SnapshotsPanel = (): ReactElement => {
  const { list, fault, reload, remove } = useSnapshots();
  const projects = useFleet((fleet) => fleet.projects);
  const [asking, setAsking] = useState<KeptSnapshot | null>(null);
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
    { id: 'use', title: 'State', cell: ({ inUse }) => (inUse ? <Sign tone="accent" shape="play">In use</Sign> : <Sign tone="grey" shape="circle">Kept</Sign>) },
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
        <Button look="icon" aria-label={`Remove the snapshot of ${nameOf(snapshot)}`} title={snapshot.inUse ? 'A run under way uses it' : 'Remove'} disabled={snapshot.inUse} onClick={() => setAsking(snapshot)}>
          <TrashIcon />
        </Button>
      ),
    },
  ];
  return (
    <section className="stack" aria-labelledby="fleet-snapshots">
      <div className="row">
        <h2 id="fleet-snapshots">Snapshots</h2>
        {list !== null && list.length > 0 && <span className="muted">{sumInWords(list)}</span>}
      </div>
      {fault !== null && (
        <div className="row">
          <FaultText fault={fault} />
          <Button onClick={reload}>Try again</Button>
        </div>
      )}
      {list === null && fault === null && <Skeleton label="Loading the snapshots" />}
      {list !== null && <Table label="Snapshots" columns={columns} items={list} keyOf={({ key }) => key} nameOf={nameOf} empty="None yet. The first run of an environment makes one, and later runs start from it." />}
      {asking && (
        <Confirm title={`Remove the snapshot of ${nameOf(asking)}?`} action="Remove it" onClose={() => setAsking(null)} onConfirm={() => remove(asking, nameOf(asking))}>
          {asking.sizeBytes !== null && `${bytes(asking.sizeBytes)} become free. `}Nothing is lost but time: the next run of this environment runs its setup again.
        </Confirm>
      )}
    </section>
  );
};
