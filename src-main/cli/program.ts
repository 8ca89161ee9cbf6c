import { Command, CommanderError } from 'commander';
import { addCancel } from './commands/cancel.ts';
import { addChecks } from './commands/checks.ts';
import { addDiff } from './commands/diff.ts';
import { addDisk } from './commands/disk.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEnvironment } from './commands/environment.ts';
import { addLand } from './commands/land.ts';
import { addLogs } from './commands/logs.ts';
import { addProject } from './commands/project.ts';
import { addRetry } from './commands/retry.ts';
import { addRun } from './commands/run.ts';
import { addSecret } from './commands/secret.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addStatus } from './commands/status.ts';
import { addTry } from './commands/try.ts';
import type { CommandLine } from './command-line.ts';
import { asFault, EXIT, exitStatusOf, wrongUse } from './failure.ts';
import { createOutput } from './output.ts';
import type { Surroundings } from './surroundings.ts';

const commands = [
  addServe, addRun, addStatus, addLogs, addDiff, addShow, addChecks, addTry, addLand, addCancel, addRetry, addDisk, addDoctor, addProject, addEnvironment, addSecret,
];

/**
 * Runs one command line.
 *
 * @param args without the program's own name.
 * @returns the exit status: 0 done, 1 the run or its checks failed, 2 wrong use or refused, 3 engine or service unavailable.
 */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let status: number = EXIT.done;
  let text = '';
  const program = new Command('drydock')
    .description('Delegate coding work to agents on your own machine, each in its own sealed container.')
    .option('--json', 'answer with JSON on stdout')
    .option('--data-dir <dir>', "Drydock's data directory")
    .helpOption('-h, --help', 'say what a command can do')
    .exitOverride()
    .configureOutput({ writeOut: (written) => (text += written), writeErr: (written) => (text += written) });
  const line: CommandLine = { program, surroundings, setStatus: (value) => (status = value) };
  for (const add of commands) add(line);
  const output = createOutput(surroundings, args.includes('--json'));
  if (args.length === 0) {
    await surroundings.out.write(program.helpInformation());
    return EXIT.done;
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      // `commander.help`: a group of commands without one of them, or only options.
      if (error.exitCode === 0 || error.code === 'commander.help') return surroundings.out.write(text).then(() => EXIT.done);
      const name = program.commands.some((command) => command.name() === args[0]) ? `drydock ${args[0]}` : 'drydock';
      await output.fault(wrongUse(error.message.replace(/^error: /, '').replaceAll('\n', ' '), `\`${name} --help\` says how.`).fault);
      return EXIT.refused;
    }
    const fault = asFault(error);
    await output.fault(fault);
    return exitStatusOf(fault);
  }
}
