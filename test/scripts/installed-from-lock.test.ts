import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isInstalledFromLock } from '../../scripts/lib/installed-from-lock.mjs';

type Packages = Record<string, { version: string; integrity?: string; optional?: boolean; os?: string[] }>;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dd-installed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function answer(wanted: Packages, present: Packages | undefined): boolean {
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ packages: { '': { version: '0.0.0' }, ...wanted } }),
  );
  if (present !== undefined) {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: present }));
  }
  return isInstalledFromLock(folder);
}

const a = { version: '1.0.0', integrity: 'sha512-a' };
const b = { version: '2.0.0', integrity: 'sha512-b' };

it.each<[string, boolean, Packages, Packages | undefined]>([
  ['nothing is installed', false, { a }, undefined],
  ['all is installed', true, { a, b }, { a, b }],
  ['an optional one for elsewhere is missing', true, { a, b: { ...b, optional: true, os: ['nowhere'] } }, { a }],
  ['an optional one for here is missing', false, { a, b: { ...b, optional: true, os: [process.platform] } }, { a }],
  ['one is missing', false, { a, b }, { a }],
  ['one is older', false, { a }, { a: { ...a, version: '0.9.0' } }],
  ['one has other content', false, { a }, { a: { ...a, integrity: 'sha512-x' } }],
  ['one is too many', false, { a }, { a, b }],
])('when %s: %s', (_, expected, wanted, present) => {
  expect(answer(wanted, present)).toBe(expected);
});
