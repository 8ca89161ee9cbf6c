import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../renderer/support/browser.ts';
import { buildWindow } from '../renderer/support/build-window.ts';
import { indexPage } from './index-page.ts';
import { LOOKS } from './looks.ts';
import { STATES } from './states/index.ts';
import { take, type Taken } from './take.ts';

/** `npm run gallery [-- --only board --look dark --into DIR]`: every screen in every state and look, as pictures with an index page. */
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, look: { type: 'string', multiple: true }, into: { type: 'string', default: 'out/gallery' } } });
const states = STATES.filter(({ name }) => values.only === undefined || values.only.some((part) => name.includes(part)));
const looks = LOOKS.filter(({ name }) => values.look === undefined || values.look.includes(name));
const folder = resolve(values.into);
if (values.only === undefined && values.look === undefined) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const [browser, window] = await Promise.all([openBrowser(), buildWindow()]);
const taken: Taken[] = [];
let failed = 0;
for (const state of states) {
  for (const look of looks) {
    try {
      const one = await take(browser, window, state, look, folder);
      taken.push(one);
      for (const line of [...one.violations, ...one.problems]) process.stdout.write(`${one.file}: ${line}\n`);
      if (one.violations.length + one.problems.length > 0) failed += 1;
    } catch (error) {
      failed += 1;
      process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}
await browser.close();
await writeFile(join(folder, 'index.html'), indexPage(states, looks, taken));
process.stdout.write(`${taken.length} pictures in ${folder}, ${failed} with something wrong\n`);
process.exitCode = failed === 0 ? 0 : 1;
