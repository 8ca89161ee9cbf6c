import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { KEY_LIST } from '../../src-renderer/settings/key-list.ts';
import { cannedDoctor } from './support/canned-doctor.ts';
import { createFakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
/** The machine may be busy: what is awaited has time. */
const soon = (read: () => unknown) => expect.poll(read, { timeout: 10_000 });
const body = (page: Page) => page.getByRole('region', { name: 'Settings', exact: true });

describe('the settings', () => {
  it('are found by other words for them, which are marked, in every section', async () => {
    const { page } = await openWindow('#/settings/about');
    await page.getByText('There is no account').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('PARALLEL');
    await page.getByRole('region', { name: 'Runs at once' }).waitFor();
    expect(await body(page).locator('mark').allTextContents()).toEqual(['parallel']);
    expect(await page.getByText('There is no account').count()).toBe(0);
    await page.getByRole('searchbox', { name: 'Search the settings' }).fill('budget minutes');
    await page.getByRole('region', { name: 'Time budget' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search the settings' }).fill('( [ teleport');
    await page.getByText('No setting is called that').waitFor();
    await page.getByRole('button', { name: 'Show all settings' }).click();
    await page.getByText('There is no account').waitFor();
  });

  it('keep their section in the address', async () => {
    const { page } = await openWindow('#/settings');
    await page.getByRole('radiogroup', { name: 'Theme' }).waitFor();
    await page.getByRole('link', { name: 'Data' }).click();
    await page.getByText('/home/ada/.local/share/drydock', { exact: true }).waitFor();
    expect(page.url()).toMatch(/#\/settings\/data$/);
    await page.reload();
    await page.getByText('/home/ada/.local/share/drydock', { exact: true }).waitFor();
    await page.goBack();
    await page.getByRole('radiogroup', { name: 'Theme' }).waitFor();
  });

  it('go from section to section by arrows, and from the search to the page with Escape', async () => {
    const { page } = await openWindow('#/settings/runs');
    await page.getByRole('link', { name: 'Runs', exact: true }).focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForURL(/#\/settings\/disk$/);
    await page.getByRole('heading', { name: 'Disk', level: 2 }).waitFor();
    expect(await page.getByRole('link', { name: 'Disk', exact: true }).evaluate((link) => link === link.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press('/');
    await page.keyboard.type('theme');
    await page.keyboard.press('Escape');
    const search = page.getByRole('searchbox', { name: 'Search the settings' });
    expect(await search.inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await page.keyboard.press('b');
    await page.waitForURL(/#\/brief\/new/);
  });

  it('change the theme by the keyboard, at once, and say that it is saved', async () => {
    const { page, service } = await openWindow('#/settings/appearance');
    await page.getByRole('radio', { name: 'As the system' }).focus();
    await page.keyboard.press('ArrowRight');
    await soon(() => service.feed.state.settings.theme).toBe('dark');
    await page.keyboard.press('ArrowRight');
    await soon(() => service.feed.state.settings.theme).toBe('light');
    await page.getByRole('status').getByText('Saved').waitFor();
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('light');
  });

  it('follow the system in its contrast too, as long as nothing else is chosen', async () => {
    const { page, service } = await openWindow('#/settings/appearance', undefined, { contrast: 'more', colorScheme: 'light' });
    await page.getByRole('radiogroup', { name: 'Theme' }).waitFor();
    const theme = () => page.evaluate('document.documentElement.dataset.theme');
    expect(await theme()).toBe('contrast');
    await page.emulateMedia({ contrast: 'no-preference' });
    await soon(theme).toBe('light');
    await page.emulateMedia({ contrast: 'more' });
    await soon(theme).toBe('contrast');
    service.feed.state.settings = { ...service.feed.state.settings, theme: 'dark' };
    service.feed.publish({ kind: 'settings', settings: service.feed.state.settings });
    await soon(theme).toBe('dark');
  });

  it('change the one that is named and no other', async () => {
    const service = createFakeService();
    Object.assign(service.feed.state.settings, { theme: 'light', slots: 7, timeBudgetMinutes: 25 });
    const { page } = await openWindow('#/settings/quitting', service);
    await page.getByRole('radio', { name: /^Leave them/ }).click({ force: true });
    await soon(() => service.feed.state.settings).toMatchObject({ onQuit: 'leave', theme: 'light', slots: 7, timeBudgetMinutes: 25, tourDone: true });
  });

  it('say so while the service has not taken a change yet', async () => {
    const { page, server, service } = await openWindow('#/settings/quitting');
    await page.getByRole('radio', { name: /^Ask/ }).waitFor();
    server.cut(true);
    await page.getByText('Reconnecting…').waitFor();
    await page.getByRole('radio', { name: /^Stop them/ }).click({ force: true });
    await page.getByText('Not saved yet: waits for the service').waitFor();
    server.accept();
    await soon(() => service.feed.state.settings.onQuit).toBe('stop');
    await page.getByText('Saved').waitFor();
  });

  it('are kept over a reload that comes before the service is back', async () => {
    const { page, server, service } = await openWindow('#/settings/quitting');
    await page.getByRole('radio', { name: /^Ask/ }).waitFor();
    server.cut(true);
    await page.getByText('Reconnecting…').waitFor();
    await page.getByRole('radio', { name: /^Stop them/ }).click({ force: true });
    await page.getByText('Not saved yet: waits for the service').waitFor();
    await page.reload();
    server.accept();
    await soon(() => service.feed.state.settings.onQuit).toBe('stop');
    expect(await page.getByRole('radio', { name: /^Stop them/ }).isChecked()).toBe(true);
    await soon(() => page.evaluate("localStorage.getItem('drydock.settings.pending')")).toBe(null);
  });

  it('say of the service and the machine what was last known, and ask again when it is back', async () => {
    const { page, server, service } = await openWindow('#/settings/data');
    await page.getByText('/home/ada/.local/share/drydock', { exact: true }).waitFor();
    const engine = page.getByRole('listitem').filter({ hasText: 'Container engine' });
    await engine.getByText('Fine').waitFor();
    server.cut(true);
    await page.getByText('until it stopped answering').waitFor();
    await page.getByText('As last looked at').waitFor();
    expect(await page.getByRole('button', { name: 'Look again' }).isDisabled()).toBe(true);
    service.doctor.report = () => cannedDoctor({ state: 'down', since: 1, fault: { code: 'engineUnavailable', message: 'No container engine answers.', next: 'Start Docker.' } });
    server.accept();
    await engine.getByText('Missing').waitFor();
    expect(await page.getByText('until it stopped answering').count()).toBe(0);
  });

  it('change one occasion of several, and the time budget by its field', async () => {
    const { page, service } = await openWindow('#/settings/notifications');
    await page.getByRole('checkbox', { name: /A run failed/ }).focus();
    await page.keyboard.press('Space');
    await soon(() => service.feed.state.settings.notify).toEqual({ ready: true, failed: false, attention: true });
    await page.getByRole('link', { name: 'Runs' }).click();
    const field = page.getByRole('textbox', { name: 'Time budget in minutes' });
    await field.fill('150');
    await page.keyboard.press('Enter');
    await soon(() => service.feed.state.settings.timeBudgetMinutes).toBe(150);
    await page.getByText('Over 2 hours').waitFor();
    await field.fill('nonsense');
    await page.keyboard.press('Tab');
    expect(await field.inputValue()).toBe('150');
  });

  it('report on the machine, with the next step of each trouble, as often as is asked', async () => {
    const service = createFakeService();
    const down = { state: 'down' as const, since: 1, fault: { code: 'engineUnavailable' as const, message: 'No container engine answers.', next: 'Start Docker.' } };
    service.doctor.report = () => cannedDoctor(down);
    const { page } = await openWindow('#/settings/data', service);
    const engine = page.getByRole('listitem').filter({ hasText: 'Container engine' });
    await engine.getByText('Missing').waitFor();
    await engine.getByText('Start Docker.').waitFor();
    service.doctor.report = () => cannedDoctor(service.feed.state.engine);
    await page.getByRole('button', { name: 'Look again' }).click();
    await engine.getByText('Fine').waitFor();
  });
});

const WINDOW = resolve(import.meta.dirname, '../../src-renderer');
/** The folders whose actions make up places of the list. The head of the board is the frame's. */
const SOURCES: readonly { readonly folders: readonly string[]; readonly places: readonly string[] }[] = [
  { folders: ['board', 'frame'], places: ['Everywhere', 'Go to', 'Board'] },
  { folders: ['brief'], places: ['Brief'] },
  { folders: ['history'], places: ['History'] },
  { folders: ['network'], places: ['Network'] },
  { folders: ['project'], places: ['Environment'] },
  { folders: ['review'], places: ['Review', 'Review queue'] },
  { folders: ['run'], places: ['Activity'] },
];

/** The keys that actions of a folder name, as the sources write them. */
const keysInSources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return keysInSources(path);
    return /\.tsx?$/.test(entry.name) ? [...readFileSync(path, 'utf8').matchAll(/\bkeys: '([^']+)'/g)].map(([, keys]) => keys ?? '') : [];
  });
const listedFor = (places: readonly string[]): string[] => KEY_LIST.filter(({ place }) => places.includes(place)).flatMap(({ keys }) => keys.map(([key]) => key));

describe('the list of keys', () => {
  const everywhere = listedFor(['Everywhere']);

  it.each(SOURCES)('has every key of $folders, and none that does nothing there', ({ folders, places }) => {
    const used = new Set(folders.flatMap((folder) => keysInSources(join(WINDOW, folder))));
    const listed = listedFor(places);
    expect([...used].filter((key) => !listed.includes(key) && !everywhere.includes(key))).toEqual([]);
    // Enter belongs to what has the focus, and the slash to the place that it is pressed at.
    expect(listed.filter((key) => !used.has(key) && !['Enter', '/'].includes(key))).toEqual([]);
  });

  it('knows every place that has keys', () => {
    const folders = readdirSync(WINDOW, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !['client', 'settings', 'ui'].includes(entry.name));
    expect(folders.map(({ name }) => name).filter((name) => keysInSources(join(WINDOW, name)).length > 0 && !SOURCES.some(({ folders: known }) => known.includes(name)))).toEqual([]);
  });
});
