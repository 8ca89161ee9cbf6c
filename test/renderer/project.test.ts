import { describe, expect, it } from 'vitest';
import { briefIdOf, cannedFleet, projectIdOf } from './support/canned.ts';
import { createFakeService, type FakeService } from './support/fake-service.ts';
import { focused } from './support/focused.ts';
import { useWindows } from './support/open-window.ts';
import { inTurn } from './support/in-turn.ts';

const openWindow = useWindows();
/** A loaded machine may take its time; a poll ends as soon as it holds. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const SAMPLE = `#/project/${projectIdOf('sample')}`;
const sampleOf = (service: FakeService) => service.feed.state.projects.find((project) => project.name === 'sample' || project.id === projectIdOf('sample'));

const setTheirs = (service: FakeService): void => {
  const project = sampleOf(service);
  if (!project) throw new Error('There is no sample.');
  project.environment = { ...project.environment, setup: 'theirs' };
  service.feed.publish({ kind: 'project', project });
};

describe('the environment', () => {
  it('goes back to the page that it was opened from, and that to the board, by one key', async () => {
    const { page } = await openWindow('#/board');
    const back = page.locator('.header-back');
    await page.locator('.board [data-brief="8"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('.no-result').waitFor();
    await page.keyboard.press('e');
    await page.waitForURL(/#\/project\//);
    await page.getByRole('heading', { name: 'Environment', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: '#8 Migrate the tests to the new runner', exact: true }).getAttribute('aria-keyshortcuts')).toBe('u');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Go back', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('u');
    await page.waitForURL(new RegExp(`${briefIdOf(8)}/review`));
    await page.locator('.no-result').waitFor();
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Go back', { exact: true }).count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await page.getByLabel('Goal').waitFor();
    expect(await back.textContent()).toContain('Board');
    await page.keyboard.press('u');
    await page.locator('.board').waitFor();
    // From the queue, and from a list, by their names.
    await page.goto(page.url().replace(/#.*/, '#/review'));
    await page.locator('[data-waiting]').first().waitFor();
    await inTurn(page, 'g', 'e');
    await back.getByText('Review', { exact: true }).waitFor();
    await page.keyboard.press('u');
    await page.locator('[data-waiting]').first().waitFor();
  });

  it('is proposed from the repository’s own files, changed, and saved by key', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByText('package-lock.json: npm ci').waitFor();
    await page.getByRole('button', { name: 'Use this' }).click();
    await page.getByText('The next run sets the environment up again').waitFor();
    await page.getByRole('textbox', { name: 'Variables' }).pressSequentially('A=1\nB');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved. The next run uses it.').waitFor();
    expect(sampleOf(service)?.environment).toMatchObject({ setup: 'npm ci', lockFiles: ['package-lock.json'], variables: { A: '1', B: '' } });
    expect(await page.getByRole('textbox', { name: 'Variables' }).inputValue()).toBe('A=1\nB=');
  });

  it('keeps what was typed over a reload, also what cannot be saved', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByLabel('Image', { exact: true }).fill('no image!');
    await page.getByRole('textbox', { name: 'Variables' }).fill('A=1\n2=b\nA=2');
    await page.reload();
    await page.getByText('Must be the name of an image, as in node:24.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Variables' }).inputValue()).toBe('A=1\n2=b\nA=2');
    await page.getByText('Line 2: a name has letters').waitFor();
    expect(await page.getByRole('button', { name: 'Save environment' }).isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Variables' }).fill('A=1');
    await page.getByLabel('Image', { exact: true }).fill('node:24');
    await page.getByRole('button', { name: 'Save environment' }).click();
    await poll(() => sampleOf(service)?.environment).toMatchObject({ image: 'node:24', variables: { A: '1' } });
  });

  it('says that limits leave the snapshot as it is, and is set back', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByLabel('CPUs').fill('4');
    await page.getByText('Its snapshot stays as it is.').waitFor();
    await page.getByRole('button', { name: 'Set back' }).click();
    expect(await page.getByLabel('CPUs').inputValue()).toBe('2');
    expect(sampleOf(service)?.environment.limits.cpus).toBe(2);
  });

  it('that was changed in another window is not overwritten unseen: nothing is saved until one is chosen', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByRole('textbox', { name: 'Setup script' }).fill('mine');
    setTheirs(service);
    await page.getByText('The two differ in Setup script.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Setup script' }).inputValue()).toBe('mine');
    await page.getByText('Choose first which of the two is to stay.').waitFor();
    await page.keyboard.press('Control+s');
    expect(await page.getByRole('button', { name: 'Save environment' }).isDisabled()).toBe(true);
    // Neither is a conflict forgotten with the page.
    await page.reload();
    await page.getByText('The two differ in Setup script.').waitFor();
    expect(sampleOf(service)?.environment.setup).toBe('theirs');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await poll(() => page.getByRole('textbox', { name: 'Setup script' }).inputValue()).toBe('theirs');
    await page.getByRole('button', { name: 'Bring mine back' }).click();
    await poll(() => page.getByRole('textbox', { name: 'Setup script' }).inputValue()).toBe('mine');
    await page.keyboard.press('Control+s');
    await poll(() => sampleOf(service)?.environment.setup).toBe('mine');
  });

  it('keeps the choice between two in sight, however far it is scrolled', async () => {
    // A window of 1280 by 720 at 200 %.
    const { page, service } = await openWindow(SAMPLE, undefined, { viewport: { width: 640, height: 360 } });
    await page.getByRole('textbox', { name: 'Setup script' }).fill('mine');
    setTheirs(service);
    await page.getByText('The two differ in Setup script.').waitFor();
    await page.evaluate("document.querySelector('.environment-fields').scrollTo(0, 1e6)");
    const seen = "(() => { const { top, bottom } = document.querySelector('.environment-conflict').getBoundingClientRect(); const box = document.querySelector('.environment-fields').getBoundingClientRect(); return top >= box.top - 1 && bottom <= box.bottom && document.querySelector('.environment-fields').scrollTop > 100; })()";
    await poll(() => page.evaluate(seen)).toBe(true);
  });

  it('that the service has otherwise than this window believes is refused, shown, and saved by choice', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByRole('textbox', { name: 'Setup script' }).fill('mine');
    // Changed, and the word of it is still on its way.
    const project = sampleOf(service);
    if (project) project.environment = { ...project.environment, setup: 'theirs' };
    await page.keyboard.press('Control+s');
    await page.getByText('The two differ in Setup script.').waitFor();
    expect(sampleOf(service)?.environment.setup).toBe('theirs');
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByText('Saved. The next run uses it.').waitFor();
    expect(sampleOf(service)?.environment.setup).toBe('mine');
  });

  it('says how many fields are wrong, and goes to the first', async () => {
    const { page } = await openWindow(SAMPLE);
    const image = page.getByLabel('Image', { exact: true }).first();
    await image.fill('no image!');
    await page.getByText('1 field has to be corrected first.').waitFor();
    await page.getByRole('button', { name: 'Service', exact: true }).click();
    const service = page.getByRole('group', { name: 'Service 1' });
    await service.getByLabel('Name').fill('No Name');
    await page.getByRole('button', { name: 'Host', exact: true }).click();
    await page.getByRole('textbox', { name: 'Host', exact: true }).fill('https://example.com');
    // The image, name and image of the service, and the host.
    await page.getByText('4 fields have to be corrected first.').waitFor();
    const name = service.getByLabel('Name');
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    const said = await name.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${said}"]`).textContent()).toContain('Lower case letters');
    // It is not held against a field that nothing was typed in yet.
    expect(await service.getByLabel('Image').getAttribute('aria-invalid')).toBe('false');
    await page.getByRole('button', { name: 'Go to the first' }).click();
    expect(await focused(page, 'aria-describedby')).toBe(await image.getAttribute('aria-describedby'));
  });

  it('cannot be saved or tried while the service is away, which says why; what was typed before, meanwhile and over a reload is kept', async () => {
    const { page, service, server } = await openWindow(SAMPLE);
    await page.getByRole('textbox', { name: 'Setup script' }).fill('before');
    server.cut(true);
    await page.getByText('Reconnecting…').waitFor();
    await page.getByText('what you typed is kept here').waitFor();
    for (const name of ['Save environment', 'Try setup']) {
      const button = page.getByRole('button', { name });
      expect([await button.isDisabled(), await button.getAttribute('title')]).toEqual([true, 'The service is not answering']);
    }
    await page.getByRole('textbox', { name: 'Variables' }).fill('A=1');
    server.accept();
    await page.getByText('Reconnecting…').waitFor({ state: 'detached' });
    await page.getByText('Not saved yet.').waitFor();
    expect(sampleOf(service)?.environment.setup).toBe('');
    expect(await page.getByRole('textbox', { name: 'Variables' }).inputValue()).toBe('A=1');
    await page.reload();
    await poll(() => page.getByRole('textbox', { name: 'Variables' }).inputValue()).toBe('A=1');
    await page.keyboard.press('Control+s');
    await poll(() => sampleOf(service)?.environment).toMatchObject({ setup: 'before', variables: { A: '1' } });
  });
});

