import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { runInWords } from '../describe.ts';
import { EXIT } from '../failure.ts';
import { findRun } from '../find-run.ts';

/** `drydock cancel ID`: in any phase, as often as wanted. */
export function addCancel(line: CommandLine): void {
  line.program.command('cancel <id>').description('end a run; its brief goes back to the backlog').action(withService(line, cancel));
}

async function cancel({ client, output }: Task<unknown>, id = ''): Promise<number> {
  const found = await findRun(client, id);
  const run = await client.runs.cancel({ commandId: newCommandId(), runId: found.run.id });
  await output.line(`#${found.brief.number} ${runInWords(run)}`);
  await output.data({ ok: true, number: found.brief.number, runId: run.id, state: run.state });
  return EXIT.done;
}
