import { appendFileSync, copyFileSync, cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLogStore } from '../../../src-main/adapters/files/log-store.ts';
import type { LogStream } from '../../../src-main/contract/log.ts';
import type { LogName, LogStore } from '../../../src-main/ports/log-store.ts';
import { patternAt } from '../../support/byte-pattern.ts';
import { startProgram } from '../../support/child-program.ts';
import { readLog } from '../../support/read-whole-log.ts';
import { sampleRunId } from '../../support/sample-documents.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const KILLS = 20;
const name: LogName = { run: sampleRunId(1), turn: 1 };

/** The bytes of each stream, put together from the slices and their marks. */
const streamsOf = async (logs: LogStore): Promise<Record<LogStream, Buffer>> => {
  const { bytes, marks } = await readLog(logs, name);
  const parts: Record<LogStream, Buffer[]> = { stdout: [], stderr: [] };
  marks.forEach((mark, index) => parts[mark.stream].push(bytes.subarray(mark.offset, marks[index + 1]?.offset ?? bytes.length)));
  return { stdout: Buffer.concat(parts.stdout), stderr: Buffer.concat(parts.stderr) };
};

const expectPattern = async (directory: string, least: Record<LogStream, number>): Promise<void> => {
  const logs = createLogStore({ directory });
  const log = await logs.open(name);
  const streams = await streamsOf(logs);
  for (const stream of ['stdout', 'stderr'] as const) {
    expect(log.held('work', stream)).toBe(streams[stream].length);
    expect(streams[stream].length).toBeGreaterThanOrEqual(least[stream]);
    expect(streams[stream].equals(patternAt(stream, 0, streams[stream].length))).toBe(true);
  }
  await log.close();
};

test('a writer killed at any moment resumes without a gap and without a double', async () => {
  const directory = scratchFolder();
  const random = seededRandom(1);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const program = startProgram('append-for-ever.ts', directory);
    await program.until(1 + Math.floor(random() * 30));
    program.child.kill('SIGKILL');
    await program.ended;
    const [stdout = 0, stderr = 0] = program.lines.at(-1)?.split(' ').map(Number) ?? [];
    await expectPattern(directory, { stdout, stderr });
  }
});

test('whatever a power cut leaves of index and data, the log is a true beginning of itself', async () => {
  const directory = scratchFolder();
  const program = startProgram('append-for-ever.ts', directory);
  await program.until(40);
  program.child.kill('SIGKILL');
  await program.ended;
  const random = seededRandom(2);
  for (let round = 0; round < 30; round += 1) {
    const copy = join(directory, `copy-${round}`);
    cpSync(join(directory, 'logs'), join(copy, 'logs'), { recursive: true });
    const folder = join(copy, 'logs', name.run, '1');
    const files = readdirSync(folder).filter((file) => file !== 'sources' || round % 5 === 0);
    const file = join(folder, files[Math.floor(random() * files.length)] ?? 'index');
    const at = Math.floor(random() * statSync(file).size);
    // A file cut short, a hole of zeros, or rubbish behind its end.
    if (round % 3 === 0) truncateSync(file, at);
    else if (round % 3 === 1) writeFileSync(file, readFileSync(file).fill(0, at, at + 300));
    else appendFileSync(file, Buffer.alloc(100, 0x5a));
    await expectPattern(copy, { stdout: 0, stderr: 0 });
  }
});

test.each(['before:log.data', 'after:log.data', 'before:log.index', 'after:log.index'])('stopped %s, what is read is whole', async (where) => {
  const directory = scratchFolder();
  let armed = false;
  const logs = createLogStore({
    directory,
    faultPoint: (point) => {
      if (armed && point === where) throw new Error('stopped');
    },
  });
  const log = await logs.open(name);
  await log.append('work', 'stdout', patternAt('stdout', 0, 5_000));
  await log.flush();
  armed = true;
  void log.append('work', 'stdout', patternAt('stdout', 5_000, 5_000));
  await expect(log.flush()).rejects.toThrow('stopped');
  // The files as they are now, opened by another service.
  const copy = join(directory, 'copy');
  cpSync(join(directory, 'logs'), join(copy, 'logs'), { recursive: true });
  await expectPattern(copy, { stdout: where === 'after:log.index' ? 10_000 : 5_000, stderr: 0 });
  // And this one goes on as if nothing had been.
  armed = false;
  await log.append('work', 'stdout', patternAt('stdout', 10_000, 5_000));
  await log.close();
  await expectPattern(directory, { stdout: 15_000, stderr: 0 });
});

test('a log whose compression was interrupted is readable and can be ended', async () => {
  const directory = scratchFolder();
  const whole = patternAt('stdout', 0, 10_000);
  let compressed = 0;
  const logs = createLogStore({
    directory,
    segmentBytes: 3_000,
    faultPoint: (point) => {
      if (point === 'after:log.compress' && ++compressed === 2) throw new Error('stopped');
    },
  });
  const log = await logs.open(name);
  await log.append('work', 'stdout', whole);
  await expect(log.end()).rejects.toThrow('stopped');
  const folder = join(directory, 'logs', name.run, '1');
  copyFileSync(join(folder, '000003.log'), join(folder, '000003.log.gz.new'));
  const later = createLogStore({ directory });
  expect((await readLog(later, name)).bytes.equals(whole)).toBe(true);
  const again = await later.open(name);
  await again.end();
  expect((await readLog(later, name)).bytes.equals(whole)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['000000.log.gz', '000001.log.gz', '000002.log.gz', '000003.log.gz', 'index', 'sources']);
  rmSync(join(folder, '000001.log.gz'));
  await expect(readLog(createLogStore({ directory }), name)).rejects.toMatchObject({ fault: { code: 'damagedData' } });
});
