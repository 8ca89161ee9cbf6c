import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTerminalFilter, forTerminal, oneLine } from '../../src-main/cli/sanitise.ts';

// eslint-disable-next-line no-control-regex
const harmful = /\x1b(?!\[[0-9;:]{0,64}m)|[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

/** Text full of what terminals react to. */
const hostile = fc.array(
  fc.oneof(fc.string(), fc.constantFrom('\x1b', '\x1b[', '\x1b[31m', '\x1b[2J', '\x1b]0;x\x07', '\x9b', '31', 'm', ';', '\r', '\u202e', '\x1b[0')),
).map((parts) => parts.join(''));

describe('text of a run on a terminal', () => {
  it('keeps colours, and shows everything else that is not text', () => {
    expect(forTerminal('\x1b[1;31mred\x1b[0m\tok\n')).toBe('\x1b[1;31mred\x1b[0m\tok\n');
    expect(forTerminal('\x1b]52;c;AAAA\x07')).toBe('␛]52;c;AAAA␇');
    expect(forTerminal('\x1b[2J\x9b2J\x7f')).toBe('␛[2J\ufffd2J␡');
  });

  it('is never left with an escape that is not a colour', () => {
    fc.assert(fc.property(hostile, (text) => !harmful.test(forTerminal(text))));
  });

  it('reads the same however its bytes are cut', () => {
    fc.assert(
      fc.property(hostile, fc.array(fc.nat(200)), (text, cuts) => {
        const bytes = Buffer.from(text);
        const filter = createTerminalFilter();
        const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((left, right) => left - right), bytes.length];
        const pieces = edges.slice(1).map((edge, index) => filter.push(bytes.subarray(edges[index], edge)));
        expect(pieces.join('') + filter.end()).toBe(`${forTerminal(new TextDecoder().decode(bytes))}\x1b[0m`);
      }),
    );
  });
});

it('one line is one line, without anything but text', () => {
  expect(oneLine('a\r\nb\tc\x1b[31md\u202ee')).toBe('a b c[31mde');
});
