import { useState, type ReactElement } from 'react';
import type { DiskReport, DiskStep } from '../../src-main/contract/disk.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useActions } from '../client/actions.ts';
import { useAway } from '../client/connection.ts';
import { isDiskLow } from '../client/disk.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { ago, bytes, count } from '../ui/format.ts';
import { Sign } from '../ui/sign.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Stale } from '../ui/stale.tsx';
import { useDiskReport } from './use-disk-report.ts';

const WHERE: Readonly<Record<DiskReport['spaces'][number]['holds'], string>> = { data: "Drydock's data", engine: "the engine's images and containers" };

/** Lines of the plan that are shown one by one; what is more is a number. */
const LISTED = 8;

const Space = ({ space }: { readonly space: DiskReport['spaces'][number] }): ReactElement => {
  const stops = space.freeBytes < space.floorBytes;
  return (
    <div className="row wrap">
      {stops ? <Sign tone="red" shape="cross">Too little</Sign> : isDiskLow(space) ? <Sign tone="amber" shape="circle">Little</Sign> : <Sign tone="green" shape="check">Enough</Sign>}
      <span>{`${bytes(space.freeBytes)} of ${bytes(space.totalBytes)} free for ${WHERE[space.holds]}`}</span>
      <span className="muted mono literal ellipsis" title={visibleText(space.path)}>{visibleText(space.path)}</span>
      {stops && <span>{`The queue waits for ${bytes(space.floorBytes)} and goes on by itself.`}</span>}
    </div>
  );
};

const Held = ({ report }: { readonly report: DiskReport }): ReactElement => {
  const { snapshots, images, logs, projects, containers } = report.holds;
  const isOver = report.overBudgetBytes > 0;
  return (
    <dl className="disk-held">
      <div>
        <dt>Snapshots</dt>
        <dd>
          {`${bytes(snapshots.bytes)} `}
          <span className={isOver ? 'tone-amber' : 'muted'}>{`of ${bytes(report.budgetBytes)}`}</span>
        </dd>
      </div>
      {images.count > 0 && (
        <div>
          <dt>Images</dt>
          <dd>{bytes(images.bytes)} <span className="muted">{`in ${count(images.count, 'image')} of Dockerfiles`}</span></dd>
        </div>
      )}
      <div>
        <dt>Logs</dt>
        <dd>{bytes(logs.bytes)} <span className="muted">{`of ${count(logs.count, 'run')}`}</span></dd>
      </div>
      <div>
        <dt>Bases and results</dt>
        <dd>{bytes(projects.bytes)} <span className="muted">{`of ${count(projects.count, 'project')}`}</span></dd>
      </div>
      {containers.count > 0 && (
        <div>
          <dt>Left over</dt>
          <dd>{bytes(containers.bytes)} <span className="muted">{`in ${count(containers.count, 'container')}`}</span></dd>
        </div>
      )}
    </dl>
  );
};

const Line = ({ step, now }: { readonly step: DiskStep; readonly now: number }): ReactElement => {
  const projects = useFleet((fleet) => fleet.projects);
  const runs = useFleet((fleet) => fleet.runs);
  const briefs = useFleet((fleet) => fleet.briefs);
  const nameOf = (id: string): string => visibleText(projects[id]?.name ?? 'a removed project');
  const numberOf = (id: string): string => {
    const brief = briefs[runs[id]?.briefId ?? ''];
    return brief === undefined ? visibleText(id) : `#${brief.number}`;
  };
  const words = ((): string => {
    switch (step.kind) {
      case 'snapshot':
        return `Snapshot of ${nameOf(step.projectId)}, last used ${ago(now - step.unusedSince)}${step.because === 'overBudget' ? '; over the budget' : ''}`;
      case 'image':
        return `Image of ${nameOf(step.projectId)}, made ${ago(now - step.madeAt)}; ${step.because === 'replaced' ? 'replaced by a newer one' : 'not needed any more'}`;
      case 'log':
        return `Log of ${numberOf(step.runId)}, ended ${ago(now - step.endedAt)}; ${step.because === 'landed' ? 'landed' : 'its brief was removed'}`;
      case 'container':
        return `Container ${visibleText(step.name)}, left over`;
      case 'objects':
        return `Files of ${nameOf(step.projectId)} that no result needs`;
    }
  })();
  return (
    <li>
      <span className="disk-size">{step.bytes === null ? <span className="muted">unknown</span> : bytes(step.bytes)}</span>
      <span className="ellipsis" title={words}>{words}</span>
      {step.automatic && <span className="muted">goes by itself</span>}
    </li>
  );
};

/** What Drydock holds on disks, and what may go, named before it goes. */
export const DiskPanel = (): ReactElement => {
  const { report, fault, isFreeing, reload, free } = useDiskReport();
  const away = useAway();
  const [asking, setAsking] = useState<DiskReport | null>(null);
  const steps = report?.steps ?? [];
  const canFree = report !== null && steps.length > 0 && !away && !isFreeing;
  useActions([{ title: 'Free disk space', section: 'Fleet', also: 'remove snapshots images logs', can: () => canFree, run: () => setAsking(report) }]);
  return (
    <section className="stack" aria-labelledby="fleet-disk">
      <div className="row">
        <h2 id="fleet-disk">Disk</h2>
        {away && <Stale>{report === null ? 'Known when the service is back' : 'As last read'}</Stale>}
      </div>
      {fault !== null && (
        <div className="row">
          <FaultText fault={fault} />
          <Button onClick={reload}>Try again</Button>
        </div>
      )}
      {report === null && fault === null && !away && <Skeleton lines={2} label="Looking at what is held" />}
      {report !== null && (
        <div className="disk-panel">
          {report.spaces.map((space) => <Space key={space.holds} space={space} />)}
          <Held report={report} />
          {report.overBudgetBytes > 0 && (
            <p className="hint tone-amber">{`Snapshots are ${bytes(report.overBudgetBytes)} over their budget: the rest is in use, or results in Review are checked in it. Land or close them, or raise the budget in Settings.`}</p>
          )}
          {steps.length === 0 ? (
            <p className="hint">Nothing of it may go now. Results that are not landed, their logs and what they are checked in always stay.</p>
          ) : (
            <>
              <div className="row wrap">
                <strong className="grow">{`Can free ${report.summary}`}</strong>
                <Button disabled={!canFree} title={away ? 'The service is not answering' : undefined} onClick={() => setAsking(report)}>
                  {isFreeing ? 'Freeing…' : `Free ${bytes(report.freesBytes)}…`}
                </Button>
              </div>
              <ul className="disk-steps">
                {steps.slice(0, LISTED).map((step) => <Line key={step.id} step={step} now={report.at} />)}
                {steps.length > LISTED && <li className="muted">{`and ${steps.length - LISTED} more`}</li>}
              </ul>
            </>
          )}
        </div>
      )}
      {asking && (
        <Confirm title={`Free ${bytes(asking.freesBytes)}?`} action="Remove them" onClose={() => setAsking(null)} onConfirm={() => free(asking)}>
          {`${asking.summary}. No result that is not landed is among it. A snapshot that goes is set up again by the next run that needs it, an image is made again; a log that goes is gone.`}
        </Confirm>
      )}
    </section>
  );
};
