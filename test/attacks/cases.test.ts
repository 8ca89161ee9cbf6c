import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { areas } from './cases.ts';
import { defences } from './defences.ts';
import { securityDocument } from './security-table.ts';

const root = join(import.meta.dirname, '../..');
const cases = areas.flatMap((area) => area.cases);

describe('the cases', () => {
  it.each(cases.map((each) => [each.tried, each] as const))('%s: has tests that are there', (_, { proofs }) => {
    expect(proofs.length).toBeGreaterThan(0);
    for (const { file, test } of proofs) expect([file, readFileSync(join(root, file), 'utf8').includes(test)]).toEqual([file, true]);
  });

  it('name defences that are there, with a test that is among their own', () => {
    for (const { tried, proofs, without = [] } of cases) {
      for (const name of without) {
        const defence = defences.find((each) => each.name === name);
        expect([tried, name, proofs.some(({ file, test }) => file === defence?.proof.file && test === defence.proof.test)]).toEqual([tried, name, true]);
      }
    }
  });

  it('leave no defence out', () => {
    const named = new Set(cases.flatMap(({ without = [] }) => without));
    expect(defences.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
  });

  it('stand in docs/security.md: `npm run test:attacks -- --write`', () => {
    const { now, wanted } = securityDocument();
    expect(now).toBe(wanted);
  });
});
