import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readHolder } from '../../src-main/adapters/files/claim-data-directory.ts';
import type { ShellMessage } from '../../src-main/shell/service-messages.ts';
import { channels } from '../../src-main/shell/channels.ts';
import { type Bundles, buildBundles } from '../support/electron-stand-in/built-bundles.ts';
import { launchChromium } from '../support/electron-stand-in/chromium.ts';
import { PAGE_BINDING } from '../support/electron-stand-in/page-shim.ts';
import { runShell } from '../support/electron-stand-in/run-shell.ts';
import type { StandIn } from '../support/electron-stand-in/stand-in.ts';
import { type ForkedService, standInFork } from '../support/electron-stand-in/utility-process.ts';

interface Hello {
  readonly pid: number;
  readonly dataDirectory: string;
}

const browser = launchChromium();
let bundles: Bundles;
const folders: string[] = [];
const shells: StandIn[] = [];

beforeAll(async () => {
  bundles = await buildBundles();
});
afterAll(async () => (await browser).close());
async function endAll(): Promise<void> {
  for (const shell of shells.splice(0)) await shell.dispose();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-shell-'));
  folders.push(folder);
  return folder;
}

async function start(given?: string): Promise<StandIn> {
  const folder = given ?? (await newFolder());
  const shell = await runShell({
    shell: bundles.shell,
    userData: join(folder, 'profile'),
    browser,
    args: ['--data-dir', join(folder, 'data')],
    files: {
      '/': { type: 'text/html', body: '<!doctype html><title>Drydock</title><script src="client.js" defer></script>' },
      '/client.js': { type: 'text/javascript', body: bundles.pageClient },
    },
  });
  shells.push(shell);
  return shell;
}

async function shownPage(shell: StandIn): Promise<Page> {
  const window = await shell.firstWindow();
  await window.shown;
  return window.page;
}

/** Asks the service who it is; after a restart, `notPid` is the one that is gone. */
const hello = (page: Page, notPid = 0): Promise<Hello> => page.evaluate(`hello(${notPid})`);

describe('from start to quit', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await newFolder();
  });
  afterEach(endAll);

  it('gives the page a port to the real service, and another one after the service was killed', async () => {
    const shell = await start(folder);
    const page = await shownPage(shell);
    const first = await hello(page);
    expect(first).toMatchObject({ pid: shell.services[0]?.child.pid, dataDirectory: join(folder, 'data') });

    shell.services[0]?.child.kill('SIGKILL');
    const second = await hello(page, first.pid);
    expect(second.pid).toBe(shell.services[1]?.child.pid);
    expect(second.pid).not.toBe(first.pid);
    expect(shell.dialogs).toEqual([]);
  });

  it('quits once the service has ended by itself', async () => {
    const shell = await start(folder);
    await hello(await shownPage(shell));
    shell.requestQuit();
    expect(await shell.quit).toBe(0);
    expect(shell.services).toHaveLength(1);
    expect(shell.services[0]?.child).toMatchObject({ exitCode: 0, signalCode: null });
  });

  it('stays when its window is closed, quits when told to, and opens the next one in the same place', async () => {
    const shell = await start(folder);
    const window = await shell.firstWindow();
    await window.shown;
    await window.close();
    expect(shell.services[0]?.child).toMatchObject({ exitCode: null, signalCode: null });
    shell.requestQuit();
    expect(await shell.quit).toBe(0);
    const saved: unknown = JSON.parse(await readFile(join(folder, 'data/window/window.json'), 'utf8'));
    expect(saved).toEqual({ x: 40, y: 40, width: 1280, height: 820, maximized: false });

    const next = await (await start(folder)).firstWindow();
    expect(next.options).toMatchObject({ x: 40, y: 40, width: 1280, height: 820 });
  });

  it('a second instance brings the first one forward and leaves', async () => {
    const first = await start(folder);
    const window = await first.firstWindow();
    await window.shown;
    window.minimized = true;
    const second = await start(folder);
    expect(await second.quit).toBe(0);
    expect(second.windows).toEqual([]);
    expect(second.services).toEqual([]);
    expect(window.calls.slice(-3)).toEqual(['restore', 'show', 'focus']);
    expect(first.windows).toHaveLength(1);
  });

  it('says who holds the data when another service has it, and tries again when told to', async () => {
    const others: ForkedService[] = [];
    const data = join(folder, 'data');
    standInFork(others)(join(dirname(bundles.shell), 'service.js'), ['--data-dir', data]).postMessage({ type: 'start', secretKey: null } satisfies ShellMessage);
    const holder = others[0]?.child;
    await expect.poll(() => readHolder(data), { timeout: 20_000 }).toMatchObject({ pid: holder?.pid });

    const shell = await start(folder);
    const shown = await shell.dialog(0);
    expect(shown).toMatchObject({ type: 'error', buttons: ['Try again', 'Quit'] });
    expect(shown.message).toContain(String(holder?.pid));
    expect(shell.services).toHaveLength(1);

    const freed = new Promise((resolve) => holder?.once('exit', resolve));
    holder?.kill('SIGKILL');
    await freed;
    shell.answerDialog(0, { response: 0 });
    const { pid } = await hello(await shownPage(shell));
    expect(pid).toBe(shell.services[1]?.child.pid);
  });

  it('tells a person and stops trying when the service keeps ending, and quits when told to', async () => {
    const shell = await start(folder);
    const page = await shownPage(shell);
    for (let pid = 0, end = 1; end <= 6; end++) {
      ({ pid } = await hello(page, pid));
      shell.services.at(-1)?.child.kill('SIGKILL');
    }
    expect((await shell.dialog(0)).message).toContain('ended 6 times within a minute');
    expect(shell.services).toHaveLength(6);
    shell.answerDialog(0, { response: 1 });
    expect(await shell.quit).toBe(0);
  });
});

