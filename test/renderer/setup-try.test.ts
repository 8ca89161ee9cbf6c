import { describe, expect, it } from 'vitest';
import { objectOf, projectIdOf } from './support/canned.ts';
import type { FakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const ID = projectIdOf('sample');
const SAMPLE = `#/project/${ID}`;
const runOf = (service: FakeService) => service.setupTries.of(ID)?.run;
const made = (reused = false) => [{ number: 1, base: null, snapshot: { key: 'k', image: 'i', tree: objectOf<never>('tree'), reused, receipt: null }, work: null, result: null, checks: [] }];

describe('trying the environment', () => {
  it('tries what is typed and not saved, by key, shows the log live, and what sealing it means', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByRole('textbox', { name: 'Setup script' }).fill('make all');
    await page.keyboard.press('Control+Enter');
    const panel = page.getByRole('region', { name: 'Try', exact: true });
    await poll(() => panel.getByTestId('try-state').innerText()).toBe('Preparing');
    const run = runOf(service);
    expect(run?.order.environment.setup).toBe('make all');
    service.setupTries.change(ID, { state: { name: 'settingUp' }, times: { preparing: 1, settingUp: 2 } });
    service.writeLog(run!.id, 'compiling\n', 'setup');
    await panel.getByText('compiling').waitFor();
    await panel.getByText('Setup has the internet and its secrets').waitFor();
    expect(await page.getByRole('button', { name: 'Trying…' }).isDisabled()).toBe(true);
    service.setupTries.change(ID, { state: { name: 'reviewable' }, endedAt: Date.now(), turns: made() });
    await panel.getByText('Save the environment: briefs then start from this at once.').waitFor();
    await page.keyboard.press('Control+s');
    await panel.getByText('The next brief starts from this at once.').waitFor();
    await panel.getByRole('button', { name: 'Keep' }).click();
    await panel.waitFor({ state: 'detached' });
    expect(service.setupTries.ended).toEqual([{ projectId: ID, keep: true }]);
  });

  it('is stopped, tried again, and discarded', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByRole('button', { name: 'Try setup' }).click();
    const panel = page.getByRole('region', { name: 'Try', exact: true });
    await panel.getByRole('button', { name: 'Stop' }).click();
    await panel.getByText('nothing of it is left').waitFor();
    const first = runOf(service)?.id;
    await page.getByRole('button', { name: 'Try setup' }).click();
    await poll(() => runOf(service)?.id).not.toBe(first);
    service.setupTries.change(ID, { state: { name: 'reviewable' }, endedAt: 1, turns: made() });
    await panel.getByRole('button', { name: 'Discard' }).click();
    await poll(() => service.setupTries.ended).toEqual([{ projectId: ID, keep: false }]);
  });

  it('offers no discarding of what it did not make', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByRole('button', { name: 'Try setup' }).click();
    const panel = page.getByRole('region', { name: 'Try', exact: true });
    await panel.waitFor();
    service.setupTries.change(ID, { state: { name: 'reviewable' }, endedAt: 1, turns: made(true) });
    await panel.getByText('It had been sealed before').waitFor();
    expect(await panel.getByRole('button', { name: 'Discard' }).count()).toBe(0);
    await page.getByRole('textbox', { name: 'Setup script' }).fill('other');
    await panel.getByText('The form has been changed since').waitFor();
  });

  it('says why it failed, with the command, the status, and the last lines, all of them harmless', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByRole('button', { name: 'Try setup' }).click();
    const panel = page.getByRole('region', { name: 'Try', exact: true });
    await panel.waitFor();
    service.setupTries.change(
      ID,
      { state: { name: 'failed', phase: 'settingUp', reason: { kind: 'commandFailed', exitCode: 127, outOfMemory: false } }, endedAt: 1 },
      { command: 'make \u202e<b>', line: 2, exitCode: 127, lastLines: ['bash: line 2: make: command not found'], cause: 'make is not in the image.', next: 'Choose an image that has make.' },
    );
    const alert = panel.getByRole('alert');
    await alert.getByText('make is not in the image.').waitFor();
    expect(await alert.innerText()).toContain('Line 2 ended: make ‹U+202E><b>, exit status 127'.replace('‹U+202E>', '‹U+202E›'));
    await alert.getByLabel('Last lines of the output').getByText('make: command not found').waitFor();
    expect(await panel.getByRole('button', { name: /^Shell/ }).count()).toBe(0);
    await panel.getByRole('button', { name: 'Close' }).click();
    await panel.waitFor({ state: 'detached' });
  });

  it('has a shell while setup runs and in what was sealed; Enter in it, or in the search of the log, saves nothing', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByRole('textbox', { name: 'Setup script' }).fill('make all');
    await page.getByRole('button', { name: 'Try setup' }).click();
    const panel = page.getByRole('region', { name: 'Try', exact: true });
    await panel.waitFor();
    service.setupTries.change(ID, { state: { name: 'reviewable' }, endedAt: 1, turns: made() });
    await panel.getByRole('button', { name: /^Shell/ }).click();
    await page.locator('.xterm-rows').getByText('agent@drydock').waitFor();
    await page.keyboard.type('ls\n');
    await poll(() => service.shells.all()[0]?.typed).toBe('ls\r');
    await panel.getByRole('searchbox').fill('x');
    await page.keyboard.press('Enter');
    expect(service.feed.state.projects.find(({ id }) => id === ID)?.environment.setup).not.toBe('make all');
    await page.getByRole('button', { name: 'Close shell' }).click();
    await poll(() => service.shells.all()[0]?.open).toBe(false);
  });

  it('is seen in every window, and found again after a reload', async () => {
    const { page, service } = await openWindow(SAMPLE);
    await page.getByRole('button', { name: 'Try setup' }).click();
    await page.getByTestId('try-state').waitFor();
    service.setupTries.change(ID, { state: { name: 'settingUp' } });
    await page.reload();
    await poll(() => page.getByTestId('try-state').innerText()).toBe('Setting up');
    expect(service.setupTries.of(ID)?.run.state.name).toBe('settingUp');
  });
});