describe('the project', () => {
  it('is renamed and recoloured by keyboard', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByLabel('Name', { exact: true }).fill('Sample <b>');
    await page.keyboard.press('Enter');
    await poll(() => sampleOf(service)?.name).toBe('Sample <b>');
    await page.getByRole('radio', { name: 'green' }).focus();
    await page.keyboard.press('ArrowRight');
    await poll(() => sampleOf(service)?.colour).toBe(4);
  });

  it('keeps a name that is being typed over a reload, and drops it with Escape', async () => {
    const { page, service } = await openWindow(SAMPLE);
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('Half a na');
    await page.reload();
    await poll(() => name.inputValue()).toBe('Half a na');
    expect(sampleOf(service)?.name).toBe('sample');
    await name.press('Escape');
    expect(await name.inputValue()).toBe('sample');
    await page.reload();
    await poll(() => name.inputValue()).toBe('sample');
  });

  it('is not removed while a run is under way, and is removed after a question', async () => {
    const { page } = await openWindow(SAMPLE);
    await page.getByRole('button', { name: 'Remove the project…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the project' }).click();
    await page.getByRole('alert').getByText('A run of this project is under way.').waitFor();
    const idle = { ...cannedFleet(), runs: [], progress: [], waiting: {} };
    for (const brief of idle.briefs) brief.currentRun = null;
    const { page: other, service } = await openWindow(SAMPLE, createFakeService(idle));
    await other.getByRole('button', { name: 'Remove the project…' }).click();
    await other.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
    expect(sampleOf(service)).toBeDefined();
    await other.getByRole('button', { name: 'Remove the project…' }).click();
    await other.getByRole('dialog').getByRole('button', { name: 'Remove the project' }).click();
    await other.waitForURL(/#\/board/);
    expect(sampleOf(service)).toBeUndefined();
  });
});
