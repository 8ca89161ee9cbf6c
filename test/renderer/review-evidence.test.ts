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
    await page.getByRole('button', { name: /client.test.ts:2/ }).click();
    await page.locator('[data-shown="test/client.test.ts"]').waitFor();
    await page.getByLabel('The pause between attempts feels right').check();
    await expect.poll(() => service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))?.criteriaMet).toEqual([0]);
  });

  it('says what was asked for, as it was launched, for as long as that is unfolded', async () => {
    const service = serviceWithResult();
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!;
    service.putRun({ ...run, order: { ...run.order, text: { ...run.order.text, goal: 'Retry three times\u202e\nand no more', constraints: 'No new dependency', runsWith: { ...run.order.text.runsWith, command: 'npx jscodeshift -t retry.js\x1b[31m src/' } } } });
    const { page } = await openWindow(REVIEW, service);
    const asked = page.locator('.asked-for');
    await page.getByTestId('viewed').waitFor();
    expect(await asked.count()).toBe(0);
    await page.getByRole('button', { name: 'Asked for' }).click();
    expect(await asked.locator('dd').allTextContents()).toEqual(['Retry three times‹U+202E›\nand no more', 'No new dependency', 'npx jscodeshift -t retry.js‹ESC›[31m src/', 'main at 1a2b3c4']);
    await page.reload();
    await asked.getByText('No new dependency').waitFor();
  });

  it('counts no finding of what is left out, and still lists it; its colour is the same wherever it is counted', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult());
    const bar = page.locator('.review-facts');
    const tab = page.locator('.page-tabs .tab-count');
    const evidence = page.getByRole('button', { name: /^Findings/ });
    await bar.locator('.tone-red', { hasText: '3 findings' }).waitFor();
    expect([await tab.textContent(), await evidence.textContent()]).toEqual(['3', 'Findings3']);
    await page.locator('[data-file="test/client.test.ts"] .file-mark.tone-red').waitFor();
    await page.locator('[data-file="README.md"] .file-mark.tone-amber').waitFor();
    await page.getByLabel('Include test/client.test.ts').uncheck();
    await bar.locator('.tone-amber', { hasText: '1 finding' }).waitFor();
    expect([await tab.textContent(), await evidence.textContent()]).toEqual(['1', 'Findings1']);
    await page.locator('[data-file="test/client.test.ts"] .file-mark.tone-grey').waitFor();
    await page.locator('[data-finding="weakenedTest"] .finding-line.out', { hasText: 'left out' }).waitFor();
    expect(await page.locator('[data-finding="outOfScope"] .finding-line.out').count()).toBe(0);
    await page.goto(page.url().replace(/#.*/, '#/review'));
    await page.locator(`[data-waiting="${REVIEWED}"] .queue-findings .tone-amber`, { hasText: '1 finding' }).waitFor();
    await page.goto(page.url().replace(/#.*/, '#/board'));
    await page.locator(`[data-brief="${REVIEWED}"] .tone-amber`, { hasText: '1 finding' }).waitFor();
  });

  it('is gone to by one key: to the first check that fails, with its output open, wherever it is folded', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult({ checked: 'failed' }));
    await page.locator('[data-verdict="failed"]').waitFor();
    await page.keyboard.press('e');
    await page.locator('[data-verdict="failed"] .check-output', { hasText: '✓ test 0 of the client' }).waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(/^Output on the result: status 1/);
    await page.getByRole('button', { name: 'Checks' }).click();
    await page.keyboard.press(']');
    await page.getByRole('complementary', { name: 'Evidence' }).waitFor({ state: 'detached' });
    await page.keyboard.press('e');
    await page.locator('[data-verdict="failed"] .check-output').waitFor();
    const passed = await openWindow(REVIEW, serviceWithResult());
    await passed.page.locator('[data-verdict="passed"]').first().waitFor();
    await passed.page.keyboard.press('e');
    await expect.poll(() => passed.page.evaluate('document.activeElement.className')).toBe('evidence');
  });

  it('opens an output at its first error, tall enough, and goes to the other side by the same key', async () => {
    const service = serviceWithResult({ checked: 'failed' });
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!;
    const output = `${'compiling one more file\n'.repeat(80)}TypeError: this is not a function\n${'    at a line of the stack\n'.repeat(80)}`;
    service.writeLog(run.id, output, 'check', true);
    const [turn] = run.turns;
    const from = Buffer.byteLength(Array.from({ length: 12 }, (_, at) => `\u001b[32m✓\u001b[0m test ${at} of the client, in ${at * 3} ms\n`).join(''));
    service.putRun({ ...run, turns: [{ ...turn!, checks: turn!.checks.map((check) => (check.check === 0 && check.side === 'result' ? { ...check, log: { from, to: from + output.length } } : check)) }] });
    const { page } = await openWindow(REVIEW, service);
    await page.locator('[data-verdict="failed"]').waitFor();
    await page.keyboard.press('e');
    await page.locator('.first-error', { hasText: 'TypeError' }).waitFor();
    const box = await page.evaluate<number[]>(`(() => {
      const [output, error, panel] = ['.check-output', '.first-error', '.evidence'].map((each) => document.querySelector(each).getBoundingClientRect());
      return [error.top - output.top, output.bottom - error.bottom, output.height / panel.height];
    })()`);
    expect(box[0]).toBeGreaterThan(0);
    expect(box[1]).toBeGreaterThan(0);
    expect(box[2]).toBeGreaterThan(0.55);
    expect(box[2]).toBeLessThanOrEqual(0.61);
    await page.keyboard.press('e');
    await page.getByLabel('Output on the base').and(page.locator('pre')).waitFor();
    expect(await page.locator('.check-output').count()).toBe(1);
    await page.keyboard.press('e');
    await page.locator('.first-error', { hasText: 'TypeError' }).waitFor();
  });

  it('says of a check that failed before the work that it does, and not that the work failed it', async () => {
    const service = serviceWithResult({ checked: 'failed' });
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!;
    const [turn] = run.turns;
    service.putRun({ ...run, turns: [{ ...turn!, checks: turn!.checks.map((check) => (check.check === 0 ? { ...check, exitCode: 1 } : check)) }] });
    service.review.preview = { mergedWith: 'main at 1a2b3c4' };
    const { page } = await openWindow(REVIEW, service);
    await page.locator('.review-bar .tone-amber', { hasText: '1 passed; 1 check fails, as on the base' }).waitFor();
    await page.keyboard.press('a');
    await page.getByTestId('land-facts').getByText('1 passed; 1 check fails, as on the base', { exact: true }).waitFor();
    await page.getByTestId('land-facts').getByText('not on what it becomes with main at 1a2b3c4').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(page.url().replace(/#.*/, '#/review'));
    await page.locator(`[data-waiting="${REVIEWED}"] .tone-amber`, { hasText: '1 passed; 1 check fails, as on the base' }).waitFor();
    await page.goto(page.url().replace(/#.*/, '#/board'));
    await page.locator(`[data-brief="${REVIEWED}"] .tone-amber`, { hasText: '1 passed; 1 check fails, as on the base' }).waitFor();
  });

  it('is made by a key that was pressed before it is known that there is none, and is told of at once; or it is said that it is there', async () => {
    const service = serviceWithResult();
    const { page } = await openWindow(REVIEW, service);
    const asked = page.locator('.evidence').getByText('Checking…');
    const answer = Promise.withResolvers<void>();
    await page.locator('[data-verdict="passed"]').first().waitFor();
    service.review.evidenceHeld = answer.promise;
    await page.locator('.file-head').waitFor();
    await page.keyboard.press('X');
    await page.getByLabel('Looking for the evidence').waitFor();
    await page.keyboard.press('r');
    await asked.waitFor();
    expect(service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!.state.name).toBe('reviewable');
    answer.resolve();
    await page.getByText('Waiting for a slot').waitFor();
    await expect.poll(() => asked.count()).toBe(0);
    // Back to what was checked: asked for again, it says so.
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!;
    service.putRun({ ...run, state: { name: 'reviewable' }, endedAt: 1 });
    await page.getByRole('button', { name: 'Run the checks on this' }).waitFor();
    const second = Promise.withResolvers<void>();
    service.review.evidenceHeld = second.promise;
    await page.keyboard.press('X');
    await page.getByLabel('Looking for the evidence').waitFor();
    await page.keyboard.press('r');
    await asked.waitFor();
    second.resolve();
    await page.getByText('The checks have run on exactly this already.').waitFor();
    await expect.poll(() => asked.count()).toBe(0);
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

  it('of a failed setup shows the script, that the environment has changed, and a key for each thing to do', async () => {
    const service = serviceWithResult();
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(8)) ?? expect.fail('no run');
    service.putRun({ ...run, order: { ...run.order, environment: { ...run.order.environment, setup: 'npm ci\nmake prices' } } });
    const { page } = await openWindow(`#/brief/${briefIdOf(8)}/review`, service);
    await expect.poll(() => page.getByLabel('Setup script').textContent()).toBe('npm ci\nmake prices');
    await page.getByText(/The environment has changed since this run: Setup script/).waitFor();
    // Tab goes to what can be done here, not to the start of the page.
    await page.locator('.no-result:focus').waitFor();
    await page.keyboard.press('e');
    await page.waitForURL(/#\/project\//);
    await page.goBack();
    await page.locator('.no-result').waitFor();
    await page.keyboard.press('l');
    await page.waitForURL(/\/activity/);
    await page.getByText(/The environment has changed since this run: Setup script/).waitFor();
    await page.getByRole('link', { name: 'Open the environment' }).click();
    await page.waitForURL(/#\/project\//);
    await page.goBack();
    await page.goBack();
    await page.locator('.no-result').waitFor();
    expect(await page.locator('.no-result .row kbd').allTextContents()).toEqual(['L', 'E', '⇧B', 'D', '⇧R']);
    await page.keyboard.press('R');
    await page.waitForURL(/\/activity/);
    await expect.poll(() => service.retries).toEqual([{ runId: run.id, base: null }]);
  });

  it('says where and why a run failed, and shows what it had done until then', async () => {
    const service = serviceWithResult();
    service.writeLog(runIdOf(8), `npm ci\n${'fetching\n'.repeat(40)}\x1b[31mnpm ERR!\x1b[0m code ENOTFOUND\n`, 'setup');
    service.writeLog(runIdOf(8), 'removed the container\n'.repeat(300), 'drydock', true);
    const { page } = await openWindow(`#/brief/${briefIdOf(8)}/review`, service);
    await page.getByText('In setup: The command ended with status 1.').waitFor();
    await page.locator('.no-result').getByText('Nothing was worked on. Read the end of the setup').waitFor();
    const last = page.getByLabel('Last lines of the log');
    await last.getByText('npm ERR! code ENOTFOUND').waitFor();
    expect(await last.textContent()).not.toContain('removed');
    await page.getByRole('button', { name: /^Log/ }).click();
    await page.locator('.log-row', { hasText: 'code ENOTFOUND' }).waitFor();
    const partial = await openWindow(REVIEW, serviceWithResult({ run: { state: { name: 'timedOut', phase: 'working' } } }));
    const said = 'What it had changed by then is kept for review. Give the brief a larger time budget or a smaller goal, then run again.';
    await partial.page.locator('.review-failure').getByText(said).waitFor();
    await partial.page.locator('[data-file]').first().waitFor();
    await partial.page.getByText('What it printed last').click();
    await partial.page.getByLabel('Last lines of the log').getByText('test 11 of the client').waitFor();
    // The same words where the run is watched, and where there is nothing to review.
    await partial.page.getByRole('link', { name: 'Open the log' }).click();
    await partial.page.locator('.run-ending').getByText(said).waitFor();
  });
});

it('gives a private clone and says where', async () => {
  const { page } = await openWindow(REVIEW, serviceWithResult());
  await page.getByTestId('viewed').waitFor();
  await page.keyboard.press('t');
  await page.getByText('/home/ada/drydock/try-9').waitFor();
  await page.getByRole('button', { name: 'Copy the path' }).first().waitFor();
});
