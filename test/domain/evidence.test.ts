import { describe, expect, it } from 'vitest';
import type { Check } from '../../src-main/contract/brief.ts';
import type { CheckOutcome, Verdict } from '../../src-main/contract/result.ts';
import { verdictOf } from '../../src-main/domain/evidence.ts';

const check = (expectation: Check['expect']): Check => ({ command: 'test', timeoutSeconds: 1, expect: expectation, keep: [] });
const ended = (exitCode: number | 'timeout' | null): CheckOutcome | null =>
  exitCode === null ? null : ({ exitCode: exitCode === 'timeout' ? null : exitCode, timedOut: exitCode === 'timeout' } as CheckOutcome);

describe('the verdict of a check', () => {
  const cases: [Check['expect'], number | 'timeout' | null, number | 'timeout' | null, Verdict][] = [
    ['passes', 0, 0, 'passed'],
    ['passes', 1, 0, 'passed'],
    ['passes', 0, 1, 'failed'],
    ['passes', 1, 1, 'alreadyFailing'],
    ['passes', 0, 'timeout', 'failed'],
    ['passes', 0, 127, 'broken'],
    ['passes', 0, null, 'notRun'],
    ['failsThenPasses', 1, 0, 'passed'],
    ['failsThenPasses', 0, 0, 'didNotFailOnBase'],
    ['failsThenPasses', 1, 1, 'failed'],
    ['failsThenPasses', 'timeout', 0, 'passed'],
    ['failsThenPasses', null, 0, 'notRun'],
  ];
  it.each(cases)('%s: base %s, result %s → %s', (expectation, base, result, verdict) => {
    expect(verdictOf(check(expectation), ended(base), ended(result))).toBe(verdict);
  });
});
