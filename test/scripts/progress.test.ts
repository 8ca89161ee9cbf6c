import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProgress } from '../../scripts/lib/progress.mjs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a step of `seconds` writes. */
async function written(options: { quiet?: boolean; isTTY?: boolean }, seconds: number): Promise<string> {
  let text = '';
  const out = { isTTY: options.isTTY ?? false, columns: 80, write: (part: string) => (text += part) };
  const progress = createProgress({ quiet: options.quiet ?? false, out });
  const step = progress.step('Building', () => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000)));
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  await step;
  return text;
}

it('writes plain lines where there is no terminal', async () => {
  expect(await written({}, 3)).toBe('Building …\nBuilding: 3 s\n');
});

it('counts seconds in place on a terminal', async () => {
  const text = await written({ isTTY: true }, 3);
  expect(text).toContain('\rBuilding … 2 s'.replace('\r', '\r\x1b[K'));
  expect(text.endsWith('\r\x1b[KBuilding: 3 s\n')).toBe(true);
});

it('keeps quiet about what is quick, and speaks after ten seconds', async () => {
  expect(await written({ quiet: true }, 9)).toBe('');
  expect(await written({ quiet: true }, 12)).toBe('Building …\nBuilding: 12 s\n');
});

it('says that a step failed', async () => {
  let text = '';
  const progress = createProgress({ out: { write: (part) => (text += part) } });
  await expect(progress.step('Building', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(text).toBe('Building …\nBuilding: failed 0 s\n');
});
