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
    const { page } = await openWindow(ACTIVITY, networkService({ mode: 'off', state: secretFound() }));
    await page.getByText('/workspace/.cache/config.json: PACKAGES_TOKEN, base64').waitFor();
    await page.getByText('Let setup remove it from the file, then run again.').waitFor();
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
