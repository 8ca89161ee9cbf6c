import { allPassed } from '../../domain/evidence.ts';
import { readiedInWords } from '../../domain/readied-words.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { sidesInWords, verdictInWords } from '../describe.ts';
import { EXIT } from '../failure.ts';
import { findRun } from '../find-run.ts';
import { oneLine } from '../sanitise.ts';

/** `drydock checks ID`: the evidence for what is selected. */
export function addChecks(line: CommandLine): void {
  line.program.command('checks <id>').description("what the brief's checks say about the result").action(withService(line, checks));
}

async function checks({ client, output }: Task<unknown>, id = ''): Promise<number> {
  const { run } = await findRun(client, id);
  const evidence = await client.runs.evidence({ runId: run.id });
  if (evidence.items.length === 0) await output.line('The brief has no checks.');
  for (const item of evidence.items) {
    const { command, verdict } = item;
    const colour = verdict === 'passed' ? 'green' : verdict === 'notRun' ? 'grey' : 'red';
    await output.line(`${output.paint(colour, verdictInWords(verdict))}  ${oneLine(command)}`);
    await output.line(`  ${sidesInWords(item)}`);
    if (item.result?.readied !== undefined) await output.line(`  ${oneLine(readiedInWords(item.result.readied))}`);
  }
  if (!evidence.checked && evidence.items.length > 0) await output.note('This selection was not checked: the checks ran on the whole result.');
  const ok = allPassed(evidence);
  await output.data({ ok, runId: run.id, ...evidence });
  return ok ? EXIT.done : EXIT.runFailed;
}
