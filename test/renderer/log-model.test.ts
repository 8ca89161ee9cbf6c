import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src-main/contract/run.ts';
import { paintedLine, plainText } from '../../src-renderer/run/ansi.ts';
import { partOf, wordAround } from '../../src-renderer/run/log-selection.ts';
import { endOf, lastShown, listHeight, moveBy, placeAround, placeAt, scrollTopOf, type Extent } from '../../src-renderer/run/scroll-place.ts';
import { sectionsOf } from '../../src-renderer/run/sections.ts';
import { StreamRows } from '../../src-renderer/run/stream-rows.ts';
import { cannedBrief, cannedRun, NOW } from './support/canned.ts';

const fixed = (rows: number): Extent => ({ rows, view: 500, heightOf: () => 18 });

describe('the place of a list', () => {
  it('reaches the first and the last row of a log of any length', () => {
    for (const rows of [10, 1_000, 50_000_000]) {
      const extent = fixed(rows);
      const height = listHeight(rows, 18);
      expect(placeAt(0, extent, height)).toEqual({ row: 0, offset: 0 });
      expect(lastShown(placeAt(height, extent, height), extent)).toBe(rows);
    }
  });

  it('moves by exact pixels, however long the list and whatever its rows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 18, max: 700 }), { minLength: 1, maxLength: 60 }), fc.array(fc.integer({ min: -900, max: 900 }), { maxLength: 20 }), (heights, moves) => {
        const extent: Extent = { rows: heights.length, view: 500, heightOf: (row) => heights[row] ?? 18 };
        const total = heights.reduce((sum, height) => sum + height, 0);
        let at = 0;
        let place = { row: 0, offset: 0 };
        for (const move of moves) {
          at = Math.max(0, Math.min(Math.max(0, total - 500), at + move));
          place = moveBy(place, move, extent);
          expect(heights.slice(0, place.row).reduce((sum, height) => sum + height, 0) + place.offset).toBeCloseTo(at, 5);
        }
      }),
    );
  });

  it('puts a row that is jumped to into the middle, and the bar about there', () => {
    for (const rows of [1_000, 50_000_000]) {
      const extent = fixed(rows);
      for (const row of [0, 17, Math.floor(rows / 2), rows - 1]) {
        const place = placeAround(row, extent);
        expect(row).toBeGreaterThanOrEqual(place.row);
        expect(row).toBeLessThan(lastShown(place, extent));
        const height = listHeight(rows, 18);
        const back = placeAt(scrollTopOf(place, extent, height), extent, height);
        expect(Math.abs(back.row - place.row)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('ends with the last row at the lower edge', () => {
    expect(endOf(fixed(100))).toEqual({ row: 72, offset: 4 });
    expect(endOf(fixed(3))).toEqual({ row: 0, offset: 0 });
  });
});

describe('a line in colours', () => {
  const looks = (raw: string) => paintedLine(raw).map(({ text, look, fg, bg }) => [text, look, fg, bg]);
  it('has the sixteen colours of the theme, and the others as they are', () => {
    expect(looks('\u001b[31mred\u001b[0m no \u001b[38;5;208morange\u001b[39m\u001b[38;2;1;2;3mtrue')).toEqual([
      ['red', 'ansi-fg', 'var(--ansi-red)', undefined],
      [' no ', '', undefined, undefined],
      ['orange', 'ansi-fg', 'rgb(255,135,0)', undefined],
      ['true', 'ansi-fg', 'rgb(1,2,3)', undefined],
    ]);
    for (let at = 0; at < 8; at += 1) {
      expect(paintedLine(`\u001b[3${at}mx`)[0]?.fg).toMatch(/^var\(--ansi-/);
      expect(paintedLine(`\u001b[9${at}mx`)[0]?.fg).toMatch(/^var\(--ansi-/);
    }
  });

  it('keeps each part as it was when it was written, and takes colons', () => {
    expect(looks('\u001b[1mbold\u001b[4mboth\u001b[22mline\u001b[0m\u001b[7mback\u001b[38:2::9:8:7mx')).toEqual([
      ['bold', 'ansi-bold', undefined, undefined],
      ['both', 'ansi-bold ansi-underline', undefined, undefined],
      ['line', 'ansi-underline', undefined, undefined],
      ['back', 'ansi-inverse', undefined, undefined],
      ['x', 'ansi-bg', undefined, 'rgb(9,8,7)'],
    ]);
  });

  it('drops every other escape, shows controls and directions as signs, and has the text of the plain line', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b c', '\u001b', '[', '31m', '\u001b[31m', '\u001b[2J', '\u001b]0;t\u0007', '\u001b[?25l', '\u202e', '\u0000', '\u0008', ';', 'm', '\u001b[38;5', '<b>', '\u001bP', '\u001b[999999;1m')), (parts) => {
        const raw = parts.join('');
        const shown = paintedLine(raw).map(({ text }) => text).join('');
        expect(shown).toBe(plainText(raw));
        // eslint-disable-next-line no-control-regex
        expect(shown).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
      }),
    );
  });
});

const brief = cannedBrief(1, 'api', { goal: 'x', checks: [{ command: 'npm test', timeoutSeconds: 60, expect: 'passes', keep: [] }] });
const piece = (source: string, line: number, ms: number) => ({ source, line, offset: line * 10, at: NOW + ms });

describe('the stream of a run', () => {
  const run = (state: Run['state'], times: Record<string, number>): Run => cannedRun({ ...brief }, state, { times });

  it('has a heading for each phase, also for those that write nothing', () => {
    const sections = sectionsOf(
      run({ name: 'reviewable' }, { queued: NOW, preparing: NOW + 10, settingUp: NOW + 20, sealing: NOW + 30, working: NOW + 40, collecting: NOW + 50, checking: NOW + 60 }),
      [piece('drydock', 0, 12), piece('setup', 1, 21), piece('work', 5, 41), piece('drydock', 9, 61), piece('check:0:base', 10, 62), piece('drydock', 12, 65), piece('check:0:result', 13, 66)],
      20,
    );
    expect(sections.map(({ title, from, to }) => [title, from, to])).toEqual([
      ['Waiting', 0, 0],
      ['Preparing', 0, 1],
      ['Setup', 1, 5],
      ['Sealing', 5, 5],
      ['Work', 5, 9],
      ['Collecting', 9, 9],
      ['Check 1 on the base', 9, 12],
      ['Check 1 on the result', 12, 20],
    ]);
  });

  it('says where it failed, and what is under way', () => {
    const failed = sectionsOf(run({ name: 'failed', phase: 'settingUp', reason: { kind: 'commandFailed', exitCode: 1, outOfMemory: false } }, { queued: NOW, preparing: NOW + 1, settingUp: NOW + 2 }), [piece('setup', 0, 3)], 4);
    expect(failed.map(({ title, state }) => [title, state])).toEqual([['Waiting', 'done'], ['Preparing', 'done'], ['Setup', 'failed']]);
    const lost = sectionsOf(run({ name: 'lost', phase: 'working' }, { queued: NOW, working: NOW + 1 }), [piece('work', 0, 1)], 4);
    expect(lost.at(-1)).toMatchObject({ phase: 'working', state: 'failed', outcome: 'lost' });
    const working = sectionsOf(run({ name: 'working', container: 'c' }, { queued: NOW, preparing: NOW + 1, working: NOW + 2 }), [piece('work', 0, 3)], 4);
    expect(working.at(-1)).toMatchObject({ title: 'Work', state: 'active', until: null });
  });

  it('of a run that went back to the queue is only its waiting', () => {
    expect(sectionsOf(run({ name: 'queued' }, { preparing: NOW, working: NOW + 1, queued: NOW + 5 }), [], 0).map(({ title, state }) => [title, state])).toEqual([['Waiting', 'active']]);
  });

  it('counts rows around what is folded', () => {
    const sections = sectionsOf(run({ name: 'working', container: 'c' }, { settingUp: NOW, working: NOW + 10 }), [piece('setup', 0, 1), piece('work', 100, 11)], 150);
    const open = new StreamRows(sections, new Set());
    expect([open.count, open.rowOf(0), open.rowOf(100), open.lineAt(102)]).toEqual([152, 1, 102, 100]);
    const folded = new StreamRows(sections, new Set(['settingUp']));
    expect([folded.count, folded.rowOf(50), folded.rowOf(100)]).toEqual([52, 0, 2]);
    expect(folded.at(1)).toMatchObject({ kind: 'heading', section: { title: 'Work' } });
  });
});

describe('a selection', () => {
  it('has its part of each line, whichever way it was drawn', () => {
    const selection = { anchor: { line: 5, at: 3 }, focus: { line: 3, at: 2 } };
    expect([2, 3, 4, 5, 6].map((line) => partOf(selection, line, 10))).toEqual([null, { from: 2, to: 10 }, { from: 0, to: 10 }, { from: 0, to: 3 }, null]);
  });

  it('takes words as they are in logs', () => {
    expect(wordAround('see src/a-b.ts:12:3 here', 8)).toEqual({ from: 4, to: 19 });
    expect(wordAround('a   b', 2)).toEqual({ from: 2, to: 3 });
  });
});
