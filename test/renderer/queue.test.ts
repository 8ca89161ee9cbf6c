import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createAfterAdvance } from '../../src-renderer/review/queue/after-advance.ts';
import { cannedFleet, runIdOf } from './support/canned.ts';
import { REVIEW, REVIEWED, serviceWithResult } from './support/canned-review.ts';
import { createFakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';
import { inTurn } from './support/in-turn.ts';

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

  it('keeps its order while one goes through it, comes back to where one was, and puts what arrives last', async () => {
    const { page, service } = await openWindow('#/review', serviceWithQueue());
    const order = () => page.locator('[data-waiting]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-waiting')));
    await page.locator('[data-waiting="8"]:focus').waitFor();
    await page.getByText('What is new comes first, then the oldest').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByTestId('queue-place').getByText('2 of 4').waitFor();
    await expect.poll(() => service.feed.state.runs.find(({ id }) => id === runIdOf(9))?.seen).toBe(true);
    await inTurn(page, 'g', 'b');
    await page.locator('[data-column="review"]').waitFor();
    // One that is older than all of them, and not seen.
    const ready = service.feed.state.runs.find(({ id }) => id === runIdOf(14)) ?? expect.fail('no run');
    service.putRun({ ...ready, state: { name: 'reviewable' }, endedAt: 1 });
    await inTurn(page, 'g', 'r');
    await page.locator('[data-waiting="9"]:focus').waitFor();
    expect(await order()).toEqual(['8', '9', '31', '7', '14']);
    await page.getByText('opens #9 and goes on from there').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('queue-place').getByText('2 of 5').waitFor();
  });

  it('puts another attempt last', async () => {
    const { page, service } = await openWindow('#/review', serviceWithQueue());
    const order = () => page.locator('[data-waiting]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-waiting')));
    await page.locator('[data-waiting="8"]').waitFor();
    const brief = service.feed.state.briefs.find(({ number }) => number === 8) ?? expect.fail('no brief');
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(8)) ?? expect.fail('no run');
    const again = { ...run, id: runIdOf(88), attempt: 2, seen: false, endedAt: 1 };
    service.putRun(again);
    service.put({ ...brief, currentRun: again.id });
    await expect.poll(order).toEqual(['9', '31', '7', '8']);
  });

  it('takes a closed result back with one click', async () => {
    const { page, service } = await openWindow('#/review', serviceWithQueue());
    const decision = () => service.feed.state.briefs.find(({ number }) => number === REVIEWED)?.decision;
    await page.locator(`[data-waiting="${REVIEWED}"]`).click();
    await page.getByTestId('queue-place').getByText('3 of 4').waitFor();
    await page.getByRole('button', { name: 'Close brief', exact: true }).click();
    await page.getByTestId('queue-place').getByText('3 of 3').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByTestId('queue-place').getByText('of 4').waitFor();
    await expect.poll(decision).toBe(null);
    await page.goBack();
    await page.locator(`[data-waiting="${REVIEWED}"]`).click();
    await page.getByRole('button', { name: 'Close brief', exact: true }).click();
    await expect.poll(decision, { timeout: 15_000 }).toBe('closed');
  });

  it('takes back what the newest message offers by one key, but not while something is typed', async () => {
    const { page, service } = await openWindow('#/review', serviceWithQueue());
    const decision = () => service.feed.state.briefs.find(({ number }) => number === REVIEWED)?.decision;
    await page.locator(`[data-waiting="${REVIEWED}"]`).click();
    await page.getByTestId('queue-place').getByText('3 of 4').waitFor();
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('d');
    await page.getByTestId('queue-place').getByText('3 of 3').waitFor();
    expect(await page.locator('.toast-action kbd').allTextContents()).toEqual(['Ctrl', 'Z']);
    await inTurn(page, 'g', 's');
    await page.getByRole('searchbox', { name: 'Search the settings' }).fill('a');
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Control+z');
    await expect.poll(decision).toBe(null);
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByText('Undo, as the newest message offers').waitFor();
  });

  it('goes on to the next result when one is run again from its brief', async () => {
    const { page, service } = await openWindow('#/review', serviceWithQueue());
    await page.locator(`[data-waiting="${REVIEWED}"]`).click();
    await page.getByTestId('queue-place').getByText('3 of 4').waitFor();
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.getByTestId('queue-place').getByText('3 of 3').waitFor();
    await page.waitForURL(/\/review\?queue=1$/);
    expect(service.feed.state.runs.find((run) => run.id === service.feed.state.briefs.find(({ number }) => number === REVIEWED)?.currentRun)?.state.name).toBe('queued');
  });

  it('closes one result where the key is pressed twice, and the next where it is pressed for that', async () => {
    const { page, service } = await openWindow('#/review', serviceWithQueue());
    const closed = () => service.feed.state.briefs.filter(({ decision }) => decision === 'closed').map(({ number }) => number).filter((number) => [8, 9, REVIEWED, 7].includes(number));
    await page.locator('[data-waiting="9"]').click();
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('d');
    await page.keyboard.press('d');
    await page.keyboard.press('d');
    await page.getByTestId('queue-place').getByText('2 of 3').waitFor();
    await page.locator(`[data-shown="data/model.bin"]`).waitFor();
    await wait(500);
    await page.getByTestId('queue-place').getByText('2 of 3').waitFor();
    await page.keyboard.press('d');
    await page.getByTestId('queue-place').getByText('2 of 2').waitFor();
    await expect.poll(closed, { timeout: 15_000 }).toEqual([9, REVIEWED]);
  });

  it('lists the keys of the queue also at its ends, and the one for checks before it is offered', async () => {
    const { page } = await openWindow('#/review', serviceWithQueue());
    await page.locator('[data-waiting="8"]').click();
    await page.getByTestId('queue-place').getByText('1 of 4').waitFor();
    await page.keyboard.press('?');
    for (const name of ['Go to the next result of the queue', 'Go to the previous result of the queue']) await page.getByText(name, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto(page.url().replace(/#.*/, REVIEW));
    await page.locator('[data-verdict="passed"]').first().waitFor();
    await page.keyboard.press('?');
    for (const name of ['Run the checks on what is selected', 'Choose lines downwards']) await page.getByText(name, { exact: true }).waitFor();
  });

  it('is empty in words', async () => {
    const { page } = await openWindow('#/review', createFakeService({ ...cannedFleet(), runs: [], briefs: [] }));
    await page.getByText('Nothing waits for you').waitFor();
  });
});

describe('a key after a decision', () => {
  it('means the next result only from 300 ms after that is there', () => {
    const after = createAfterAdvance();
    expect(after.isMeant(0)).toBe(true);
    after.advance();
    expect(after.isMeant(1_000)).toBe(false);
    after.shown(2_000);
    expect([after.isMeant(1_900), after.isMeant(2_299), after.isMeant(2_300)]).toEqual([false, false, true]);
    // The next file of the same result is no advance.
    after.shown(3_000);
    expect(after.isMeant(3_001)).toBe(true);
  });
});
