import type { LogSlice } from '../../src-main/contract/log.ts';
import type { Phase } from '../../src-main/contract/run.ts';
import { visibleLine } from '../../src-main/domain/visible-text.ts';

/** Bytes of the log's end that are looked at. */
export const LOOKED_AT = 65_536;
/** Enough to see why, few enough to read at a glance. */
const LINES = 10;
/** Characters of a line; the whole of it is in the log. */
const LONGEST = 400;

const decoder = new TextDecoder('utf-8', { fatal: false });

const isOf = (phase: Phase, source: string): boolean => {
  switch (phase) {
    case 'settingUp':
      return source === 'setup';
    case 'working':
      return source === 'work';
    case 'checking':
      return source.startsWith('check:');
    default:
      return source === 'drydock';
  }
};

/** The last lines that a phase printed, from the end of the log; of everything there where nothing is the phase's. */
export const lastLinesOf = ({ offset, bytes, marks }: Pick<LogSlice, 'offset' | 'bytes' | 'marks'>, phase: Phase): readonly string[] => {
  const all = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
  const parts = marks
    .map((mark, at) => ({ source: mark.source, from: Math.max(0, mark.offset - offset), to: Math.max(0, (marks[at + 1]?.offset ?? offset + all.length) - offset) }))
    .filter(({ source }) => isOf(phase, source));
  const text = parts.length === 0 ? decoder.decode(all) : parts.map(({ from, to }) => decoder.decode(all.subarray(from, to))).join('');
  return text
    .split('\n')
    .map(visibleLine)
    .filter((line) => line.trim() !== '')
    .slice(-LINES)
    .map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line));
};
