import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src-main/adapters/sqlite/open-store.ts';
import { startBareEngine } from '../support/bare-engine.ts';
import { type Bundles, buildBundles } from '../support/electron-stand-in/built-bundles.ts';
import type { OpenedWindow } from '../support/electron-stand-in/browser-window.ts';
import { launchChromium } from '../support/electron-stand-in/chromium.ts';
import { runShell } from '../support/electron-stand-in/run-shell.ts';
import type { StandIn } from '../support/electron-stand-in/stand-in.ts';
import { sampleBrief, sampleProject, sampleRun, sampleRunId } from '../support/sample-documents.ts';

const FOLDER = 'test-results-fleet';
const browser = launchChromium();
let bundles: Bundles;
beforeAll(async () => {
  bundles = await buildBundles(FOLDER);
});
afterAll(async () => {
  await (await browser).close();
  await rm(join(import.meta.dirname, '../..', FOLDER), { recursive: true, force: true });
});

describe('the fleet in the shell', () => {
  let folder: string;
  let shell: StandIn;
  let engine: { close(): Promise<void> } | null = null;
  const dockerHost = process.env['DOCKER_HOST'];

  /** A run whose container nobody knows: under way for as long as no engine is there to say so. */
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drydock-shell-'));
    process.env['DOCKER_HOST'] = `unix://${join(folder, 'engine.sock')}`;
    await mkdir(join(folder, 'data'), { mode: 0o700 });
    const store = openStore({ directory: join(folder, 'data') });
    const brief = { ...sampleBrief(1, 'Paint the shed'), currentRun: sampleRunId(1) };
    store.commit({ at: 1, events: [], projects: [sampleProject(1)], briefs: [brief], runs: [sampleRun(1, brief, { state: { name: 'working', container: 'gone' } })] });
    await store.close();
    shell = await runShell({
      shell: bundles.shell,
      userData: join(folder, 'profile'),
      browser,
      args: ['--data-dir', join(folder, 'data')],
      files: { '/': { type: 'text/html', body: '<!doctype html><title>Drydock</title>' } },
    });
  });
  afterEach(async () => {
    await shell.dispose();
    await engine?.close();
    engine = null;
    if (dockerHost === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = dockerHost;
    await rm(folder, { recursive: true, force: true });
  });

  const comesUp = async (): Promise<void> => {
    engine = await startBareEngine(join(folder, 'engine.sock'));
  };
  const seen = (words: string) => expect.poll(() => shell.trays[0]?.toolTip, { timeout: 20_000 }).toBe(`Drydock: ${words}`);
  const stateAfterwards = async (): Promise<string | undefined> => {
    const store = openStore({ directory: join(folder, 'data') });
    const state = store.run(sampleRunId(1))?.state.name;
    await store.close();
    return state;
  };
  const shownWindow = async (): Promise<OpenedWindow> => {
    const window = await shell.firstWindow();
    await window.shown;
    return window;
  };

  it('counts in the tray, which is the way back when the window is closed', async () => {
    const window = await shownWindow();
    await seen('1 running');
    expect(shell.trays[0]?.menu.map(({ label }) => label)).toEqual(['1 running', undefined, 'Show Drydock', 'Open review queue', undefined, 'Quit Drydock']);
    await window.close();
    expect(shell.windows).toEqual([]);
    shell.trays[0]?.choose('Open review queue');
    const page = await (await shownWindow()).page;
    await page.waitForURL('**/#/review');
    expect(shell.services).toHaveLength(1);
  });

  it('asks what becomes of the run, stays when told to, and leaves it running', async () => {
    await seen('1 running');
    shell.trays[0]?.choose('Quit Drydock');
    expect(await shell.dialog(0)).toMatchObject({ message: 'A run is under way.', buttons: ['Leave it running', 'Stop it', 'Cancel'], cancelId: 2 });
    // Asked twice is answered once.
    shell.requestQuit();
    shell.answerDialog(0, { response: 2 });
    // The answer has been taken once everything that was due has run.
    await new Promise((resolve) => setImmediate(resolve));
    shell.requestQuit();
    await shell.dialog(1).then(() => shell.answerDialog(1, { response: 0 }));
    expect(await shell.quit).toBe(0);
    expect(shell.dialogs).toHaveLength(2);
    expect(shell.services[0]?.child.exitCode).toBe(0);
    expect(await stateAfterwards()).toBe('working');
  });

  it('stops the run when told to, and quits once it has ended', async () => {
    await seen('1 running');
    shell.answers.push({ response: 1 });
    shell.requestQuit();
    await shell.dialog(0);
    await comesUp();
    expect(await shell.quit).toBe(0);
    expect(await stateAfterwards()).toBe('cancelled');
  });

  it('tells of the end while nobody looks, and a click shows it', async () => {
    const window = await shownWindow();
    await seen('1 running');
    window.focused = false;
    await comesUp();
    const notification = await shell.notification(0);
    expect(notification.options).toEqual({ title: 'Failed', body: '#1 Paint the shed — Lost.' });
    await seen('1 failed');
    notification.click();
    await (await window.page).waitForURL('**/#/brief/brf_000000000001/activity?run=run_000000000001');
    expect(window.calls.slice(-2)).toEqual(['show', 'focus']);
    expect(shell.windows).toHaveLength(1);
  });

  it('loads a crashed page once by itself, and asks the next time', async () => {
    const window = await shownWindow();
    window.crash('clean-exit');
    window.crash('oom');
    expect(window.calls.filter((call) => call === 'reload')).toHaveLength(1);
    window.crash();
    expect(await shell.dialog(0)).toMatchObject({ buttons: ['Load again', 'Close the window'] });
    expect(window.calls.filter((call) => call === 'reload')).toHaveLength(1);
    shell.answerDialog(0, { response: 1 });
    await expect.poll(() => shell.windows).toEqual([]);
    shell.trays[0]?.click();
    await shownWindow();
  });
});
