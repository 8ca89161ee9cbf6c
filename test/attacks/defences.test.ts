import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { patchProblem } from '../support/patched-tree.ts';
import { defences } from './defences.ts';

const root = join(import.meta.dirname, '../..');
const source = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the list of defences', () => {
  it('names each once', () => {
    const names = defences.map(({ name }) => name);
    expect([...new Set(names)]).toEqual(names);
  });

  it.each(defences.map((defence) => [defence.name, defence] as const))('%s: can be taken out of the sources as they are', (_, { switchedOff }) => {
    expect(switchedOff.length).toBeGreaterThan(0);
    for (const patch of switchedOff) {
      expect(patchProblem(patch, source(patch.file))).toBeNull();
      expect(patch.replacement).not.toBe(patch.text);
      expect(patch.file).toMatch(/^(?:src-main|src-preload|src-renderer|resources)\//);
    }
  });

  it.each(defences.map((defence) => [defence.name, defence] as const))('%s: has a test that would notice', (_, { proof }) => {
    expect(source(proof.file)).toContain(proof.test);
  });

  it('says why where more than one place is changed', () => {
    expect(defences.filter(({ switchedOff, behind }) => new Set(switchedOff.map(({ file }) => file)).size > 1 && behind === undefined).map(({ name }) => name)).toEqual([]);
  });
});
