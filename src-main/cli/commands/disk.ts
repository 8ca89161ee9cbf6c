import type { DiskReport, DiskStep } from '../../contract/disk.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { sizeInWords } from '../../domain/size-in-words.ts';
import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { daysAgo } from '../describe.ts';
import { engineLookedFor } from '../engine-looked-for.ts';
import { EXIT } from '../failure.ts';
import type { Output } from '../output.ts';
import { oneLine } from '../sanitise.ts';

interface Free {
  readonly yes?: true;
}

/** `drydock disk`: what Drydock holds, and what could go. */
export function addDisk(line: CommandLine): void {
  const disk = line.program.command('disk').description('what Drydock holds on disks, and what could go').action(withService(line, show));
  disk
    .command('free')
    .description('what can be removed; never a result that is not landed')
    .option('--yes', 'remove it')
    .action(withService<Free>(line, free));
}

const WHERE = { data: "Drydock's data", engine: "the engine's images and containers" } as const;
const LISTED = 20;

async function show({ client, output, service }: Task<unknown>): Promise<number> {
  if (service.isOurs) await engineLookedFor(client);
  const report = await client.disk.report({});
  for (const { holds, path, freeBytes, totalBytes, floorBytes } of report.spaces) {
    const low = freeBytes < floorBytes ? output.paint('red', `, too little: the queue waits for ${sizeInWords(floorBytes)}`) : '';
    await output.line(`${sizeInWords(freeBytes)} of ${sizeInWords(totalBytes)} free at ${oneLine(path)}, for ${WHERE[holds]}${low}`);
  }
  const { snapshots, images, logs, projects, containers } = report.holds;
  const budget = `budget ${sizeInWords(report.budgetBytes)}${report.overBudgetBytes > 0 ? `, ${sizeInWords(report.overBudgetBytes)} over it are in use or hold results that wait` : ''}`;
  await holding(output, 'Snapshots', snapshots, budget);
  if (images.count > 0) await holding(output, 'Images', images, 'made from Dockerfiles');
  await holding(output, 'Logs', logs);
  await holding(output, 'Results', projects, `bases and results of ${projects.count === 1 ? '1 project' : `${projects.count} projects`}`);
  if (containers.count > 0) await holding(output, 'Left over', containers, 'containers of runs that have ended');
  await output.line(report.summary === '' ? 'Nothing of it may go now.' : `\`drydock disk free\` can free ${report.summary}.`);
  await output.data({ ok: true, ...report });
  return EXIT.done;
}

const holding = (output: Output, name: string, { count, bytes }: DiskReport['holds']['logs'], more = ''): Promise<void> =>
  output.line(`${name.padEnd(10)}${String(count).padStart(5)}  ${sizeInWords(bytes)}${more === '' ? '' : `  (${more})`}`);

async function free({ client, output, options, service }: Task<Free>): Promise<number> {
  if (service.isOurs) await engineLookedFor(client);
  const report = await client.disk.report({});
  if (report.steps.length === 0) {
    await output.line('Nothing of what Drydock holds may go now.');
    await output.data({ ok: true, steps: [], freed: null });
    return EXIT.done;
  }
  if (options.yes !== true) {
    const projects = new Map((await client.projects.list({})).map(({ id, name }) => [id as string, oneLine(name)]));
    for (const step of report.steps.slice(0, LISTED)) await output.line(`${(step.bytes === null ? '?' : sizeInWords(step.bytes)).padStart(8)}  ${stepInWords(step, report.at, projects)}`);
    if (report.steps.length > LISTED) await output.line(`          and ${report.steps.length - LISTED} more`);
    await output.note(`Next: \`drydock disk free --yes\` frees ${report.summary}.`);
    await output.data({ ok: true, steps: report.steps, freed: null });
    return EXIT.done;
  }
  const freed = await client.disk.free({ commandId: newCommandId(), steps: report.steps.map(({ id }) => id) });
  await output.line(`Freed ${sizeInWords(freed.freedBytes)}${freed.left > 0 ? `; ${freed.left} of ${report.steps.length} could not go` : ''}.`);
  await output.data({ ok: true, steps: report.steps, freed });
  return EXIT.done;
}

const stepInWords = (step: DiskStep, now: number, projects: ReadonlyMap<string, string>): string => {
  switch (step.kind) {
    case 'snapshot':
      return `snapshot of ${projects.get(step.projectId) ?? 'a removed project'}, last used ${daysAgo(now - step.unusedSince)}${step.because === 'overBudget' ? ', over the budget' : ''}`;
    case 'image':
      return `image of ${projects.get(step.projectId) ?? 'a removed project'}, made ${daysAgo(now - step.madeAt)}, ${step.because === 'replaced' ? 'replaced by a newer one' : 'not needed any more'}`;
    case 'log':
      return `log of ${step.runId}, ${step.because === 'landed' ? 'landed' : 'its brief was removed'}, ended ${daysAgo(now - step.endedAt)}`;
    case 'container':
      return `container ${oneLine(step.name)}, left over`;
    case 'objects':
      return `files of ${projects.get(step.projectId) ?? 'a removed project'} that no result needs`;
    default:
      return assertNever(step);
  }
};
