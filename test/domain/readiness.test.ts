import { describe, expect, it } from 'vitest';
import { parseBriefFile, writeBriefFile } from '../../src-main/domain/brief-file.ts';
import { obstacleToLaunch, readinessOf } from '../../src-main/domain/readiness.ts';

const read = (markdown: string) => {
  const parsed = parseBriefFile(markdown);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  return parsed.text;
};

describe('the time budget of a brief', () => {
  const budgetOf = (minutes: number, usual?: number) => readinessOf({ ...read('---\nrunsWith:\n  command: npm run fix\n---\n\n## Goal\n\nFixed\n'), timeBudgetMinutes: minutes }, usual).items.find(({ name }) => name === 'Time budget');

  it('is warned about above the usual one, not for being the usual one', () => {
    expect(budgetOf(60)).toMatchObject({ warning: true });
    expect(budgetOf(60, 60)).not.toHaveProperty('warning');
    expect(budgetOf(90, 60)).toMatchObject({ warning: true, message: 'This is over 30 minutes: watch the scope.' });
    expect(budgetOf(20, 10)).not.toHaveProperty('warning');
  });
});

describe('a brief that asks for variants', () => {
  const three = read('---\nrunsWith:\n  command: npm run fix\n  variants: 3\n---\n\n## Goal\n\nFixed\n');

  it('is read and written without loss', () => {
    expect(three.runsWith.variants).toBe(3);
    expect(read(writeBriefFile(three))).toEqual(three);
  });

  it('cannot be launched as long as only one attempt would be made of it', () => {
    expect(obstacleToLaunch(three)).toBe('Variants: 3 are asked for, and several attempts at once are not run yet. Set it to 1.');
    expect(readinessOf(three).ready).toBe(false);
    for (const mode of ['code', 'ask'] as const) expect(readinessOf({ ...three, runsWith: { ...three.runsWith, mode } }).items.map(({ name }) => name)).toContain('Variants');
  });

  it('is as any other with one', () => {
    const one = { ...three, runsWith: { ...three.runsWith, variants: 1 } };
    expect(obstacleToLaunch(one)).toBeNull();
    expect(readinessOf(one).items.map(({ name }) => name)).toEqual(['Command', 'Internet', 'Time budget']);
  });
});
