import type { Run } from '../../contract/run.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { duration, runInWords } from '../describe.ts';
import { EXIT } from '../failure.ts';
import { findRun } from '../find-run.ts';
import { hunkInWords, hunksLeftOut } from '../hunks-left-out.ts';
import { oneLine } from '../sanitise.ts';

/** `drydock show ID`: a run and its brief. */
export function addShow(line: CommandLine): void {
  line.program.command('show <id>').description('what a run is and what became of it').action(withService(line, show));
}

async function show({ client, output }: Task<unknown>, id = ''): Promise<number> {
  const { brief, run } = await findRun(client, id);
  const turn = run.turns.at(-1);
  const project = (await client.projects.list({})).find((each) => each.id === run.projectId);
  const excludedHunks = await hunksLeftOut(client, run);
  const facts: [string, string][] = [
    ['Project', project === undefined ? '' : `${project.name}  ${project.path}`],
    ['Run', `${run.id}, attempt ${run.attempt}`],
    ['State', runInWords(run)],
    ['Mode', run.order.text.runsWith.mode],
    ['Command', run.order.text.runsWith.command],
    ['Internet', run.order.text.runsWith.internet],
    ['Base', turn?.base?.description ?? ''],
    ['Setup', setupInWords(run)],
    ['Took', run.endedAt === null ? '' : duration(run.endedAt - (run.times['preparing'] ?? run.queuedAt))],
    ['Left out', run.excluded.join(', ')],
    ...excludedHunks.map((hunk): [string, string] => ['Left out', `${hunk.path} ${hunkInWords(hunk)}`]),
    ['Landed', run.landed.map((landed) => landed.how).join(', ')],
  ];
  await output.line(output.paint('bold', `#${brief.number} ${oneLine(brief.text.goal)}`));
  for (const [name, value] of facts) if (value !== '') await output.line(`${name.padEnd(9)} ${oneLine(value)}`);
  for (const finding of turn?.result?.findings ?? []) {
    await output.line(`Finding   ${oneLine(finding.message)}`);
  }
  await output.data({ ok: true, brief, run, excludedHunks });
  return EXIT.done;
}

/** The setup script, and whether it was run for this run or its snapshot was there already. */
function setupInWords(run: Run): string {
  const script = run.order.environment.setup;
  const reused = run.turns.at(-1)?.snapshot?.reused;
  if (script === '') return 'none';
  return reused === undefined ? script : `${script}  (${reused ? 'from its snapshot' : 'run for this one'})`;
}
