import { describe, expect, it } from 'vitest';
import { cannedFleet, projectIdOf } from './support/canned.ts';
import { createFakeService, type FakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
/** A loaded machine may take its time; a poll ends as soon as it holds. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const SAMPLE = `#/project/${projectIdOf('sample')}`;
const sampleOf = (service: FakeService) => service.feed.state.projects.find((project) => project.name === 'sample' || project.id === projectIdOf('sample'));

describe('the environment', () => {
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
    await page.getByText('Must be an image reference.').waitFor();
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

  it('that was changed in another window is not overwritten unseen', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByLabel('Setup script').fill('mine');
    const project = sampleOf(service);
    if (project) {
      project.environment = { ...project.environment, setup: 'theirs' };
      service.feed.publish({ kind: 'project', project });
    }
    await page.getByText('was changed in another window').waitFor();
    expect(await page.getByLabel('Setup script').inputValue()).toBe('mine');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await poll(() => page.getByLabel('Setup script').inputValue()).toBe('theirs');
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
