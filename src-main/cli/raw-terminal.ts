import type { RawTerminal } from './surroundings.ts';

type Input = NodeJS.ReadStream & { setRawMode(raw: boolean): unknown };

/** A terminal of this process, for a program that is elsewhere. */
export const rawTerminal = (input: Input, output: NodeJS.WriteStream): RawTerminal => ({
  // A terminal of unknown size says 0.
  size: () => ({ columns: Math.max(2, output.columns || 80), rows: Math.max(2, output.rows || 24) }),
  take: (onBytes, onResize) => {
    input.setRawMode(true);
    input.on('data', onBytes).resume();
    output.on('resize', onResize);
    return () => {
      output.off('resize', onResize);
      input.off('data', onBytes).pause();
      input.setRawMode(false);
    };
  },
});
