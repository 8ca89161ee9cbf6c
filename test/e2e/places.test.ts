import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkPolicy } from '../../src-main/contract/network.ts';
import { readSettings } from '../../src-main/core/service/settings.ts';
import { serveHttp, type HttpListener } from '../../src-main/wire/transports/serve-http.ts';
import { openBrowser, openPage } from '../renderer/support/browser.ts';
import { buildWindow } from '../renderer/support/build-window.ts';
import { inTurn } from '../renderer/support/in-turn.ts';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';
import { startWorld, type World } from '../support/world.ts';

describe('the places of the window on a real service, by keys', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let world: World;
  let http: HttpListener;
  let browser: Browser;

  beforeAll(async () => {
    world = await startWorld();
    test = await startDrydock({ reach: world.reach });
    small = await addSmallProject(test, { network: networkPolicy.parse({ rules: [{ host: 'allowed.test', methods: ['GET'] }] }) });
    await test.client.service.changeSettings({ commandId: newCommand(), settings: { tourDone: true } });
    http = await serveHttp({ router: test.drydock.router, staticDirectory: await buildWindow() });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await http.close();
    await test.dispose();
    await small.remove();
    world.close();
  });
  const store = () => test.drydock.core.deps.store;
  const opened = async () => {
    const watched = await openPage(browser, http.url);
    const { page } = watched;
    await page.getByRole('heading', { level: 1, name: 'Board' }).waitFor();
    await page.locator('.board').waitFor();
    return watched;
  };

  it('Fleet shows the container at work, Activity opens a shell in it, and Stop ends it', async () => {
    const run = await small.launch({ goal: 'Wait to be looked at', runsWith: { mode: 'script', command: 'echo at work; sleep 600' } });
    const { page, problems, strangers } = await opened();
    await inTurn(page, 'g', 'f');
    const row = page.getByRole('row', { name: /Wait to be looked at/ });
    await row.getByText('Working', { exact: true }).waitFor();
    await row.getByText(/^\d+(\.\d+)? [KMG]iB of /).waitFor();
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByText('at work').first().waitFor();

    await page.keyboard.press('t');
    const screen = page.locator('.xterm-rows');
    await screen.getByText('/workspace').first().waitFor();
    await page.keyboard.type('echo $((6 * 7)) > ~/seen; cat ~/seen; ls\n');
    await screen.getByText('42').first().waitFor();
    await screen.getByText('README.md').first().waitFor();
    await page.getByRole('button', { name: 'Close shell' }).press('Enter');

    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog', { name: 'Stop this run?' });
    await dialog.getByRole('button', { name: 'Stop the run' }).press('Enter');
    expect((await runEnd(test, run.id)).state.name).toBe('cancelled');
    await page.getByText('Cancelled in work.').first().waitFor();
    expect({ problems, strangers }).toEqual({ problems: [], strangers: [] });
  });

  it('Network shows what was refused, and a run that may reach it passes', async () => {
    const run = await runEnd(test, (await small.launch({ goal: 'Ask another host', runsWith: { mode: 'script', command: 'curl -fsS http://other.test/wanted || echo refused', internet: 'allowlist' } })).id);
    const { page, problems, strangers } = await opened();
    await page.keyboard.press('/');
    await page.keyboard.type('another host');
    await page.getByText('of 2 shown').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('article', { name: /Ask another host/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('viewed').or(page.getByText('No changes').first()).first().waitFor();
    await page.keyboard.press('4');
    await page.getByText('1 attempt, 1 refused').waitFor();
    await page.getByRole('checkbox', { name: /Allow other.test/ }).press('Space');
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Allow and run again' });
    await dialog.getByRole('button', { name: 'Allow and run again' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const runNow = () => store().brief(run.briefId)?.currentRun;
    await expect.poll(runNow).not.toBe(run.id);
    const again = await runEnd(test, runNow()!);
    expect((await wholeLog(test, again.id, 'work')).toString()).toBe('the world says hello\n');
    expect({ problems, strangers }).toEqual({ problems: [], strangers: [] });
  });

  it('History finds a run by what it printed, and Settings keeps what is chosen', async () => {
    const run = await runEnd(test, (await small.launch({ goal: 'Say a rare word', runsWith: { mode: 'script', command: 'echo xylophone > said.txt; echo the xylophone plays' } })).id);
    const { page, problems, strangers } = await opened();
    await inTurn(page, 'g', 'h');
    await page.getByRole('grid', { name: 'Runs' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('xylophone plays');
    await page.getByText('1 run', { exact: true }).waitFor();
    await page.getByRole('row', { name: /Say a rare word/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /Say a rare word/ }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Say a rare word' }).waitFor();
    expect(page.url()).toContain(run.briefId);

    await inTurn(page, 'g', 's');
    await page.getByRole('radio', { name: 'Light' }).press('Space');
    await expect.poll(() => readSettings(store()).theme).toBe('light');
    await page.reload();
    await page.locator('html[data-theme=light]').waitFor({ state: 'attached' });
    expect({ problems, strangers }).toEqual({ problems: [], strangers: [] });
  });
});
