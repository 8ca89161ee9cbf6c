import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { briefIdOf, projectIdOf, runIdOf } from './support/canned.ts';
import { cannedReceipt, ENTRIES, entryFor, FAILED, networkService, secretFound } from './support/canned-network.ts';
import { createFakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const NETWORK = `#/brief/${briefIdOf(12)}/network`;
const ACTIVITY = `#/brief/${briefIdOf(12)}/activity`;
const RUN = runIdOf(12);

describe('the network tab', () => {
  it('is there only when there is something in it, and has a key', async () => {
    const off = await openWindow(ACTIVITY);
    await off.page.getByRole('link', { name: 'Review', exact: true }).last().waitFor();
    expect(await off.page.getByRole('link', { name: 'Network' }).count()).toBe(0);
    const { page } = await openWindow(ACTIVITY, networkService());
    await page.getByRole('link', { name: 'Network' }).waitFor();
    await page.keyboard.press('4');
    await page.getByText('Only these hosts, by name').waitFor();
  });

  it('shows the refused first, with the reason, and them alone when asked', async () => {
    const { page } = await openWindow(NETWORK, networkService({ state: FAILED }));
    await page.getByText('220 attempts, 6 refused').waitFor();
    const rows = page.locator('.network-table tbody tr');
    expect(await Promise.all((await rows.all()).map((row) => row.getAttribute('data-refused')))).toEqual(['notAllowed', 'notAllowed', 'notAName', 'methodNotAllowed', null]);
    await page.getByText('The host is allowed, this method is not.').waitFor();
    await page.getByRole('radio', { name: 'Refused' }).click();
    await expect.poll(() => rows.count()).toBe(4);
    expect((await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()).violations).toEqual([]);
  });

  it('reads again when the counts of the run move, and cannot allow before its end', async () => {
    const service = networkService({ entries: [] });
    const { page } = await openWindow(NETWORK, service);
    await page.getByText('It has asked for nothing yet.').waitFor();
    service.network.set(RUN, [...ENTRIES, entryFor('new.example.com')]);
    const progress = service.feed.state.progress.find((each) => each.runId === RUN)!;
    service.feed.publish({ kind: 'progress', progress: { ...progress, network: { asked: 221, refused: 6 } } });
    await page.getByText('new.example.com:443').waitFor();
    await page.getByText('its network is fixed').waitFor();
    expect(await page.getByRole('button', { name: 'Allow and run again' }).isDisabled()).toBe(true);
  });

  it('allows what was ticked, by the keyboard, and goes to the new run', async () => {
    const { page, service } = await openWindow(NETWORK, networkService({ state: FAILED }));
    const box = page.getByRole('checkbox', { name: /Allow gist.github.com/ });
    await box.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Allow and run again' });
    const list = dialog.getByRole('list', { name: 'Rules to be added' });
    await list.getByText('gist.github.com is shared by everybody').waitFor();
    expect(await list.getByRole('listitem').count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(() => service.feed.state.runs.find((run) => run.briefId === briefIdOf(12) && run.state.name === 'queued')).toBeDefined();
    await expect.poll(() => page.url()).toContain('/activity');
    expect(service.allowed).toEqual([{ runId: RUN, rules: [ENTRIES[2]!.wouldNeed], remember: false }]);
  });

  it('lets each rule be narrowed, or left out, before anything is allowed', async () => {
    const { page, service } = await openWindow(NETWORK, networkService({ state: FAILED }));
    for (const host of ['gist.github.com', 'api.example.net', 'packages.example.com']) await page.getByRole('checkbox', { name: new RegExp(`Allow ${host}`) }).press('Space');
    await page.getByRole('button', { name: 'Allow and run again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Allow and run again' });
    await dialog.getByText('It asked: POST /publish.').waitFor();
    const first = dialog.getByRole('group', { name: 'Host 1' });
    expect(await first.getByLabel('Host', { exact: true }).inputValue()).toBe('api.example.net');
    await first.getByLabel('Path below').fill('v1');
    await dialog.getByText('A rule has to be corrected first.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Allow and run again' }).isDisabled()).toBe(true);
    await first.getByLabel('Path below').fill('/v1');
    await first.getByRole('button', { name: 'Methods: Any method' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'GET' }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('checkbox', { name: /gist.github.com/ }).press('Space');
    await dialog.getByRole('checkbox', { name: /packages.example.com/ }).press('Space');
    expect(await dialog.getByRole('group', { name: /^Host/ }).count()).toBe(1);
    await dialog.getByRole('button', { name: 'Allow and run again' }).click();
    await expect.poll(() => service.allowed).toEqual([{ runId: RUN, rules: [{ host: 'api.example.net', port: null, methods: ['GET'], path: '/v1', allowPrivate: false }], remember: false }]);
  });
});

describe('a receipt', () => {
  it('says what was searched, and opens to all of it', async () => {
    const { page } = await openWindow(ACTIVITY, networkService({ mode: 'off', receipt: cannedReceipt() }));
    await page.getByText('Sealed: 12,408 files (296 MiB) searched for 2 secrets in 5 forms; 3 hiding places cleared; nothing found').click();
    await page.getByText('/home/agent/.netrc').waitFor();
    await page.getByText('What was encrypted or compressed cannot be searched').waitFor();
    await page.getByRole('link', { name: 'Network' }).click();
    await page.getByText('Nothing leaves').waitFor();
  });

  it('of a seal that failed shows the places and the next step', async () => {
    const { page } = await openWindow(NETWORK, networkService({ mode: 'off', state: secretFound() }));
    const box = page.getByRole('region', { name: 'What sealing found' });
    await box.waitFor();
    // What was found, where, and the next step come first, in one box; what was searched is folded below.
    expect(await box.innerText()).toMatch(/^\s*Not sealed: a secret was left in 1 place\s+PACKAGES_TOKEN in \/workspace\/.cache\/config.json, as base64\s+Have setup delete it at its end.*run again\.\s+12,408 files/s);
    await page.keyboard.press('2');
    await page.getByText('behind in /workspace/.cache/config.json; nothing was sealed.').waitFor();
    // Said above it already.
    expect(await page.getByText('Have setup delete it at its end').count()).toBe(1);
  });
});

describe('a brief', () => {
  it('begins with the internet of its project, and can choose another', async () => {
    const service = createFakeService();
    const project = service.feed.state.projects[0]!;
    project.environment = { ...project.environment, network: { ...project.environment.network, mode: 'allowlist' } };
    const { page } = await openWindow(`#/brief/new/${projectIdOf('api')}`, service);
    await page.getByText('Internet: allow-list').waitFor();
    await page.getByRole('radio', { name: 'Full' }).click();
    await page.getByText('it can send to anybody').waitFor();
    await page.getByText('Internet: full').waitFor();
  });
});
