import { resolve } from 'node:path';
import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { EXIT } from '../failure.ts';
import { findRun } from '../find-run.ts';

/** `drydock try ID`: a private clone of the selected result, to run and edit. */
export function addTry(line: CommandLine): void {
  line.program
    .command('try <id>')
    .description('clone the selected result into a new folder and print its path')
    .option('--into <dir>', 'the folder to make; it must not exist')
    .action(withService<{ into?: string }>(line, tryResult));
}

async function tryResult({ client, output, options, surroundings }: Task<{ into?: string }>, id = ''): Promise<number> {
  const { run } = await findRun(client, id);
  const into = options.into === undefined ? null : resolve(surroundings.cwd, options.into);
  const { path } = await client.runs.tryOut({ commandId: newCommandId(), runId: run.id, into });
  await output.line(path);
  await output.data({ ok: true, runId: run.id, path });
  return EXIT.done;
}
