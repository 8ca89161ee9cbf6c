import { withService, type CommandLine, type Task } from '../command-line.ts';
import { duration, verdictInWords } from '../describe.ts';
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
  for (const { command, verdict, base, result } of evidence.items) {
    const colour = verdict === 'passed' ? 'green' : verdict === 'notRun' ? 'grey' : 'red';
    await output.line(`${output.paint(colour, verdictInWords(verdict))}  ${oneLine(command)}`);
    await output.line(`  base ${sideInWords(base)} · result ${sideInWords(result)}`);
  }
  const ok = evidence.items.every((item) => item.verdict === 'passed');
  await output.data({ ok, runId: run.id, ...evidence });
  return ok ? EXIT.done : EXIT.runFailed;
}

function sideInWords(side: { exitCode: number | null; timedOut: boolean; durationMs: number } | null): string {
  if (side === null) return 'not run';
  return `${side.timedOut ? 'timed out' : `status ${side.exitCode ?? 'unknown'}`} after ${duration(side.durationMs)}`;
}
