import type { RunId } from '../contract/ids.ts';
import type { LogSlice } from '../contract/log.ts';
import type { Task } from './command-line.ts';
import { createTerminalFilter } from './sanitise.ts';

/** Reads what a log has since the last time; true when it has ended. The terminal's pace is the service's pace. */
export function createPull({ client }: Pick<Task<unknown>, 'client'>, runId: RunId, turn: number, print: (slice: LogSlice) => Promise<void>) {
  let offset = 0;
  return async (): Promise<boolean> => {
    for (;;) {
      const slice = await client.runs.log({ runId, turn, offset });
      const size = Buffer.byteLength(slice.bytes, 'base64');
      if (size > 0) await print(slice);
      offset += size;
      if (size === 0 || offset >= slice.length) return slice.ended;
    }
  };
}

/** Prints a log byte for byte; on a terminal with its control characters made visible. */
export function createPrinter({ output }: Pick<Task<unknown>, 'output'>) {
  let isEmpty = true;
  const filter = output.out.isTTY ? createTerminalFilter() : null;
  return {
    isEmpty: () => isEmpty,
    async slice(slice: LogSlice): Promise<void> {
      isEmpty = false;
      if (output.isJson) return output.data({ offset: slice.offset, bytes: slice.bytes, marks: slice.marks });
      const bytes = Buffer.from(slice.bytes, 'base64');
      await output.out.write(filter === null ? bytes : filter.push(bytes));
    },
    async end(): Promise<void> {
      if (!output.isJson && filter !== null && !isEmpty) await output.out.write(filter.end());
    },
  };
}
