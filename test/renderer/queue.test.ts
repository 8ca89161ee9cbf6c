import { describe, expect, it } from 'vitest';
import { cannedFleet, runIdOf } from './support/canned.ts';
import { REVIEWED, serviceWithResult } from './support/canned-review.ts';
import { createFakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const serviceWithQueue = () => {
  const service = serviceWithResult();
  // The oldest of those that were seen; #31 is the newest that was not.
  for (const run of service.feed.state.runs) {
    const age = { [runIdOf(7)]: 9, [runIdOf(8)]: 8, [runIdOf(9)]: 7 }[run.id];
    if (age !== undefined) service.putRun({ ...run, seen: run.id === runIdOf(7), endedAt: 1_000_000 - age });
  }
  return service;
};

describe('the review queue', () => {
  it('lists what nobody has seen first, then the oldest, and says what speaks for and against each', async () => {
    const { page } = await openWindow('#/review', serviceWithQueue());
    await page.locator('[data-waiting="31"]').waitFor();
    expect(await page.locator('[data-waiting]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-waiting')))).toEqual(['8', '9', '31', '7']);
    await page.locator('[data-waiting="8"]').getByText('In setup: The command ended with status 1.').waitFor();
    await page.locator('[data-waiting="31"]').getByText('12 files').waitFor();
    await page.locator('[data-waiting="31"]').getByText('3 findings').waitFor();
  });

  it('is gone through by keyboard alone; each decision goes on to the next', async () => {
    const { page, service } = await openWindow('#/review', serviceWithQueue());
    await page.locator('[data-waiting="8"]:focus').waitFor();
    await page.keyboard.press('j');
    await page.locator('[data-waiting="9"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('queue-place').getByText('2 of 4').waitFor();
    await expect.poll(() => service.feed.state.runs.find(({ id }) => id === runIdOf(9))?.seen).toBe(true);
    await page.keyboard.press('J');
    await page.getByTestId('queue-place').getByText('3 of 4').waitFor();
    await page.keyboard.press('K');
    await page.getByTestId('queue-place').getByText('2 of 4').waitFor();
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    await page.getByTestId('preview').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('queue-place').getByText('2 of 3').waitFor();
    await page.getByRole('heading', { name: 'Add retries to the HTTP client' }).waitFor();
    expect(service.landings).toHaveLength(1);
    await page.keyboard.press('u');
    await page.locator('[data-waiting="8"]').waitFor();
    expect(await page.locator('[data-waiting="9"]').count()).toBe(0);
  });

  it('takes a closed result back with one click', async () => {
    const { page, service } = await openWindow('#/review', serviceWithQueue());
    const decision = () => service.feed.state.briefs.find(({ number }) => number === REVIEWED)?.decision;
    await page.locator(`[data-waiting="${REVIEWED}"]`).click();
    await page.getByTestId('queue-place').getByText('3 of 4').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByTestId('queue-place').getByText('3 of 3').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByTestId('queue-place').getByText('of 4').waitFor();
    expect(decision()).toBe(null);
    await page.goBack();
    await page.locator(`[data-waiting="${REVIEWED}"]`).click();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await expect.poll(decision, { timeout: 15_000 }).toBe('closed');
  });

  it('is empty in words', async () => {
    const { page } = await openWindow('#/review', createFakeService({ ...cannedFleet(), runs: [], briefs: [] }));
    await page.getByText('Nothing waits for you').waitFor();
  });
});
