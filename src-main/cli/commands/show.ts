import { withService, type CommandLine, type Task } from '../command-line.ts';
import { runInWords } from '../describe.ts';
import { EXIT } from '../failure.ts';
import { findRun } from '../find-run.ts';
import { oneLine } from '../sanitise.ts';

/** `drydock show ID`: a run and its brief. */
export function addShow(line: CommandLine): void {
  line.program.command('show <id>').description('what a run is and what became of it').action(withService(line, show));
}

async function show({ client, output }: Task<unknown>, id = ''): Promise<number> {
  const { brief, run } = await findRun(client, id);
  const turn = run.turns.at(-1);
  const facts: [string, string][] = [
    ['Run', `${run.id}, attempt ${run.attempt}`],
    ['State', runInWords(run)],
    ['Mode', run.order.text.runsWith.mode],
    ['Command', run.order.text.runsWith.command],
    ['Internet', run.order.text.runsWith.internet],
    ['Base', turn?.base?.description ?? ''],
    ['Left out', run.excluded.join(', ')],
    ['Landed', run.landed.map((landed) => landed.how).join(', ')],
  ];
  await output.line(output.paint('bold', `#${brief.number} ${oneLine(brief.text.goal)}`));
  for (const [name, value] of facts) if (value !== '') await output.line(`${name.padEnd(9)} ${oneLine(value)}`);
  for (const finding of turn?.result?.findings ?? []) {
    await output.line(`Finding   ${oneLine(`${finding.path ?? ''} ${finding.message}`.trim())}`);
  }
  await output.data({ ok: true, brief, run });
  return EXIT.done;
}
