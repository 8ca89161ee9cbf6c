import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareGround, trial, type KilledBrief, type TrialGround, type TrialOutcome } from '../support/killed-runs.ts';

const LINES = 400;

/** Enough output that a cut in the middle of it shows, a change, and a check on both sides. */
const BRIEF: KilledBrief = {
  goal: 'Round half a cent up',
  runsWith: { mode: 'script', command: `for n in $(seq ${LINES}); do echo "line $n"; done; sed -i s/floor/round/ src/price.js; echo end` },
  checks: [{ command: 'node --test', expect: 'failsThenPasses' }],
};

const WHOLE_LOG = `${Array.from({ length: LINES }, (_, index) => `line ${index + 1}\n`).join('')}end\n`;

/**
 * Which of the points of one run are tried. All of them belong to the long form (DRYDOCK_ALL_FAULTS); the short form takes every
 * commit and every engine call that changes something, before and after, but of the log's many writes only the first and last.
 */
const chosen = (names: readonly string[]): number[] => {
  const all = names.map((_, index) => index + 1);
  if (process.env['DRYDOCK_ALL_FAULTS'] === '1') return all;
  const isFrequent = (name: string): boolean => name.includes('log.');
  return all.filter((point) => {
    const name = names[point - 1] ?? '';
    if (!isFrequent(name)) return name.includes('commit') || name.includes('start') || name.includes('create') || names.indexOf(name) === point - 1;
    return names.indexOf(name) === point - 1 || names.lastIndexOf(name) === point - 1;
  });
};

describe('a service killed at a durable write or an engine call', () => {
  let ground: TrialGround;
  let undisturbed: TrialOutcome;

  beforeAll(async () => {
    ground = await prepareGround();
    undisturbed = await trial(ground, 'undisturbed', 0, BRIEF);
  });
  afterAll(() => ground.dispose());

  const expectWhole = (outcome: TrialOutcome): void => {
    expect(outcome.state).toEqual({ name: 'reviewable' });
    expect(outcome.workLog).toBe(WHOLE_LOG);
    expect(outcome.checks).toEqual(['0 result 0', '0 base 1']);
    expect(outcome.starts).toMatchObject({ work: 1, 'check-0-result': 1, 'check-0-base': 1 });
    expect(outcome.resultTree).toBe(undisturbed.resultTree);
    expect(outcome.left).toEqual([]);
  };

  it('ends once without any kill', () => {
    expectWhole(undisturbed);
    expect(undisturbed.names.length).toBeGreaterThan(60);
  });

  it('ends the run once, with the whole log, one work container and each check run once', async () => {
    const points = chosen(undisturbed.names);
    const failures: string[] = [];
    const next = async (): Promise<void> => {
      for (let point = points.shift(); point !== undefined; point = points.shift()) {
        try {
          expectWhole(await trial(ground, String(point), point, BRIEF));
        } catch (error) {
          failures.push(`at ${point} (${undisturbed.names[point - 1] ?? ''}): ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    };
    await Promise.all([next(), next(), next()]);
    expect(failures).toEqual([]);
  }, 3_600_000);
});
