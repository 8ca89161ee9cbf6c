import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../renderer/support/browser.ts';
import { buildWindow } from '../renderer/support/build-window.ts';
import { indexPage } from './index-page.ts';
import { LOOKS } from './looks.ts';
import { STATES } from './states/index.ts';
import { takeAll } from './take-all.ts';
import { take } from './take.ts';

/**
 * `npm run gallery [-- --only board --look dark --into DIR]`: every screen in every state and look, as pictures with an
 * index page. Ends with status 1 when axe, the page or a picture that was not taken has something to say, or when there was
 * nothing to take.
 */
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, look: { type: 'string', multiple: true }, into: { type: 'string', default: 'out/gallery' } } });
const states = STATES.filter(({ name }) => values.only === undefined || values.only.some((part) => name.includes(part)));
const looks = LOOKS.filter(({ name }) => values.look === undefined || values.look.includes(name));
const folder = resolve(values.into);
if (values.only === undefined && values.look === undefined) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const started = Date.now();
const [browser, window] = await Promise.all([openBrowser(), buildWindow()]);
const isGone = (): void => {
  process.stdout.write('The browser has gone: no more pictures can be taken.\n');
  process.exit(1);
};
browser.on('disconnected', isGone);
const { taken, wrong } = await takeAll(
  states,
  looks,
  (state, look) => take(browser, window, state, look, folder),
  (line) => process.stdout.write(`${line}\n`),
);
browser.off('disconnected', isGone);
await browser.close();
await writeFile(join(folder, 'index.html'), indexPage(states, looks, taken));
process.stdout.write(`${taken.length} pictures of ${states.length * looks.length} in ${folder}, ${wrong} with something wrong (${Math.round((Date.now() - started) / 1000)} s)\n`);
process.exitCode = wrong === 0 && taken.length > 0 ? 0 : 1;