describe('guards', () => {
  let shell: StandIn;
  let page: Page;
  beforeAll(async () => {
    shell = await start();
    page = await shownPage(shell);
  });
  beforeEach(async () => {
    shell.dialogs.splice(0);
    shell.openedAddresses.splice(0);
    (await shell.firstWindow()).attempts.splice(0);
  });
  afterAll(endAll);

  it('shows the page with every switch of isolation on', async () => {
    const { options } = await shell.firstWindow();
    expect(options.webPreferences).toMatchObject({
      contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false, webSecurity: true,
    });
    expect(options.show).toBe(false);
    expect(shell.switches).toContain('sandbox');
    expect(shell.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    expect(await page.evaluate('Object.keys(drydock).sort()')).toEqual(['openExternal', 'pickFolder', 'platform', 'requestPort']);
    expect(await page.evaluate('[typeof require, typeof process, typeof ipcRenderer]')).toEqual(['undefined', 'undefined', 'undefined']);
  });

  it('stays on its page when the page goes elsewhere', async () => {
    const { attempts } = await shell.firstWindow();
    await page.evaluate("void (location.href = 'https://elsewhere.test/')");
    await expect.poll(() => attempts).toEqual([{ what: 'navigate', url: 'https://elsewhere.test/', allowed: false }]);
    expect(await page.evaluate('document.title')).toBe('Drydock');
    expect(await hello(page)).toMatchObject({ pid: shell.services[0]?.child.pid });
  });

  it('opens no window and holds no webview', async () => {
    const window = await shell.firstWindow();
    await page.evaluate("void window.open('about:blank#other')");
    await expect.poll(() => window.attempts.map(({ what, allowed }) => [what, allowed])).toEqual([['open', false]]);
    expect(window.attachWebview()).toBe(false);
    expect(shell.windows).toHaveLength(1);
  });

  it('loads nothing from the network and no script that is not its own', async () => {
    const { attempts } = await shell.firstWindow();
    const violations = await page.evaluate(`new Promise((resolve) => {
      const seen = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        seen.push(event.effectiveDirective);
        if (seen.length === 3) resolve(seen.sort());
      });
      document.body.append(Object.assign(document.createElement('img'), { src: 'https://elsewhere.test/x.png' }));
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }));
      fetch('https://elsewhere.test/').catch(() => undefined);
    })`);
    expect(violations).toEqual(['connect-src', 'img-src', 'script-src-elem']);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(attempts).toEqual([]);
  });

  it.each(['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read', 'hid'] as const)('denies %s', (permission) => {
    expect(shell.permission(permission)).toEqual({ granted: false, checked: false, devices: false });
  });

  it('lets the page copy text, and nothing more', () => {
    expect(shell.permission('clipboard-sanitized-write')).toMatchObject({ granted: true, checked: true });
  });

  it.each([
    ['another origin', { url: 'https://elsewhere.test/', parent: null }],
    ['a look-alike', { url: 'app://drydock.elsewhere/', parent: null }],
    ['a file', { url: 'file:///etc/passwd', parent: null }],
    ['a frame inside', { url: 'app://drydock/', parent: { url: 'app://drydock/', parent: null } }],
    ['a frame that is gone', null],
  ])('answers nobody but its page: %s', async (_who, frame) => {
    const sender = (await shell.firstWindow()).window.webContents;
    for (const channel of [channels.requestPort, channels.pickFolder, channels.openExternal]) {
      await expect(shell.invoke(sender, frame, channel, ['https://example.org/'])).rejects.toThrow('Refused');
    }
    expect(shell.dialogs).toEqual([]);
    expect(shell.openedAddresses).toEqual([]);
  });

  it('refuses a real frame inside the page, which has the page\'s own address', async () => {
    await page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), { id: 'inside' }))");
    const inside = await (await page.$('#inside'))?.contentFrame();
    expect(inside).toBeTruthy();
    const asking = (inside as Frame).evaluate(`${PAGE_BINDING}({ kind: 'invoke', channel: '${channels.pickFolder}', args: [] })`);
    await expect(asking).rejects.toThrow('Refused');
    expect(shell.dialogs).toEqual([]);
  });
});

