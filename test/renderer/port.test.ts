import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright';
import { buildWindow } from './support/build-window.ts';
import { openBrowser } from './support/browser.ts';
import { createFakeService } from './support/fake-service.ts';
import { serveWindow } from './support/window-server.ts';

/**
 * A preload in the page's own words: hands over real message ports, each bridged to the service. `drydockCut` cuts the
 * one in use, without a word to the page.
 */
const PRELOAD = `
  const bridge = () => {
    const { port1, port2 } = new MessageChannel();
    const socket = new WebSocket(new URL('/rpc', location.href.replace('http', 'ws')));
    socket.binaryType = 'arraybuffer';
    const early = [];
    socket.onopen = () => early.splice(0).forEach((data) => socket.send(data));
    port2.onmessage = ({ data }) => (socket.readyState === 1 ? socket.send(data) : early.push(data));
    socket.onmessage = ({ data }) => port2.postMessage(data);
    window.drydockCut = () => { socket.close(); port2.close(); };
    window.drydockPorts = (window.drydockPorts ?? 0) + 1;
    window.postMessage('drydock:port', location.origin, [port1]);
  };
  window.drydock = { requestPort: bridge, pickFolder: async () => '/home/ada/code/picked' };
`;

describe('in the desktop window', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    [browser, folder] = await Promise.all([openBrowser(), buildWindow()]);
  });
  afterAll(() => browser.close());

  it('the port that the preload hands over carries everything, and a new one replaces it', async () => {
    const service = createFakeService();
    const server = await serveWindow(folder, service);
    const page = await browser.newPage();
    await page.addInitScript(PRELOAD);
    await page.goto(server.url);
    await page.locator('[data-brief="21"]').waitFor();
    await page.evaluate('drydockCut()');
    const brief = service.feed.state.briefs.find((each) => each.number === 21)!;
    service.put({ ...brief, text: { ...brief.text, goal: 'Changed meanwhile' } });
    // The shell hands over a new port as soon as the service is up again.
    await page.evaluate('drydock.requestPort()');
    await page.getByText('Changed meanwhile').waitFor();
    // One more when the window itself asked before the shell's came: on a busy machine it may.
    expect(await page.evaluate('drydockPorts')).toBeGreaterThanOrEqual(2);
    await page.getByRole('button', { name: 'Add project' }).click();
    await page.getByRole('button', { name: 'Choose…' }).click();
    await expect.poll(() => page.getByLabel('Folder of a git repository').inputValue()).toBe('/home/ada/code/picked');
    await page.context().close();
    await server.close();
  });

  it('starts without the editor: at most 400 kB of compressed script', () => {
    const index = readFileSync(join(folder, 'index.html'), 'utf8');
    const scripts = [...index.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => readFileSync(join(folder, match[1]!)));
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.reduce((sum, script) => sum + gzipSync(script).length, 0)).toBeLessThan(400_000);
    expect(scripts.some((script) => script.includes('hideUnchangedRegions') && script.includes('vs-dark'))).toBe(false);
  });
});
