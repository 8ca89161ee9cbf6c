import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { briefIdOf, cannedBrief, projectIdOf } from './support/canned.ts';
import { cannedComment } from './support/canned-review.ts';
import { createFakeService, type FakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
/** A loaded machine may take its time; a poll ends as soon as it holds. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const BRIEF = `#/brief/${briefIdOf(21)}/brief`;
const textOf = (service: FakeService) => service.feed.state.briefs.find((brief) => brief.number === 21)?.text;
const isSaved = (page: Page) => page.getByTestId('save-state').getByText('Saved', { exact: true }).waitFor();

describe('the brief', () => {
  it('is saved as it is typed', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Goal').fill('Parse nested quotes');
    await page.getByLabel('In play').fill('src/**\n\ntest/**');
    await poll(() => textOf(service)).toMatchObject({ goal: 'Parse nested quotes', scope: { inPlay: ['src/**', 'test/**'] } });
    await isSaved(page);
    expect(await page.getByLabel('In play').inputValue()).toBe('src/**\n\ntest/**');
  });

  it('scrolls by its keys while the focus is on its tab, or on nothing', async () => {
    const { page } = await openWindow(BRIEF);
    const top = () => page.locator('.brief-columns').evaluate((box) => box.scrollTop);
    await page.getByLabel('Goal').waitFor();
    await page.keyboard.press('End');
    await poll(top).toBeGreaterThan(200);
    await page.keyboard.press('Home');
    await poll(top).toBe(0);
    await page.locator('.page-tabs a[aria-current]').focus();
    await page.keyboard.press('PageDown');
    await poll(top).toBeGreaterThan(100);
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/\/activity/);
    await page.keyboard.press('1');
    await page.waitForURL(/\/brief$/);
  });

  it('keeps rows that are only begun, and saves the rest', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByLabel('Working directory').fill('packages/');
    await page.getByLabel('Goal').fill('With a row that is only begun');
    await isSaved(page);
    await poll(() => textOf(service)).toMatchObject({ goal: 'With a row that is only begun', checks: [{}, {}], scope: { workingDirectory: 'packages' } });
    expect(await page.getByLabel('Check 3: command').count()).toBe(1);
    await page.reload();
    await page.getByLabel('Check 3: command').fill('npm run lint');
    await poll(() => textOf(service)?.checks[2]?.command).toBe('npm run lint');
    expect(await page.getByLabel('Working directory').inputValue()).toBe('packages/');
  });

  it('says which field cannot be saved, and loses nothing over a reload', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Working directory').fill('../out');
    await page.getByRole('alert').getByText('Working directory must be a folder inside the repository').waitFor();
    await page.reload();
    expect(await page.getByLabel('Working directory').inputValue()).toBe('../out');
    expect(await page.getByRole('button', { name: 'Launch' }).isDisabled()).toBe(true);
    await page.getByLabel('Working directory').fill('src');
    await poll(() => textOf(service)?.scope.workingDirectory).toBe('src');
  });

  it('loses nothing when the service goes away and the page is reloaded', async () => {
    const { page, service, server } = await openWindow(BRIEF);
    await page.getByLabel('Goal').waitFor();
    server.cut(true);
    await page.getByText('Reconnecting…').waitFor();
    await page.getByLabel('Goal').fill('Typed while away');
    await page.getByText('Kept here until the service is back').waitFor();
    await page.reload();
    server.accept();
    await poll(() => page.getByLabel('Goal').inputValue().catch(() => '')).toBe('Typed while away');
    await poll(() => textOf(service)?.goal).toBe('Typed while away');
  });

  it('keeps the focus and the text through a reconnection', async () => {
    const { page, service, server } = await openWindow(BRIEF);
    await page.getByLabel('Goal').fill('before');
    server.cut();
    await page.keyboard.type(' and after');
    await poll(() => textOf(service)?.goal).toBe('before and after');
    expect(await page.getByLabel('Goal').inputValue()).toBe('before and after');
  });

  it('shows what is missing, and is launched with a key', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Command', { exact: true }).fill('');
    await page.getByLabel('Readiness').getByText('Write the command that does the work.').waitFor();
    expect(await page.getByRole('button', { name: 'Launch' }).isDisabled()).toBe(true);
    await page.getByText('Command: Write the command that does the work.').waitFor();
    // What is pressed in vain leads to what is missing.
    const launch = page.getByRole('button', { name: 'Launch' });
    await launch.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Command', { exact: true }).evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Launch the brief').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Command', { exact: true }).fill('true');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/activity$/);
    const brief = service.feed.state.briefs.find((each) => each.number === 21);
    expect(brief?.text.runsWith.command).toBe('true');
    expect(brief?.currentRun).not.toBeNull();
    expect(service.feed.state.runs.filter((run) => run.briefId === brief?.id)).toHaveLength(1);
  });

  it('opens from its card at what it lacks, and its fields are left with Escape', async () => {
    const service = createFakeService();
    const brief = cannedBrief(30, 'api', { goal: 'Half a thought' });
    service.put({ ...brief, text: { ...brief.text, runsWith: { ...brief.text.runsWith, command: '' } } });
    const { page } = await openWindow('', service);
    await page.locator('.board [data-brief="30"]').focus();
    await page.keyboard.press('Enter');
    const command = page.getByLabel('Command', { exact: true });
    await expect.poll(() => command.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.type('true');
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await page.waitForURL(/\/activity$/);
    await page.keyboard.press('1');
    expect(await command.inputValue()).toBe('true');
  });

  it('cannot be launched while the service is away or its Markdown cannot be read, and says so in every place', async () => {
    const { page, server } = await openWindow(BRIEF);
    const launch = page.getByRole('button', { name: 'Launch' });
    const readiness = page.getByLabel('Readiness');
    await readiness.getByText('Ready to launch').waitFor();
    server.cut(true);
    await readiness.getByText('Cannot be launched now').waitFor();
    expect([await launch.isDisabled(), await launch.getAttribute('title')]).toEqual([true, 'The service is not answering.']);
    await page.locator('#launch-obstacle').getByText('The service is not answering.').waitFor();
    server.accept();
    await readiness.getByText('Ready to launch').waitFor();
    await page.getByRole('radio', { name: 'Markdown' }).click();
    await page.getByLabel('The brief as Markdown').fill('---\ntimeBudgetMinutes: soon\n---\n');
    await page.getByTestId('save-state').getByText('Not saved: kept here until it can be read').waitFor();
    await page.getByText('line 2: timeBudgetMinutes must be a number.').waitFor();
    await readiness.getByText('Cannot be launched now').waitFor();
    expect([await launch.isDisabled(), await launch.getAttribute('title')]).toEqual([true, 'The Markdown cannot be read yet.']);
  });

  it('says that changes are for the next run while one is under way', async () => {
    const { page, service } = await openWindow(`#/brief/${briefIdOf(12)}/brief`);
    await page.getByText('what you change here is for the next one').waitFor();
    expect(await page.getByRole('button', { name: /^Launch/ }).count()).toBe(0);
    await page.getByLabel('Goal').fill('For the next run');
    await poll(() => service.feed.state.briefs.find((brief) => brief.number === 12)?.text.goal).toBe('For the next run');
  });

  it('shows its attempts with the comments on them, and the brief as a run was launched with it', async () => {
    const service = createFakeService();
    const brief = service.feed.state.briefs.find(({ number }) => number === 9) ?? expect.fail('no brief');
    const run = service.feed.state.runs.find(({ id }) => id === brief.currentRun) ?? expect.fail('no run');
    service.putRun({ ...run, comments: [cannedComment(1, 'src/parser.ts', 4, 5, 'What of nested quotes?')] });
    service.put({ ...brief, text: { ...brief.text, goal: 'Another goal' } });
    const { page } = await openWindow(`#/brief/${briefIdOf(9)}/brief`, service);
    await page.getByText('Changed since it was launched: Goal.').waitFor();
    await page.getByRole('button', { name: 'As it was launched' }).click();
    await page.getByRole('dialog').getByText('Typo sweep').waitFor();
    expect(await page.getByLabel('The brief as it was launched').textContent()).toMatch(/^---\ndrydock: 1\n/);
    await page.keyboard.press('Escape');
    const attempts = page.getByRole('complementary', { name: 'Attempts' });
    await attempts.getByText('Ready').waitFor();
    await attempts.getByText('What of nested quotes?').waitFor();
    await attempts.getByText('src/parser.ts, lines 4 to 5').waitFor();
    service.put({ ...brief, currentRun: null, keptComments: 1 });
    await attempts.getByText('Sent back').waitFor();
    await attempts.getByText('1 comment').waitFor();
    await attempts.getByRole('link', { name: 'Attempt 1' }).click();
    await page.waitForURL(/\/review\?run=/);
    await page.locator('.header').getByText('Sent back').waitFor();
  });

  it('goes back to where one came from when it is put back into the backlog', async () => {
    const service = createFakeService();
    const { page } = await openWindow('#/board?text=typo', service);
    await page.locator('[data-brief="9"]').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('B');
    await page.waitForURL(/#\/board\?text=typo/);
    await page.getByText('#9 is back in the backlog.').waitFor();
  });

  it('is deleted from its menu, after a question', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByRole('button', { name: 'More for this brief' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the brief' }).click();
    await poll(() => textOf(service)).toBeUndefined();
    await page.waitForURL(/#\/board$/);
  });

  it('shows hostile text as text', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Goal').fill('<img src=x onerror=alert(1)> \u202egpj.exe \u001b[31m');
    await poll(() => textOf(service)?.goal).toContain('<img');
    await page.getByRole('heading', { name: '<img src=x onerror=alert(1)> ‹U+202E›gpj.exe ‹ESC›[31m' }).waitFor();
    expect(await page.locator('h1 img').count()).toBe(0);
  });
});

describe('its page', () => {
  it('goes from tab to tab by number and by arrows', async () => {
    const { page } = await openWindow(`#/brief/${briefIdOf(9)}/brief`);
    await page.getByRole('link', { name: 'Review', exact: true }).and(page.getByTitle('1 finding', { exact: true })).waitFor();
    await page.keyboard.press('2');
    await page.waitForURL(/\/activity$/);
    await page.keyboard.press('1');
    await page.waitForURL(/\/brief$/);
    await page.getByRole('link', { name: 'Brief', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/\/activity$/);
    await poll(() => page.evaluate('document.activeElement.textContent')).toContain('Activity');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/\/review$/);
  });

  it('of a brief that was deleted while it was typed in offers what was typed', async () => {
    const { page, service, server } = await openWindow(BRIEF);
    await page.getByLabel('Goal').waitFor();
    server.cut(true);
    await page.getByText('Reconnecting…').waitFor();
    await page.getByLabel('Goal').fill('Typed too late');
    service.feed.state.briefs = service.feed.state.briefs.filter((brief) => brief.number !== 21);
    service.feed.publish({ kind: 'briefRemoved', id: briefIdOf(21) });
    server.accept();
    await page.getByRole('button', { name: 'Make a new brief of it' }).click();
    await poll(() => page.getByLabel('Goal').inputValue()).toBe('Typed too late');
  });
});

describe('a new brief', () => {
  it('is kept until it is in the backlog', async () => {
    const { page, service } = await openWindow(`#/brief/new/${projectIdOf('api')}`);
    await page.getByLabel('Goal').waitFor();
    await page.keyboard.type('A new wish');
    await page.reload();
    await poll(() => page.getByLabel('Goal').inputValue()).toBe('A new wish');
    await page.getByRole('button', { name: 'Save to backlog' }).click();
    await page.waitForURL(/#\/board$/);
    expect(service.feed.state.briefs.at(-1)?.text.goal).toBe('A new wish');
    await page.goto(`${page.url().split('#')[0]}#/brief/new/${projectIdOf('api')}`);
    await poll(() => page.getByLabel('Goal').inputValue()).toBe('');
  });

  it('can be for another project, and is launched at once', async () => {
    const { page, service } = await openWindow(`#/brief/new/${projectIdOf('api')}`);
    await page.getByRole('button', { name: /Project/ }).click();
    await page.getByRole('option', { name: 'sample' }).click();
    await page.getByLabel('Goal').fill('A wish elsewhere');
    await page.getByLabel('Command', { exact: true }).fill('true');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/activity$/);
    expect(service.feed.state.briefs.at(-1)).toMatchObject({ projectId: projectIdOf('sample'), text: { goal: 'A wish elsewhere' } });
    expect(service.feed.state.briefs.at(-1)?.currentRun).not.toBeNull();
  });
});