describe('what the page may ask', () => {
  let shell: StandIn;
  let page: Page;
  beforeAll(async () => {
    shell = await start();
    page = await shownPage(shell);
  });
  beforeEach(async () => {
    shell.dialogs.splice(0);
    shell.openedAddresses.splice(0);
    (await shell.firstWindow()).attempts.splice(0);
  });
  afterAll(endAll);

  it('picks a folder, or none', async () => {
    shell.answers.push({ filePaths: ['/home/me/project'] }, { filePaths: [] });
    expect(await page.evaluate('drydock.pickFolder()')).toBe('/home/me/project');
    expect(await page.evaluate('drydock.pickFolder()')).toBeNull();
  });

  it('opens a web address once the person agreed to that very address', async () => {
    shell.answers.push({ response: 1 }, { response: 0 });
    expect(await page.evaluate("drydock.openExternal('https://example.org/a?b')")).toBe(false);
    expect(shell.openedAddresses).toEqual([]);
    expect(await page.evaluate("drydock.openExternal('https://example.org/a?b')")).toBe(true);
    expect(shell.openedAddresses).toEqual(['https://example.org/a?b']);
    expect(shell.dialogs[1]).toMatchObject({ detail: 'https://example.org/a?b' });
  });

  it.each(["'file:///etc/passwd'", "'javascript:alert(1)'", "'ms-settings:'", "'https://bank.test@elsewhere.test/'", '{ href: 1 }', '7'])(
    'does not open %s',
    async (value) => {
      await expect(page.evaluate(`drydock.openExternal(${value})`)).rejects.toThrow('Refused');
      expect(shell.dialogs).toEqual([]);
    },
  );

  it('answers only for files of the interface, with the guarding headers on every answer', async () => {
    for (const [url, method] of [
      ['app://drydock/..%2f..%2fpackage.json', 'GET'],
      ['app://drydock/%2e%2e/main/shell.js', 'GET'],
      ['app://drydock/nothing.js', 'GET'],
      ['app://elsewhere/index.html', 'GET'],
      ['app://drydock/', 'POST'],
    ] as const) {
      const answer = await shell.serve(url, method);
      expect([404, 405]).toContain(answer.status);
      expect(await answer.text()).toBe('');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});
