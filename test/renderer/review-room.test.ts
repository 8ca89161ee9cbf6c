import { expect, it } from 'vitest';
import { briefIdOf, runIdOf } from './support/canned.ts';
import { CODE, hunksOf, REVIEW, REVIEWED, serviceWithResult } from './support/canned-review.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();

/** How far an element reaches beyond another one, in pixels; not above 0: it is seen to its end. */
const beyond = (inner: string, outer: string): string =>
  `Math.max(...[...document.querySelectorAll(${JSON.stringify(inner)})].map((each) => each.getBoundingClientRect().right - each.closest(${JSON.stringify(outer)}).getBoundingClientRect().right))`;

it('shows what matters to its end in a window of 1440 pixels, however much there is to say', async () => {
  const service = serviceWithResult({ checked: 'failed', run: { excluded: ['README.md'], excludedHunks: { [CODE]: hunksOf(CODE).slice(0, 1) } } });
  service.feed.state.overlaps[briefIdOf(REVIEWED)] = [
    { briefId: briefIdOf(9), number: 9, kind: 'files', count: 1, paths: [CODE] },
    { briefId: briefIdOf(12), number: 12, kind: 'scope', count: 1, paths: [CODE] },
  ];
  service.review.baseNow = { ...service.review.baseNow, commits: 3 };
  const { page } = await openWindow(REVIEW, service);
  await page.getByText('1 file, 1 hunk out').waitFor();
  await page.locator('.review-overlap').getByText(', maybe').waitFor();
  await page.getByTestId('base-moved').getByText('merges cleanly', { exact: true }).waitFor();
  await page.locator(`[data-file="${CODE}"]`).click();
  await page.getByRole('button', { name: 'Include hunk 1' }).waitFor();
  expect(await page.evaluate(beyond('.base-moved-words > :last-child', '.base-moved'))).toBeLessThanOrEqual(0.5);
  expect(await page.evaluate(beyond('.review-overlap a', '.review-overlap'))).toBeLessThanOrEqual(0.5);
  expect(await page.evaluate(beyond('.hunk-button', '.hunk-bar'))).toBeLessThanOrEqual(0);
  const run = service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!;
  service.putRun({ ...run, excluded: [], excludedHunks: {}, turns: [{ ...run.turns[0]!, checks: run.turns[0]!.checks.map((check) => (check.check === 0 ? { ...check, exitCode: 1 } : check)) }] });
  await page.goto(page.url().replace(/#.*/, '#/review'));
  const words = page.locator(`[data-waiting="${REVIEWED}"] .queue-checks .ellipsis`);
  await expect.poll(() => words.textContent()).toBe('1 passed; 1 check fails, as on the base');
  expect(await page.evaluate("(() => { const { scrollWidth, clientWidth } = document.querySelector('.queue-checks .ellipsis'); return scrollWidth - clientWidth; })()")).toBeLessThanOrEqual(0);
});
