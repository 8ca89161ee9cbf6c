import { describe, expect, it } from 'vitest';
import { briefIdOf, runIdOf } from './support/canned.ts';
import { REVIEW, REVIEWED, serviceWithResult, SIDES } from './support/canned-review.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();

describe('the evidence', () => {
  it('shows why a check failed, what it left, and leads to what was found', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult({ checked: 'failed' }));
    await page.locator('[data-verdict="failed"]').waitFor();
    await page.getByRole('button', { name: 'Output on the result: status 1' }).click();
    await page.locator('.check-output', { hasText: '✓ test 0 of the client' }).waitFor();
    await page.getByRole('img', { name: 'test/shots/start.png' }).waitFor();
    await page.keyboard.press('e');
    expect(await page.evaluate('document.activeElement.className')).toBe('evidence');
    await page.getByRole('button', { name: /client.test.ts:2/ }).click();
    await page.locator('[data-shown="test/client.test.ts"]').waitFor();
    await page.getByLabel('The pause between attempts feels right').check();
    await expect.poll(() => service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))?.criteriaMet).toEqual([0]);
  });

  it('is made for a selection by one key; without an engine it says why not', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult({ run: { excluded: ['README.md'] } }));
    await page.getByRole('button', { name: 'Run the checks on this' }).waitFor();
    await page.keyboard.press('r');
    await page.getByText('Waiting for a slot').waitFor();
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!;
    service.putRun({ ...run, state: { name: 'reviewable' }, endedAt: 1 });
    service.feed.state.engine = { state: 'down', since: 1, fault: { code: 'engineUnavailable', message: 'No engine.', next: 'Start one.' } };
    service.feed.publish({ kind: 'engine', engine: service.feed.state.engine });
    await page.getByText('The checks need the container engine').waitFor();
    expect(await page.getByRole('button', { name: 'Run the checks on this' }).isDisabled()).toBe(true);
  });
});

describe('while the run works', () => {
  it('shows what was touched so far and says that it is not the result', async () => {
    const service = serviceWithResult();
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!;
    service.putRun({ ...run, state: { name: 'working', container: 'c' }, endedAt: null, turns: [{ ...run.turns[0]!, result: null, checks: [] }] });
    service.review.live.set(run.id, { changes: { at: 1, truncated: false, files: [{ path: 'README.md', kind: 'modified', size: 20 }] }, content: () => ({ base: SIDES[6]!.before, now: SIDES[6]!.after }) });
    const { page } = await openWindow(REVIEW, service);
    await page.getByText('So far: 1 file touched').waitFor();
    await page.getByText('the result is what collecting finds').waitFor();
    await page.locator('.modified .view-line', { hasText: 'The client.' }).waitFor();
    service.putRun(run);
    await page.getByTestId('viewed').waitFor();
  });

  it('says where and why a run failed, and shows what it had done until then', async () => {
    const { page } = await openWindow(`#/brief/${briefIdOf(8)}/review`);
    await page.getByText('In setup: The command ended with status 1.').waitFor();
    await page.getByRole('link', { name: 'Open the log' }).waitFor();
    const partial = await openWindow(REVIEW, serviceWithResult({ run: { state: { name: 'timedOut', phase: 'working' } } }));
    await partial.page.getByText('What it had changed until then is below.').waitFor();
    await partial.page.locator('[data-file]').first().waitFor();
  });
});

it('gives a private clone and says where', async () => {
  const { page } = await openWindow(REVIEW, serviceWithResult());
  await page.getByTestId('viewed').waitFor();
  await page.keyboard.press('t');
  await page.getByText('/home/ada/drydock/try-9').waitFor();
  await page.getByRole('button', { name: 'Copy the path' }).first().waitFor();
});
