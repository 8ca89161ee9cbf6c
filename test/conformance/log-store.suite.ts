import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LOG_READ_LIMIT } from '../../src-main/contract/log.ts';
import { LogFailure, type LogName, type LogStore } from '../../src-main/ports/log-store.ts';
import { readLog } from '../support/read-whole-log.ts';
import { sampleRunId } from '../support/sample-documents.ts';

interface Subject {
  /** A store over the same logs, as after a restart. */
  readonly reopen: () => LogStore;
  readonly dispose: () => Promise<void>;
}

const name: LogName = { run: sampleRunId(1), turn: 1 };
const text = (value: string): Uint8Array => Buffer.from(value);

/** What every LogStore keeps to. `now` is the clock that the subject's stores were given. */
export const logStoreSuite = (title: string, make: (now: () => number) => Subject): void => {
  describe(`log store: ${title}`, () => {
    let subject: Subject;
    let logs: LogStore;
    let time = 1_000;
    beforeEach(() => {
      time = 1_000;
      subject = make(() => time);
      logs = subject.reopen();
    });
    afterEach(() => subject.dispose());

    test('reads nothing of a log that was never written', async () => {
      expect(await logs.read(name, 0, 100)).toEqual({ offset: 0, bytes: '', length: 0, ended: false, marks: [] });
    });

    test('keeps bytes as they came, NUL and broken UTF-8 among them', async () => {
      const bytes = Buffer.from([0, 255, 254, 10, 0xc3, 0x28, 13]);
      const log = await logs.open(name);
      await log.append('work', 'stdout', bytes);
      await log.end();
      const whole = await readLog(logs, name);
      expect(whole.bytes.equals(bytes)).toBe(true);
      expect(whole.ended).toBe(true);
    });

    test('copies what it takes', async () => {
      const log = await logs.open(name);
      const bytes = Buffer.from('mine');
      const taken = log.append('work', 'stdout', bytes);
      bytes.fill(0);
      await taken;
      await log.flush();
      expect((await readLog(logs, name)).bytes.toString()).toBe('mine');
      await log.close();
    });

    test('keeps the order of what is not waited for, all of it before the end', async () => {
      const log = await logs.open(name);
      const lines = Array.from({ length: 300 }, (_, at) => `${at % 3 === 0 ? 'a line of Drydock' : 'output'} ${at}\n`);
      for (const [at, line] of lines.entries()) {
        void log.append(at % 3 === 0 ? 'drydock' : 'work', 'stdout', text(line));
        if (at % 50 === 0) await new Promise(setImmediate);
      }
      await log.end();
      const whole = await readLog(logs, name);
      expect(whole.bytes.toString()).toBe(lines.join(''));
      expect(whole.ended).toBe(true);
    });

    test('takes nothing more once its end is being marked, and stays whole', async () => {
      const log = await logs.open(name);
      await log.append('work', 'stdout', text('all of it\n'));
      const ended = log.end();
      const refused: unknown[] = [];
      for (let at = 0; at < 20; at += 1) {
        await Promise.resolve(log.append('drydock', 'stdout', text('too late\n'))).catch((error: unknown) => refused.push(error));
        await new Promise(setImmediate);
      }
      await ended;
      expect(refused).toHaveLength(20);
      expect(refused[0]).toBeInstanceOf(LogFailure);
      const whole = await readLog(logs, name);
      expect([whole.bytes.toString(), whole.ended]).toEqual(['all of it\n', true]);
    });

    test('says what it holds of each stream, also after a restart', async () => {
      const log = await logs.open(name);
      await log.append('drydock', 'stdout', text('starting\n'));
      await log.append('work', 'stdout', text('abc'));
      await log.append('work', 'stderr', text('de'));
      await log.append('work', 'stdout', text('f'));
      const held = [log.held('work', 'stdout'), log.held('work', 'stderr'), log.held('setup', 'stdout'), log.length];
      expect(held).toEqual([4, 2, 0, 15]);
      await log.close();
      const again = await subject.reopen().open(name);
      expect([again.held('work', 'stdout'), again.held('work', 'stderr'), again.held('setup', 'stdout'), again.length]).toEqual(held);
      await again.close();
    });

    test('marks every change of origin, and a slice begins with one', async () => {
      const log = await logs.open(name);
      await log.append('work', 'stdout', text('aaaa'));
      await log.append('work', 'stderr', text('bbbb'));
      await log.append('work', 'stderr', text('cccc'));
      await log.append('check:0:base', 'stdout', text('dddd'));
      await log.flush();
      const slice = await logs.read(name, 2, 11);
      expect(Buffer.from(slice.bytes, 'base64').toString()).toBe('aabbbbccccd');
      expect(slice.marks).toEqual([
        { offset: 2, source: 'work', stream: 'stdout', at: 1_000 },
        { offset: 4, source: 'work', stream: 'stderr', at: 1_000 },
        { offset: 12, source: 'check:0:base', stream: 'stdout', at: 1_000 },
      ]);
      await log.close();
    });

    test('marks the time at most once a second', async () => {
      const log = await logs.open(name);
      for (let count = 0; count < 25; count += 1) {
        await log.append('work', 'stdout', text('x'));
        time += 100;
      }
      await log.flush();
      const [first = 0, second = 0, third = 0, ...more] = (await logs.read(name, 0, 100)).marks.map((mark) => mark.at);
      expect([first, more]).toEqual([1_000, []]);
      for (const [from, to] of [[first, second], [second, third]] as const) expect(to - from).toBeOneOf([1_000, 1_100]);
      await log.close();
    });

    test('reads while it is written, and behind the end', async () => {
      const log = await logs.open(name);
      await log.append('work', 'stdout', text('one'));
      await log.flush();
      expect(await logs.read(name, 3, 10)).toMatchObject({ offset: 3, bytes: '', length: 3, ended: false, marks: [] });
      await log.append('work', 'stdout', text('two'));
      await log.flush();
      const slice = await logs.read(name, 3, 10);
      expect([Buffer.from(slice.bytes, 'base64').toString(), slice.length]).toEqual(['two', 6]);
      expect((await logs.read(name, 99, 10)).bytes).toBe('');
      await log.close();
    });

    test('returns at most the limit', async () => {
      const log = await logs.open(name);
      const bytes = Buffer.alloc(LOG_READ_LIMIT + 10, 'z');
      await log.append('work', 'stdout', bytes);
      await log.end();
      const slice = await logs.read(name, 0, LOG_READ_LIMIT * 4);
      expect(Buffer.from(slice.bytes, 'base64').length).toBe(LOG_READ_LIMIT);
      expect((await readLog(logs, name)).bytes.length).toBe(bytes.length);
    });

    test('has one writer at a time', async () => {
      const log = await logs.open(name);
      await expect(logs.open(name)).rejects.toThrow(LogFailure);
      await log.close();
      await (await logs.open(name)).close();
      await expect(log.append('work', 'stdout', text('late'))).rejects.toThrow(LogFailure);
    });

    test('goes on after its end when it is opened again', async () => {
      const log = await logs.open(name);
      await log.append('work', 'stdout', text('first'));
      await log.end();
      const again = await subject.reopen().open(name);
      expect(again.held('work', 'stdout')).toBe(5);
      await again.append('work', 'stdout', text('second'));
      await again.end();
      const whole = await readLog(subject.reopen(), name);
      expect([whole.bytes.toString(), whole.ended]).toEqual(['firstsecond', true]);
    });

    test('removes every turn of a run and nothing else', async () => {
      const others: LogName[] = [name, { ...name, turn: 2 }, { run: sampleRunId(2), turn: 1 }];
      for (const other of others) {
        const log = await logs.open(other);
        await log.append('work', 'stdout', text('x'));
        await log.close();
      }
      expect((await logs.runs()).toSorted()).toEqual([name.run, sampleRunId(2)].toSorted());
      await logs.remove(name.run);
      expect(await subject.reopen().runs()).toEqual([sampleRunId(2)]);
      const lengths = await Promise.all(others.map(async (other) => (await logs.read(other, 0, 1)).length));
      expect(lengths).toEqual([0, 0, 1]);
    });
  });
};
