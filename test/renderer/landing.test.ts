import type { Page } from 'playwright';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { briefIdOf, runIdOf } from './support/canned.ts';
import { CODE, hunksOf, REVIEW, REVIEWED, serviceWithResult } from './support/canned-review.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
/** Opens the dialog, by its key, when one before it has gone. */
const openLanding = async (page: Page): Promise<void> => {
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByTestId('viewed').waitFor();
  await page.keyboard.press('a');
  await page.getByTestId('preview').waitFor();
};

describe('landing', () => {
  it('of a clean result takes three keys from its card', async () => {
    const { page, service } = await openWindow('', serviceWithResult());
    await page.locator(`[data-brief="${REVIEWED}"]`).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    await page.getByTestId('preview').getByText(`refs/heads/drydock/${REVIEWED}-add-retries-to-the-http-client`).waitFor();
    expect(await page.evaluate('document.activeElement.value')).toBe(`drydock/${REVIEWED}-add-retries-to-the-http-client`);
    await page.keyboard.press('Enter');
    await page.getByText(`Landed on drydock/${REVIEWED}-add-retries-to-the-http-client`).first().waitFor();
    expect(service.landings).toEqual([{ kind: 'branch', name: `drydock/${REVIEWED}-add-retries-to-the-http-client`, onto: 'main', message: '' }]);
    await page.getByRole('button', { name: 'Copy the branch name' }).waitFor();
    await page.locator('.decide .button:not(.primary)', { hasText: 'Land again…' }).waitFor();
    await page.goto(page.url().replace(/#.*/, '#/board'));
    await page.locator(`[data-brief="${REVIEWED}"]`).getByText(`Landed on drydock/${REVIEWED}-add-retries-to-the-http-client`).waitFor();
  });

  it('does nothing that was not previewed', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
    await page.getByRole('button', { name: 'Land…' }).click();
    const land = page.getByRole('button', { name: 'Land', exact: true });
    await page.getByTestId('preview').waitFor();
    await page.getByLabel('New branch').fill('main');
    expect(await land.isDisabled()).toBe(true);
    await page.getByText('There is a branch main already.').waitFor();
    expect(await land.isDisabled()).toBe(true);
    await page.getByLabel('New branch').fill('');
    await page.getByText('Give the branch a name.').waitFor();
    await page.getByLabel('Working tree').check();
    // What the branch would have been is not shown under another way to land.
    expect(await page.getByTestId('preview').getByText('refs/heads/').count()).toBe(0);
    await page.getByText('your copy has changes').waitFor();
    expect(await land.isDisabled()).toBe(true);
    await page.getByLabel('Overwrite my own changes').check();
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    await page.getByText('Landed in the working tree: 12 paths.').waitFor();
    expect(service.landings).toEqual([{ kind: 'workingTree', overwriteChanged: true }]);
  });

  it('onto a branch that moved says that it merges cleanly, or names what does not and what to do', async () => {
    const service = serviceWithResult();
    const { page } = await openWindow(REVIEW, service);
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    await page.getByLabel('From', { exact: true }).selectOption('release/2.x');
    await page.getByText('Merges cleanly with release/2.x').waitFor();
    const clash = { path: CODE, there: 'modify' as const, here: 'modify' as const, parts: [{ there: 'times = 5', here: 'times = 3' }, { there: '', here: 'wait();' }] };
    service.review.preview = { conflicts: [CODE, 'README.md', 'current'], clashes: [clash, { path: 'README.md', there: 'delete', here: 'modify', parts: [] }] };
    await page.getByLabel('From', { exact: true }).selectOption('main');
    await page.getByText('3 paths cannot be merged with main').waitFor();
    const said = page.locator('.preview-conflict li');
    expect(await said.allTextContents()).toEqual([expect.stringContaining('changed on both sides'), 'README.md deleted on main, changed here', 'current']);
    expect(await said.first().locator('figure').allTextContents()).toEqual(['On maintimes = 5', 'In this resulttimes = 3', 'On mainnothing', 'In this resultwait();']);
    await page.getByText('Let the branch start from the commit that the run started from').waitFor();
    expect(await page.getByRole('button', { name: 'Land', exact: true }).isDisabled()).toBe(true);
    // Where nothing can be landed, nothing is said of what would be.
    const preview = page.getByTestId('preview');
    for (const words of ['a new commit', 'No path would change', /^Merged with/]) expect(await preview.getByText(words).count()).toBe(0);
  });

  it('is proposed onto the branch that the run started from, then onto what was chosen last in the project', async () => {
    const service = serviceWithResult();
    const { page } = await openWindow(REVIEW, service);
    const land = page.getByRole('button', { name: 'Land', exact: true });
    const onto = page.getByLabel('From', { exact: true });
    await openLanding(page);
    expect(await onto.inputValue()).toBe('main');
    await onto.selectOption('');
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    await expect.poll(() => service.landings.length).toBe(1);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await openLanding(page);
    expect(await onto.inputValue()).toBe('');
    await onto.selectOption('release/2.x');
    await page.keyboard.press('Escape');
    await openLanding(page);
    expect(await onto.inputValue()).toBe('release/2.x');
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    await expect.poll(() => service.landings.length).toBe(2);
    // The branch that the run started from is remembered as that, whichever it is the next time.
    await openLanding(page);
    await onto.selectOption('main');
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    await expect.poll(() => service.landings.length).toBe(3);
    service.review.baseNow = { ...service.review.baseNow, branch: 'spike/parser', commits: 2 };
    service.put({ ...(service.feed.state.briefs.find(({ number }) => number === REVIEWED) ?? expect.fail('no brief')), decision: null });
    await page.reload();
    await page.getByTestId('base-moved').waitFor();
    await openLanding(page);
    await expect.poll(() => onto.inputValue()).toBe('spike/parser');
    expect(service.landings.map((target) => (target.kind === 'branch' ? target.onto : ''))).toEqual([null, 'release/2.x', 'main']);
  });

  it('says before and while landing that the base has moved on, and one true sentence of the checks', async () => {
    const service = serviceWithResult();
    service.review.baseNow = { ...service.review.baseNow, commits: 3 };
    service.review.preview = { mergedWith: 'main at 1a2b3c4', notes: ['Merged with main at 1a2b3c4.'] };
    const { page } = await openWindow(REVIEW, service);
    await page.getByTestId('base-moved').getByText('main has moved on by 3 commits since; merges cleanly').waitFor();
    await page.keyboard.press('a');
    const facts = page.getByTestId('land-facts');
    await facts.getByText('main has moved on by 3 commits since; merges cleanly').waitFor();
    await facts.getByText('2 checks passed on the selection, before it is merged with main at 1a2b3c4').waitFor();
    expect(await page.getByText(/the checks ran without/i).count()).toBe(0);
    await page.keyboard.press('Escape');
    service.review.baseNow = { ...service.review.baseNow, commits: 1, conflicts: [CODE, 'README.md'] };
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await page.getByTestId('base-moved').getByText('main has moved on by 1 commit since; 2 conflicts').waitFor();
    service.review.baseNow = { ...service.review.baseNow, commits: null, rewritten: true, conflicts: [], contained: true };
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await page.getByTestId('base-moved').getByText('main was rewritten since; it has these changes already').waitFor();
    service.review.baseNow = { ...service.review.baseNow, commits: 0, rewritten: false };
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await expect.poll(() => page.getByTestId('base-moved').count()).toBe(0);
  });

  it('that does not fit is run again from the chosen branch, and the queue goes on', async () => {
    const service = serviceWithResult();
    service.review.preview = { conflicts: [CODE], paths: [], notes: [] };
    const { page } = await openWindow('#/review', service);
    await page.locator(`[data-waiting="${REVIEWED}"]`).click();
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    await page.getByLabel('From', { exact: true }).selectOption('release/2.x');
    await page.getByText('1 path cannot be merged with release/2.x').waitFor();
    await page.getByRole('button', { name: 'Run again from release/2.x' }).click();
    await page.getByText(`#${REVIEWED} runs again from release/2.x.`).waitFor();
    expect(service.retries).toEqual([{ runId: runIdOf(REVIEWED), base: { kind: 'branch', name: 'release/2.x' } }]);
    await page.getByTestId('queue-place').getByText('of 3').waitFor();
    await page.getByRole('link', { name: 'Review', exact: true }).first().waitFor();
  });

  it('waits for a check of the selection, and says so on its button', async () => {
    const service = serviceWithResult({ run: { excluded: ['README.md'] } });
    const { page } = await openWindow(REVIEW, service);
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('r');
    expect(await page.getByRole('button', { name: 'Land when the checks have ended' }).isDisabled()).toBe(true);
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED)) ?? expect.fail('no run');
    service.putRun({ ...run, state: { name: 'reviewable' }, endedAt: 1 });
    await page.getByRole('button', { name: /^Land…/ }).waitFor();
  });

  it('into the working tree names the folder, its branch, and whether it is clean', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult());
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    await page.getByLabel('Working tree').check();
    await expect.poll(() => page.getByTestId('working-tree').textContent()).toBe('Into /home/ada/code/api, on main, with 3 files of yours changed. Nothing is committed.');
  });

  it('keeps in view what another card has landed on a branch that this base does not have', async () => {
    const service = serviceWithResult();
    const landed = { briefId: briefIdOf(9), number: 9, kind: 'files' as const, count: 1, paths: [CODE], landedOn: 'drydock/9-typo-sweep' };
    const scope = { briefId: briefIdOf(7), number: 7, kind: 'scope' as const, count: 2, paths: ['README.md', 'a'] };
    service.feed.state.overlaps[briefIdOf(REVIEWED)] = [scope, landed];
    const { page } = await openWindow('', service);
    const sign = page.locator(`[data-brief="${REVIEWED}"] .card-overlap`);
    await sign.getByText('#9 landed +1').waitFor();
    await sign.click();
    await page.getByText('#9 is landed on drydock/9-typo-sweep, and not in this base').waitFor();
    await page.getByText('Amber: both changed the same files.').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(page.url().replace(/#.*/, REVIEW));
    const links = page.locator('.review-overlap a');
    await links.first().getByText('landed on drydock/9-typo-sweep').waitFor();
    const [amber, grey] = (await page.evaluate("[...document.querySelectorAll('.review-overlap a')].map((each) => getComputedStyle(each).color)")) as string[];
    expect(amber).not.toBe(grey);
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    await page.getByTestId('land-facts').getByText(`both changed ${CODE}; it is landed on drydock/9-typo-sweep, and not in this base`).waitFor();
    await page.getByTestId('land-facts').getByText('May overlap #7').waitFor();
  });

  it('onto the branch that another has landed the same files on is one press away, and what merges onto the base is told of that alone', async () => {
    const service = serviceWithResult();
    service.feed.state.overlaps[briefIdOf(REVIEWED)] = [{ briefId: briefIdOf(9), number: 9, kind: 'files', count: 1, paths: [CODE], landedOn: 'drydock/9-typo-sweep' }];
    const { page } = await openWindow(REVIEW, service);
    const land = page.getByRole('button', { name: 'Land', exact: true });
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    const merges = page.getByTestId('preview').getByText('Merges cleanly with');
    await expect.poll(() => merges.textContent()).toBe('Merges cleanly with main only: not tried with #9, landed elsewhere');
    expect(await merges.getAttribute('class')).toContain('tone-amber');
    service.review.preview = { conflicts: [CODE] };
    await page.getByTestId('land-facts').getByRole('button', { name: 'Start from drydock/9-typo-sweep' }).press('Enter');
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('drydock/9-typo-sweep');
    expect(await page.evaluate('document.activeElement.name')).toBe('onto');
    await page.getByText('1 path cannot be merged with drydock/9-typo-sweep').waitFor();
    await page.getByRole('button', { name: 'Run again from drydock/9-typo-sweep' }).waitFor();
    expect(await land.isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Start from' }).count()).toBe(0);
    service.review.preview = {};
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await expect.poll(() => merges.textContent()).toBe('Merges cleanly with drydock/9-typo-sweep');
    expect(await merges.getAttribute('class')).toContain('tone-green');
    await land.click();
    await expect.poll(() => service.landings.map((target) => (target.kind === 'branch' ? target.onto : ''))).toEqual(['drydock/9-typo-sweep']);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // It was for this one: the next is proposed as ever.
    await page.keyboard.press('a');
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('main');
  });

  it('keeps a message that was typed when the dialog is closed', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    await expect.poll(() => page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Typo sweep');
    await page.getByRole('textbox', { name: 'Message' }).fill('Retry what can be repeated');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Land…' }).click();
    expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Retry what can be repeated');
    const land = page.getByRole('button', { name: 'Land', exact: true });
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    await expect.poll(() => service.landings.map((target) => (target.kind === 'branch' ? target.message : ''))).toEqual(['Retry what can be repeated']);
  });

  it('is done by Enter from a list, and by Ctrl+Enter from the message', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
    await openLanding(page);
    const land = page.getByRole('button', { name: 'Land', exact: true });
    await page.getByLabel('From', { exact: true }).focus();
    await expect.poll(() => land.isEnabled()).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => service.landings.length).toBe(1);
    await openLanding(page);
    await page.getByRole('textbox', { name: 'Message' }).fill('One');
    await page.keyboard.press('Enter');
    await page.keyboard.type('two');
    await expect.poll(() => land.isEnabled()).toBe(true);
    expect(service.landings).toHaveLength(1);
    expect(await page.locator('.land-keys kbd:visible').allTextContents()).toEqual(['Ctrl', '↵']);
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => service.landings.map((target) => (target.kind === 'branch' ? target.message : ''))).toEqual(['', 'One\ntwo']);
  });

  it('says that a check failed, on exactly what is landed', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult({ checked: 'failed' }));
    await page.locator('[data-verdict="failed"]').waitFor();
    await page.keyboard.press('a');
    const facts = page.getByTestId('land-facts');
    await facts.getByText('1 of 2 checks passed').waitFor();
    await facts.getByText('npm test').waitFor();
    expect(await facts.getByText('Left out').count()).toBe(0);
  });

  it('says what was found in what is landed, and what nobody has looked at or judged', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult({ run: { excluded: ['README.md'], criteriaMet: [1] } }));
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('v');
    await expect.poll(() => page.getByTestId('viewed').textContent()).toContain('1 of 12 viewed');
    // The next file is open: it is looked at, and not marked.
    await page.locator('[data-there="true"]').waitFor();
    await page.keyboard.press('a');
    const facts = page.getByTestId('land-facts');
    await facts.getByText('2 findings, 1 of them grave').waitFor();
    await facts.getByText('9 of 11 files not looked at, 1 of 2 criteria not judged').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Land', exact: true }).isEnabled()).toBe(true);
  });

  it('says what is left out, that this selection was not checked, and which other card has changed the same files', async () => {
    const service = serviceWithResult({ run: { excluded: ['README.md'], excludedHunks: { [CODE]: hunksOf(CODE).slice(0, 2) } } });
    service.feed.state.overlaps[briefIdOf(REVIEWED)] = [{ briefId: briefIdOf(9), number: 9, kind: 'files', count: 3, paths: [CODE, 'README.md', 'a'] }];
    const { page } = await openWindow(REVIEW, service);
    await page.locator('.review-overlap').getByRole('link', { name: '#9' }).waitFor();
    await page.getByRole('button', { name: 'Run the checks on this' }).waitFor();
    await page.keyboard.press('a');
    const facts = page.getByTestId('land-facts');
    await facts.getByText('The checks ran on the whole result, not on this selection.').waitFor();
    await facts.getByText(`README.md, lines 2, 4 of ${CODE}`).waitFor();
    await page.getByText('Written for the whole result: 1 file and 2 hunks were left out.').waitFor();
    await page.getByRole('textbox', { name: 'Message' }).fill('Mine');
    await expect.poll(() => page.getByText('Written for the whole result').count()).toBe(0);
    await facts.getByText('Overlaps #9').waitFor();
    await facts.getByText(`both changed ${CODE} and 1 more`).waitFor();
  });

  it('meets nobody in what is left out, in the review and as it lands', async () => {
    const service = serviceWithResult();
    service.feed.state.overlaps[briefIdOf(REVIEWED)] = [
      { briefId: briefIdOf(7), number: 7, kind: 'files', count: 2, paths: [CODE, 'README.md'] },
      { briefId: briefIdOf(9), number: 9, kind: 'files', count: 1, paths: [CODE] },
    ];
    const { page } = await openWindow(REVIEW, service);
    await page.locator('.review-overlap').getByRole('link', { name: '#9' }).waitFor();
    await page.locator(`[data-file="${CODE}"]`).click();
    await page.locator(`[data-shown="${CODE}"]`).waitFor();
    await page.keyboard.press('X');
    await expect.poll(() => page.locator('.review-overlap a').allTextContents()).toEqual(['#7']);
    await page.keyboard.press('a');
    await page.getByTestId('land-facts').getByText('both changed README.md.').waitFor();
    expect(await page.getByTestId('land-facts').getByText('#9').count()).toBe(0);
  });

  it('hands out a patch', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult());
    await page.getByRole('button', { name: 'Land…' }).click();
    await page.getByLabel('Patch file').check();
    await page.getByTestId('preview').waitFor();
    const download = page.waitForEvent('download');
    const land = page.getByRole('button', { name: 'Land', exact: true });
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    expect(await readFile(await (await download).path(), 'utf8')).toBe('diff --git a/a b/a\n');
  });
});
