import { describe, expect, it } from 'vitest';
import { briefIdOf, runIdOf } from './support/canned.ts';
import { writeWholeRun } from './support/canned-logs.ts';
import { createFakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const ACTIVITY = `#/brief/${briefIdOf(12)}/activity`;
const RUN = runIdOf(12);
const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, at) => `line ${from + at}\n`).join('');

describe('the stream', () => {
  it('goes to a phase, folds it, and unfolds it for what is found in it', async () => {
    const service = createFakeService();
    service.writeLog(runIdOf(9), '');
    writeWholeRun(service, runIdOf(9), true);
    service.writeLog(runIdOf(9), lines(0, 500), 'check:1:result', true);
    const { page } = await openWindow(`#/brief/${briefIdOf(9)}/activity`, service);
    await page.locator('.log-row', { hasText: /line 499$/ }).waitFor();
    await page.getByLabel('Phases').getByRole('button', { name: 'Setup' }).click();
    const setup = page.locator('[data-section=settingUp] button');
    await setup.waitFor();
    await page.getByText('package-3').waitFor();
    await setup.click();
    await page.getByText('package-3').waitFor({ state: 'detached' });
    expect(await setup.getAttribute('aria-expanded')).toBe('false');
    await page.getByText('> api@2.4.0 test').waitFor();
    await page.getByLabel('Find in log').fill('package-7');
    await page.locator('.log-row.current', { hasText: 'package-7' }).waitFor();
    expect(await setup.getAttribute('aria-expanded')).toBe('true');
  });

  it('wraps lines at their measured height: every one is reached, and none is jumped over', async () => {
    const service = createFakeService();
    service.writeLog(RUN, Array.from({ length: 300 }, (_, at) => `row ${at} ${'日本 word '.repeat((at * 37) % 90)}\n`).join(''), 'work', true);
    const { page } = await openWindow(ACTIVITY, service);
    await page.locator('.log-row', { hasText: 'row 299' }).waitFor();
    await page.keyboard.press('w');
    await page.locator('.log-box.wrap').waitFor();
    const seen = new Set<number>();
    const look = async (): Promise<number[]> => {
      const drawn = await page.locator('.log-row').evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-line'))));
      for (const line of drawn) seen.add(line);
      return drawn;
    };
    const box = (await page.locator('.log-box').boundingBox())!;
    await expect
      .poll(async () => {
        const last = (await page.locator('.log-row', { hasText: 'row 299' }).boundingBox())!;
        return Math.abs(last.y + last.height - (box.y + box.height));
      })
      .toBeLessThan(3);
    await page.locator('.log-box').hover();
    for (let step = 0; step < 200 && !seen.has(1); step += 1) {
      const [top] = await look();
      await page.mouse.wheel(0, -500);
      await expect.poll(() => page.locator('.log-row').first().getAttribute('data-line')).not.toBe(String(top));
      // What was at the top is still there, further down: a step of less than the view loses nothing.
      expect(Math.max(...(await look()))).toBeGreaterThanOrEqual(top! - 1);
    }
    expect(seen.size).toBe(300);
  });

  it('copies what is selected over many rows, clean', async () => {
    const service = createFakeService();
    service.writeLog(RUN, Array.from({ length: 400 }, (_, at) => `\x1b[32m${at}\x1b[0m text\n`).join(''), 'work', true);
    const { page } = await openWindow(ACTIVITY, service, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('.log-row', { hasText: '399 text' }).waitFor();
    const last = (await page.locator('.log-row').last().locator('.log-text').boundingBox())!;
    const box = (await page.locator('.log-box').boundingBox())!;
    await page.mouse.move(last.x + last.width - 1, last.y + 9);
    await page.mouse.down();
    await page.mouse.move(last.x + 20, box.y - 60, { steps: 4 });
    await page.locator('.log-row', { hasText: '200 text' }).waitFor();
    await page.mouse.move(last.x + 20, box.y + 100);
    await page.mouse.up();
    await page.keyboard.press('ControlOrMeta+c');
    await page.getByText(/lines copied/).waitFor();
    const copied = (await page.evaluate<string>('navigator.clipboard.readText()')).split('\n');
    expect(copied.length).toBeGreaterThan(150);
    expect(copied.slice(1, -1).every((line: string) => /^\d+ text$/.test(line))).toBe(true);
    expect(copied.at(-2)).toBe('398 text');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('ControlOrMeta+c');
    await expect.poll(async () => (await page.evaluate<string>('navigator.clipboard.readText()')).split('\n').length).toBe(400);
  });

  it('is saved as it was written', async () => {
    const service = createFakeService();
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => (at * 31 + (at >> 9)) % 256));
    service.writeLog(RUN, bytes, 'work', true);
    const { page } = await openWindow(ACTIVITY, service);
    await page.getByRole('button', { name: 'More for this log' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Download' }).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    expect(download.suggestedFilename()).toBe(`${RUN}.log`);
  });
});
