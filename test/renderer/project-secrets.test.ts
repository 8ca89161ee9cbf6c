import { expect, it } from 'vitest';
import { projectIdOf } from './support/canned.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const SAMPLE = projectIdOf('sample');
const VALUE = 'qX7-first-line\nsecond-line-8821';

it('a secret is added, its value counts at once and is never shown again, its use is saved with the environment', async () => {
  const { page, service } = await openWindow(`#/project/${SAMPLE}`);
  await page.getByRole('button', { name: 'Secret', exact: true }).click();
  const form = page.getByRole('group', { name: 'Add a secret' });
  await form.getByLabel('Secret’s name').fill('NPM_TOKEN');
  await form.getByRole('textbox', { name: 'Value' }).fill('short');
  await form.getByRole('button', { name: 'Keep secret' }).click();
  await form.getByText('it has fewer than 6 characters').waitFor();
  expect(await service.secrets.facts(SAMPLE)).toEqual([]);
  await form.getByRole('textbox', { name: 'Value' }).fill(VALUE);
  await form.getByRole('radio', { name: 'File' }).click();
  await form.getByLabel('Path in the container').fill('~/.npmrc');
  await form.getByRole('button', { name: 'Keep secret' }).click();
  await page.getByRole('row', { name: 'NPM_TOKEN' }).getByText('Set').waitFor();
  expect((await service.secrets.reveal(SAMPLE, ['NPM_TOKEN'])).get('NPM_TOKEN')).toBe(VALUE);
  expect(service.feed.state.projects.find(({ id }) => id === SAMPLE)?.environment.secrets).toEqual([]);
  await page.keyboard.press('Control+s');
  await poll(() => service.feed.state.projects.find(({ id }) => id === SAMPLE)?.environment.secrets).toEqual([{ name: 'NPM_TOKEN', file: '~/.npmrc' }]);
  await page.getByRole('button', { name: 'Change NPM_TOKEN' }).click();
  expect(await page.getByRole('textbox', { name: 'Value' }).inputValue()).toBe('');
  expect(await page.evaluate<string>('JSON.stringify({ ...localStorage })')).not.toContain('qX7');
});

it('a reference is given by keyboard, and a secret is removed after a question', async () => {
  const { page, service } = await openWindow(`#/project/${SAMPLE}`);
  await service.secrets.keep(SAMPLE, 'OLD_TOKEN', { kind: 'environment', variable: 'OLD' });
  const sample = service.feed.state.projects.find(({ id }) => id === SAMPLE) ?? expect.fail('no project');
  sample.environment = { ...sample.environment, inject: [{ host: 'api.example.com', header: 'Authorization', secret: 'OLD_TOKEN' }] };
  await page.reload();
  await page.getByRole('row', { name: 'OLD_TOKEN' }).getByText('Variable', { exact: true }).waitFor();
  await page.getByRole('row', { name: 'OLD_TOKEN' }).focus();
  // Into the row from its end: Remove, then Change.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.getByLabel('Variable of this machine').fill('NEW');
  await page.keyboard.press('Enter');
  await poll(async () => (await service.secrets.facts(SAMPLE))[0]?.source).toEqual({ kind: 'environment', variable: 'NEW' });
  await page.getByRole('button', { name: 'Remove OLD_TOKEN' }).click();
  await page.getByRole('dialog').getByText('An added header says it: Authorization for api.example.com.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the secret' }).press('Enter');
  await poll(() => service.secrets.facts(SAMPLE)).toEqual([]);
  await page.getByRole('row', { name: 'OLD_TOKEN' }).waitFor({ state: 'detached' });
});
