import { forTerminal, oneLine } from './sanitise.ts';
import type { CommandFault } from './failure.ts';
import type { Sink, Surroundings } from './surroundings.ts';

const colours = { grey: 90, red: 31, green: 32, amber: 33, blue: 34, bold: 1 } as const;
export type Colour = keyof typeof colours;

/** What a command says: answers on stdout, the rest on stderr; with --json only JSON on stdout. */
export interface Output {
  readonly isJson: boolean;
  readonly out: Sink;
  /** A line of the answer for a person; nothing with --json. */
  line(text: string): Promise<void>;
  /** A line beside the answer, on stderr; nothing with --json. */
  note(text: string): Promise<void>;
  /** The answer for a program, on one line; nothing without --json. */
  data(value: Record<string, unknown>): Promise<void>;
  fault(fault: CommandFault): Promise<void>;
  paint(colour: Colour, text: string): string;
}

export function createOutput({ out, err, env }: Surroundings, isJson: boolean): Output {
  const hasColour = out.isTTY && !env['NO_COLOR'];
  const note = async (text: string) => (isJson ? undefined : err.write(`${text}\n`));
  return {
    isJson,
    out,
    note,
    line: async (text) => (isJson ? undefined : out.write(`${text}\n`)),
    data: async (value) => (isJson ? out.write(`${JSON.stringify(value)}\n`) : undefined),
    async fault(fault) {
      if (isJson) return out.write(`${JSON.stringify({ ok: false, error: fault })}\n`);
      await err.write(`drydock: ${forTerminal(fault.message)}\n`);
      if (fault.next !== '') await err.write(`Next: ${oneLine(fault.next)}\n`);
    },
    paint: (colour, text) => (hasColour ? `\x1b[${colours[colour]}m${text}\x1b[0m` : text),
  };
}
