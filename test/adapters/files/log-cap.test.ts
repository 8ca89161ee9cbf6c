import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLogStore } from '../../../src-main/adapters/files/log-store.ts';
import type { LogName } from '../../../src-main/ports/log-store.ts';
import { readLog } from '../../support/read-whole-log.ts';
import { sampleRunId } from '../../support/sample-documents.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const name: LogName = { run: sampleRunId(1), turn: 1 };
const CAP = 64 * 1_000;

test('past the cap bytes are counted and not stored, and the log says so', async () => {
  const directory = scratchFolder();
  const logs = createLogStore({ directory, capBytes: CAP });
  const log = await logs.open(name);
  for (let count = 0; count < 100; count += 1) await log.append('work', 'stdout', Buffer.alloc(1_000, 'w'));
  expect(log.held('work', 'stdout')).toBe(100_000);
  // Another source still gets its floor, so that a flood of work does not take a check's output away.
  for (let count = 0; count < 10; count += 1) await log.append('check:0:result', 'stdout', Buffer.alloc(500, 'c'));
  expect(log.held('check:0:result', 'stdout')).toBe(5_000);
  await log.close();

  const reopened = await createLogStore({ directory, capBytes: CAP }).open(name);
  expect([reopened.held('work', 'stdout'), reopened.held('check:0:result', 'stdout')]).toEqual([100_000, 5_000]);
  await reopened.append('work', 'stdout', Buffer.alloc(1_000, 'w'));
  await reopened.end();

  const { bytes, marks } = await readLog(logs, name);
  const text = bytes.toString();
  // Records count as well, so the cut comes a little before the cap.
  const cut = Number(/\nlog cut at (\d+) bytes: what more comes from work is left out\n/.exec(text)?.[1]);
  expect(cut).toBeGreaterThan(CAP - 8_000);
  expect(cut).toBeLessThanOrEqual(CAP);
  expect(text).toContain(`\nlog cut: ${101_000 - cut} bytes of work left out\n`);
  expect(text.match(/log cut at/g)).toHaveLength(2);
  expect(text.match(/c{400,}/)?.[0].length).toBe(1_000);
  expect(marks.map((mark) => mark.source)).toEqual(['work', 'drydock', 'check:0:result', 'drydock']);
});

test('an index that grows faster than its bytes counts against the cap', async () => {
  const directory = scratchFolder();
  const logs = createLogStore({ directory, capBytes: CAP });
  const log = await logs.open(name);
  for (let count = 0; count < 20_000; count += 1) await log.append('work', count % 2 === 0 ? 'stdout' : 'stderr', Buffer.from('x'));
  await log.flush();
  expect(log.held('work', 'stdout') + log.held('work', 'stderr')).toBe(20_000);
  expect(statSync(join(directory, 'logs', name.run, '1', 'index')).size).toBeLessThan(2 * CAP);
  await log.close();
});

test('a slice with too many changes of stream is cut to fewer bytes', async () => {
  const logs = createLogStore({ directory: scratchFolder() });
  const log = await logs.open(name);
  for (let count = 0; count < 10_000; count += 1) await log.append('work', count % 2 === 0 ? 'stdout' : 'stderr', Buffer.from([count & 0xff]));
  await log.flush();
  const first = await logs.read(name, 0, 1 << 20);
  expect(first.marks.length).toBeLessThanOrEqual(4_096);
  expect(Buffer.from(first.bytes, 'base64').length).toBe(4_096);
  expect((await readLog(logs, name)).bytes.length).toBe(10_000);
  await log.close();
});

test('a producer is held back while the disk is behind, and memory stays bound', async () => {
  const logs = createLogStore({ directory: scratchFolder() });
  const log = await logs.open(name);
  const chunk = Buffer.alloc(64 * 1024, 'a line of output\n');
  let heldBack = 0;
  for (let count = 0; count < 400; count += 1) {
    const pending = log.append('work', 'stdout', chunk);
    if (pending === undefined) continue;
    heldBack += 1;
    // What waits is at most the limit and the chunk that went over it, beside one batch on its way.
    expect(log.length - (await logs.read(name, 0, 1)).length).toBeLessThanOrEqual(2 * (4 * 1024 * 1024 + 2 * chunk.length));
    await pending;
  }
  expect(heldBack).toBeGreaterThan(0);
  await log.close();
});

test('is done with where all that came is left out', async () => {
  const log = await createLogStore({ directory: scratchFolder(), capBytes: CAP }).open(name);
  for (let count = 0; count < 100; count += 1) await log.append('work', 'stdout', Buffer.alloc(1_000, 'w'));
  // The first is noted in the index, the next within a second is only counted: nothing waits to be written.
  for (let count = 0; count < 3; count += 1) {
    await log.append('work', 'stdout', Buffer.from('more'));
    await log.flush();
  }
  await log.end();
  expect(log.held('work', 'stdout')).toBe(100_012);
});
