import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../renderer/support/browser.ts';
import { buildWindow } from '../renderer/support/build-window.ts';
import { createFakeService } from '../renderer/support/fake-service.ts';
import { LOOKS, type Look } from './looks.ts';
import type { GalleryState } from './state.ts';
import { take } from './take.ts';

let browser: Browser;
let window: string;
let folder: string;
beforeAll(async () => {
  [browser, window, folder] = await Promise.all([openBrowser(), buildWindow(), mkdtemp(join(tmpdir(), 'drydock-gallery-'))]);
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});
const [dark] = LOOKS as readonly [Look, ...Look[]];
const about = (ready: GalleryState['ready'] = async () => undefined): GalleryState => ({
  name: 'about',
  title: 'About',
  hash: '#/settings/about',
  service: () => createFakeService(),
  ready: async (page, service, server) => {
    await page.getByText('There is no account').waitFor();
    await ready(page, service, server);
  },
});

test('a picture is taken, and a screen without a fault has nothing to say', async () => {
  const { file, violations, problems } = await take(browser, window, about(), dark, folder);
  expect(await readdir(folder)).toEqual([file]);
  expect([violations, problems]).toEqual([[], []]);
});

test('what axe finds, and what the page complains of, is said', async () => {
  const bad = about(async (page) => {
    await page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><p style=\"color: #333\">dark on dark</p>'); console.error('complaint')");
  });
  const { violations, problems } = await take(browser, window, bad, dark, folder);
  expect(violations.map((line) => line.split(':', 1)[0]).toSorted()).toEqual(['color-contrast', 'image-alt']);
  expect(problems).toContain('complaint');
});

test('a state that is not reached is a failure', async () => {
  const never = about(() => Promise.reject(new Error('nothing came')));
  await expect(take(browser, window, never, dark, folder)).rejects.toThrow('nothing came');
});
