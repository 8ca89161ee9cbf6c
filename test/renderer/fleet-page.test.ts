import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { engineWarnings } from '../../src-main/domain/engine/engine-warnings.ts';
import { cannedFleet } from './support/canned.ts';
import { createFakeService } from './support/fake-service.ts';
import { cannedMeasurement } from './support/fake-machine.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
/** The machine may be busy: what is awaited has time. */
const soon = (read: () => unknown) => expect.poll(read, { timeout: 10_000 });
const row = (page: Page, name: RegExp) => page.getByRole('grid', { name: 'Containers and runs' }).getByRole('row', { name });
const snapshots = (page: Page) => page.getByRole('grid', { name: 'Snapshots' });

/** Makes the page believe that its tab was put behind another, or was brought back. */
const hide = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} }); document.dispatchEvent(new Event('visibilitychange'))`);

describe('the fleet', () => {
  it('says what runs where and what it weighs, and why the others wait', async () => {
    const { page } = await openWindow('#/fleet');
    await row(page, /#12/).getByText('Working').waitFor();
    await row(page, /#12/).getByText('1.4 of 2').waitFor();
    expect(await row(page, /#12/).getByRole('meter', { name: 'Memory' }).getAttribute('aria-valuetext')).toBe('1.3 GiB of 4.0 GiB');
    await row(page, /#12/).getByText('Internet off').waitFor();
    await row(page, /#14/).getByText('Internet, for setup').waitFor();
    await row(page, /#17/).getByText('Every slot is taken').waitFor();
    await row(page, /#12/).getByRole('link').click();
    await page.getByRole('heading', { name: 'Add retries to the HTTP client' }).waitFor();
  });

  it('shows each new reading, and says which checks run on what', async () => {
    const { page, service } = await openWindow('#/fleet');
    await row(page, /#12/).getByText('1.4 of 2').waitFor();
    const next = cannedMeasurement();
    const [first] = next.containers;
    next.containers = [{ ...first!, cpus: 1.96, role: 'check-1-selection-ab12', network: 'bridge' }];
    service.machine.measure(next);
    await row(page, /#12/).getByText('2.0 of 2').waitFor();
    await row(page, /#12/).getByText('Check 2 on the selection').waitFor();
    // Outside of setting up the internet is told in red.
    await row(page, /#12/).getByText('Internet: full').waitFor();
  });

  it('moves nothing where the system asks for that', async () => {
    const service = createFakeService();
    service.machine.measure(null);
    const { page } = await openWindow('#/fleet', service, { reducedMotion: 'reduce' });
    await page.getByRole('status', { name: 'Reading the containers' }).waitFor();
    const moving = () => page.evaluate("document.getAnimations().filter(({ playState }) => playState === 'running').length");
    expect(await moving()).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await soon(moving).not.toBe(0);
  });

  it('reads the machine only while somebody looks', async () => {
    const { page, service } = await openWindow('#/fleet');
    await soon(() => service.machine.listeners).toBe(1);
    await hide(page, true);
    await soon(() => service.machine.listeners).toBe(0);
    await hide(page, false);
    await soon(() => service.machine.listeners).toBe(1);
    await page.getByRole('link', { name: 'History' }).click();
    await soon(() => service.machine.listeners).toBe(0);
  });

  it('goes on reading after the service was away, and says how old the numbers are meanwhile', async () => {
    const { page, server, service } = await openWindow('#/fleet');
    await row(page, /#12/).getByText('1.4 of 2').waitFor();
    server.cut(true);
    await page.getByText(/As read at .*; the service is not answering/).waitFor();
    // Nothing claims to be known now, and nothing is sent off into the dark.
    await page.getByRole('region', { name: 'Container engine' }).getByText('Up when last heard of').waitFor();
    expect(await page.getByRole('button', { name: 'Remove the snapshot of sample' }).isDisabled()).toBe(true);
    service.machine.snapshots = service.machine.snapshots.filter(({ key }) => key === 'env-a');
    server.accept();
    await page.getByText(/As read at/).waitFor({ state: 'detached' });
    await page.getByText('1 snapshot, 1.2 GiB').waitFor();
    await soon(() => service.machine.listeners).toBe(1);
  });

  it('shows no number of an engine that is away, says why, and looks again', async () => {
    const engine = { state: 'down' as const, since: 1, fault: { code: 'engineUnavailable' as const, message: 'No container engine answers.', next: 'Start Docker.' } };
    const { page, service } = await openWindow('#/fleet', createFakeService({ ...cannedFleet(), engine }));
    const panel = page.getByRole('region', { name: 'Container engine' });
    await panel.getByText('No container engine answers.').waitFor();
    await panel.getByText('Start Docker.').waitFor();
    await page.getByText('Containers cannot be seen while the engine is away.').waitFor();
    expect(await page.getByText('1.4 of 2').count()).toBe(0);
    await panel.getByRole('button', { name: 'Look again' }).click();
    await soon(() => service.requests).toContain('reconnectEngine');
  });

  it('sets the slots by mouse and by keyboard, and gives them back to automatic', async () => {
    const { page, service } = await openWindow('#/fleet');
    await page.getByRole('radio', { name: 'Fixed' }).click();
    await soon(() => service.feed.state.settings.slots).toBe(2);
    await page.getByRole('button', { name: 'Increase' }).click();
    await soon(() => service.feed.state.settings.slots).toBe(3);
    const field = page.getByRole('textbox', { name: 'Runs at once' });
    await field.focus();
    await page.keyboard.press('ArrowUp');
    await soon(() => service.feed.state.settings.slots).toBe(4);
    await field.fill('9999');
    await page.keyboard.press('Enter');
    await soon(() => service.feed.state.settings.slots).toBe(64);
    await field.fill('');
    await page.keyboard.press('Tab');
    expect(await field.inputValue()).toBe('64');
    await page.getByRole('radio', { name: 'Automatic' }).click();
    await soon(() => service.feed.state.settings.slots).toBe(null);
  });

  it('removes a snapshot after asking, never one in use', async () => {
    const { page, service } = await openWindow('#/fleet');
    await page.getByText('3 snapshots, 1.8 GiB and 1 of unknown size').waitFor();
    expect(await page.getByRole('button', { name: 'Remove the snapshot of api' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Remove the snapshot of sample' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove the snapshot of sample?' });
    await dialog.getByText('640 MiB become free.').waitFor();
    await page.keyboard.press('Escape');
    expect(service.machine.snapshots).toHaveLength(3);
    await page.getByRole('button', { name: 'Remove the snapshot of sample' }).click();
    await page.keyboard.press('Enter');
    await snapshots(page).getByRole('row', { name: /sample/ }).waitFor({ state: 'detached' });
    expect(service.machine.snapshots.map(({ key }) => key)).toEqual(['env-a', 'env-c']);
  });

  it('says when a snapshot has come into use meanwhile, and shows it so', async () => {
    const { page, service } = await openWindow('#/fleet');
    await page.getByRole('button', { name: 'Remove the snapshot of sample' }).click();
    service.machine.snapshots = service.machine.snapshots.map((each) => ({ ...each, inUse: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('A run under way uses this snapshot.').waitFor();
    await soon(() => snapshots(page).getByText('In use').count()).toBe(3);
  });

  it('resets an environment after asking, and says which results cannot be checked until it is set up again', async () => {
    const { page, service } = await openWindow('#/fleet');
    expect(await page.getByRole('button', { name: 'Reset the environment of api' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Reset the environment of sample' }).click();
    await page.getByRole('dialog', { name: 'Reset the environment of sample?' }).getByText('2 results in Review are checked in it').waitFor();
    await page.keyboard.press('Enter');
    await snapshots(page).getByRole('row', { name: /sample/ }).waitFor({ state: 'detached' });
    expect(service.machine.snapshots.map(({ key }) => key)).toEqual(['env-a', 'env-c']);
  });

  it('names what may go before it goes, and removes exactly that', async () => {
    const { page, service } = await openWindow('#/fleet');
    const disk = page.getByRole('region', { name: 'Disk' });
    await disk.getByText('Can free 812 MiB or more: 2 snapshots not used for 41 days, 1 image of an older Dockerfile, 3 logs of landed runs').waitFor();
    expect(await disk.getByRole('listitem').count()).toBe(6);
    await disk.getByText('Image of api, made 12 days ago; replaced by a newer one').waitFor();
    await disk.getByText('530 MiB in 2 images of Dockerfiles').waitFor();
    await disk.getByRole('button', { name: 'Free 812 MiB…' }).click();
    await page.keyboard.press('Escape');
    expect(service.machine.disk.steps).toHaveLength(6);
    await disk.getByRole('button', { name: 'Free 812 MiB…' }).click();
    await page.keyboard.press('Enter');
    await disk.getByText('Nothing of it may go now.').waitFor();
    expect(service.machine.disk.steps).toEqual([]);
  });

  it.each([
    [4, 'Too little'],
    [7, 'Little'],
    [12, 'Enough'],
  ])('calls %d GiB of free space %s', async (gib, word) => {
    const service = createFakeService();
    service.machine.disk = { ...service.machine.disk, spaces: service.machine.disk.spaces.map((space) => ({ ...space, freeBytes: gib * 2 ** 30 })) };
    const { page } = await openWindow('#/fleet', service);
    await page.getByRole('region', { name: 'Disk' }).getByText(word, { exact: true }).waitFor();
  });

  it('shows known weaknesses in full until they were read, then in one line', async () => {
    const warnings = engineWarnings({ runc: '1.1.5' });
    const fleet = cannedFleet();
    const engine = { state: 'up' as const, source: 'Docker', version: '20.10.24', cpus: 8, memoryBytes: 2 ** 34, architecture: 'amd64', warnings };
    const { page, service } = await openWindow('#/fleet', createFakeService({ ...fleet, engine }));
    const panel = page.getByRole('region', { name: 'Container engine' });
    await panel.getByText(/^CVE-2024-21626 in runc/).waitFor();
    await panel.getByRole('button', { name: 'Read, keep it short' }).click();
    await soon(() => service.feed.state.settings.readWarnings).toEqual(warnings.map(({ id }) => id));
    await panel.getByText(/^CVE-2024-21626 in runc/).waitFor({ state: 'hidden' });
    await panel.getByText('2 known weaknesses in what the engine is made of').click();
    await panel.getByText(/^CVE-2024-21626 in runc/).waitFor();
  });
});
