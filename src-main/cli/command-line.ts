import type { Command } from 'commander';
import type { DrydockClient } from '../wire/client/connection.ts';
import { dataDirectoryOf } from './data-directory.ts';
import { createOutput, type Output } from './output.ts';
import type { Service, Surroundings } from './surroundings.ts';

/** What every command's action is given. */
export interface Task<Options> {
  readonly client: DrydockClient;
  readonly service: Service;
  readonly output: Output;
  readonly options: Options;
  readonly surroundings: Surroundings;
}

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: true;
  readonly dataDir?: string;
}

/** The line that commands are added to, and where their exit status goes. */
export interface CommandLine {
  readonly program: Command;
  readonly surroundings: Surroundings;
  setStatus(status: number): void;
}

/** The output of a command, told by its own and the common options. */
export function outputOf(line: CommandLine, command: Command): Output {
  return createOutput(line.surroundings, command.optsWithGlobals<CommonOptions>().json === true);
}

/** Where a command works. */
export function directoryOf(line: CommandLine, command: Command): string {
  return dataDirectoryOf(command.optsWithGlobals<CommonOptions>().dataDir, line.surroundings);
}

/**
 * An action that talks to the service: opens it, acts, and lets go of it in every case.
 *
 * @param act given the command's arguments; returns the exit status.
 */
export function withService<Options>(
  line: CommandLine,
  act: (task: Task<Options>, ...args: string[]) => Promise<number>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    // Commander hands over the arguments, then the options, then the command itself.
    const command = given.at(-1) as Command;
    const args = given.slice(0, -2) as string[];
    const service = await line.surroundings.openService(directoryOf(line, command));
    try {
      const options = command.opts<Options & object>() as Options;
      const task = { client: service.client, service, output: outputOf(line, command), options, surroundings: line.surroundings };
      line.setStatus(await act(task, ...args));
    } finally {
      await service.close();
    }
  };
}
