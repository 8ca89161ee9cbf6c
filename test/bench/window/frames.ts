import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';

/** What a page's frames were like while they were watched; times in milliseconds. */
export interface Frames {
  readonly count: number;
  /** Longest time between two animation frames: what a person sees as a stutter. */
  readonly longestGap: number;
  /** The gap that 99 of 100 frames stay under. */
  readonly p99: number;
  /** Tasks that held the page for more than 50 ms (Long Tasks API), and the longest of them. */
  readonly longTasks: number;
  readonly longestTask: number;
}

/** Runs in the page, as text: this program knows no DOM. */
const WATCHER = `(() => {
  const gaps = [];
  const tasks = [];
  let last = 0;
  let handle = 0;
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
  const frame = (at) => {
    if (last > 0) gaps.push(at - last);
    last = at;
    handle = requestAnimationFrame(frame);
  };
  observer.observe({ entryTypes: ['longtask'] });
  handle = requestAnimationFrame(frame);
  window.__frames = {
    end: () => {
      cancelAnimationFrame(handle);
      tasks.push(...observer.takeRecords().map((entry) => entry.duration));
      observer.disconnect();
      gaps.sort((a, b) => a - b);
      return {
        count: gaps.length,
        longestGap: gaps.at(-1) ?? 0,
        p99: gaps[Math.floor(gaps.length * 0.99)] ?? 0,
        longTasks: tasks.length,
        longestTask: Math.max(0, ...tasks),
      };
    },
  };
})()`;

/** Watches the frames of a page for as long as `work` takes. The page must be visible: a hidden one draws none. */
export const watchFrames = async (page: Page, work: () => Promise<unknown>): Promise<Frames> => {
  await page.evaluate(WATCHER);
  await work();
  return page.evaluate<Frames>('window.__frames.end()');
};

export interface RendererMemory {
  /** JavaScript objects in use, in bytes, after a collection. */
  readonly heap: number;
  /** Processor time that the page's process has used since it began, in seconds: what the page cost, whatever else the machine did. */
  readonly cpuSeconds: number;
  /** Private memory of the page's process, in bytes (RssAnon of Linux); null where the system does not tell. */
  readonly process: number | null;
}

/** What a page holds. Its process is found as the largest renderer of the browser. */
export const memoryOf = async (page: Page): Promise<RendererMemory> => {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const browser = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo } = (await browser?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  await browser?.detach();
  const sizes = await Promise.all(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => privateMemory(id)));
  const known = sizes.filter((size) => size !== null);
  return { heap: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0, process: known.length === 0 ? null : Math.max(...known), cpuSeconds: Math.max(0, ...processInfo.filter(({ type }) => type === 'renderer').map(({ cpuTime }) => cpuTime)) };
};

const privateMemory = async (pid: number): Promise<number | null> => {
  try {
    const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
};
