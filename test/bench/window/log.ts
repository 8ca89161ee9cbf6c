import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { briefIdOf, runIdOf } from '../../renderer/support/canned.ts';
import { buildWindow } from '../../renderer/support/build-window.ts';
import { openBrowser, openPage } from '../../renderer/support/browser.ts';
import { createFakeService } from '../../renderer/support/fake-service.ts';
import { serveWindow } from '../../renderer/support/window-server.ts';
import { inMs, type Bench } from '../row.ts';
import { memoryOf, watchFrames } from './frames.ts';

const LINES_A_SECOND = 20_000;
/** The service tells of progress in batches, ten times a second at most. */
const BATCH_MS = 100;
const MB = 2 ** 20;

/** Lines as a build writes them: about 100 bytes, some with colours, some that look like errors. */
const linesFrom = (first: number, count: number): string =>
  Array.from({ length: count }, (_, at) => {
    const number = first + at;
    const mark = number % 5_000 === 0 ? '\u001b[31merror\u001b[0m' : number % 3 === 0 ? '\u001b[32mok\u001b[0m' : 'ok';
    return `[${number}] ${mark} src/modules/part-${number % 997}/index.ts compiled with 0 warnings, ${number % 89} ms, ${(number * 7919).toString(16)}\n`;
  }).join('');

/** The log of a run in the window while it grows by 20,000 lines a second: whether it stutters, and what it holds. */
export const windowLog: Bench = async ({ quick }) => {
  const seconds = quick ? 10 : 60;
  const [browser, folder] = await Promise.all([openBrowser(), buildWindow()]);
  const service = createFakeService();
  const run = runIdOf(12);
  service.writeLog(run, linesFrom(0, 100));
  const server = await serveWindow(folder, service);
  try {
    const { page } = await openPage(browser, `${server.url}#/brief/${briefIdOf(12)}/activity`);
    await page.locator('.log-row', { hasText: '[99]' }).waitFor();
    let written = 100;
    const frames = await watchFrames(page, async () => {
      const began = performance.now();
      while (performance.now() - began < seconds * 1_000) {
        const due = Math.floor(((performance.now() - began) / 1_000) * LINES_A_SECOND) + 100;
        service.writeLog(run, linesFrom(written, due - written));
        written = due;
        await wait(BATCH_MS);
      }
      // What came last is on the screen before the watch ends.
      await page.locator('.log-row', { hasText: `[${written - 1}]` }).waitFor();
    });
    const memory = await memoryOf(page);
    const held = memory.process ?? memory.heap;
    const pace = `${written.toLocaleString('en')} lines in ${seconds} s`;
    return [
      {
        what: `log at ${LINES_A_SECOND.toLocaleString('en')} lines/s, longest frame`,
        drydock: `${inMs(frames.longestGap)} (99 of 100 under ${inMs(frames.p99)}, longest task ${inMs(frames.longestTask)})`,
        raw: null,
        value: frames.longestGap,
        unit: 'ms',
        target: { at: 'most', value: 100 },
        note: `${pace}, ${frames.count} frames, ${frames.longTasks} tasks over 50 ms; the page took ${memory.cpuSeconds.toFixed(1)} s of processor time for it; ${loadavg()[0]?.toFixed(1)} processes wanted the machine's ${cpus().length} processors`,
      },
      {
        what: 'the same, memory of the page',
        drydock: `${(held / MB).toFixed(0)} MB (objects ${(memory.heap / MB).toFixed(0)} MB)`,
        raw: null,
        value: held / MB,
        unit: 'MB',
        target: { at: 'most', value: 300 },
        ...(memory.process === null && { note: 'the system does not tell the private memory of a process: objects only' }),
      },
    ];
  } finally {
    await browser.close();
    await server.close();
  }
};
