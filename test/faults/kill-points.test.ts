import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE_IMAGE_LATEST } from '../../resources/engine/base-image-tag.mjs';
import { prepareGround, trial, type KilledBrief, type TrialGround, type TrialOutcome } from '../support/killed-runs.ts';

const LINES = 400;

const COMMAND = `for n in $(seq ${LINES}); do echo "line $n"; done; sed -i s/floor/round/ src/price.js; echo end`;

/** Enough output that a cut in the middle of it shows, a change, and a check on both sides. */
const BRIEF: KilledBrief = {
  goal: 'Round half a cent up',
  runsWith: { mode: 'script', command: COMMAND },
  checks: [{ command: 'node --test', expect: 'failsThenPasses' }],
};

/** The same with a server beside it, which the work and its check ask first. */
const ASKS = 'curl -fsS http://127.0.0.1:8080 && ';
const BESIDE: KilledBrief = {
  ...BRIEF,
  runsWith: { mode: 'script', command: `${ASKS}${COMMAND}` },
  checks: [{ command: `${ASKS}node --test`, expect: 'failsThenPasses' }],
  environment: {
    services: [{ name: 'web', image: BASE_IMAGE_LATEST, variables: {}, command: ['node', '-e', "require('http').createServer((_, answer) => answer.end()).listen(8080)"], health: 'curl -fsS http://127.0.0.1:8080', readyWithinSeconds: 60 }],
  },
};

const WHOLE_LOG = `${Array.from({ length: LINES }, (_, index) => `line ${index + 1}\n`).join('')}end\n`;

const LONG = process.env['DRYDOCK_ALL_FAULTS'] === '1';

/** The short form tries some of the points, spread evenly from the first to the last; the long form (`npm run test:faults`) all. */
const few = (points: readonly number[], most: number): number[] =>
  LONG || points.length <= most ? [...points] : Array.from({ length: most }, (_, at) => points[Math.round((at * (points.length - 1)) / (most - 1))] ?? 1);

/**
 * Which of the points of one run are tried. All of them belong to the long form (DRYDOCK_ALL_FAULTS); the short form takes every
 * commit and every engine call that changes something, before and after, but of the log's many writes only the first and last.
 */
const chosen = (names: readonly string[]): number[] => {
  const all = names.map((_, index) => index + 1);
  if (LONG) return all;
  const isFrequent = (name: string): boolean => name.includes('log.');
  return all.filter((point) => {
    const name = names[point - 1] ?? '';
    if (!isFrequent(name)) return name.includes('commit') || name.includes('start') || name.includes('create') || names.indexOf(name) === point - 1;
    return names.indexOf(name) === point - 1 || names.lastIndexOf(name) === point - 1;
  });
};

/** The same run in a container that was made ahead: the points around its being made, taken and started. */
const WARM: KilledBrief = { ...BRIEF, environment: { warm: 1 } };
const aroundWarm = (names: readonly string[]): number[] => {
  const taken = names.lastIndexOf('engine.rename.after');
  const made = ['engine.create.before', 'engine.create.after', 'engine.put.before', 'engine.put.after'].map((name) => names.lastIndexOf(name, taken));
  const started = names.indexOf('engine.start.after', taken);
  const between = names.flatMap((name, index) => (index > taken && index <= started && !name.includes('log.') && !name.includes('depot.') ? [index] : []));
  return [...made, names.lastIndexOf('engine.rename.before'), taken, ...between].map((index) => index + 1);
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
    expect(outcome.starts).toMatchObject({ work: 1 + outcome.thrownAway.length, 'check-0-result': 1, 'check-0-base': 1 });
    expect(outcome.resultTree).toBe(undisturbed.resultTree);
    expect(outcome.left).toEqual([]);
  };

  const startsOne = (outcome: TrialOutcome): void => expect(outcome.thrownAway).toEqual([]);

  const failuresAt = async (points: number[], names: readonly string[], brief: KilledBrief, label: string, expectMore: (outcome: TrialOutcome) => void = startsOne): Promise<string[]> => {
    const failures: string[] = [];
    const next = async (): Promise<void> => {
      for (let point = points.shift(); point !== undefined; point = points.shift()) {
        try {
          const outcome = await trial(ground, `${label}${point}`, point, brief);
          expectWhole(outcome);
          expectMore(outcome);
        } catch (error) {
          failures.push(`at ${point} (${names[point - 1] ?? ''}): ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    };
    await Promise.all([next(), next(), next()]);
    return failures;
  };

  it('ends once without any kill', () => {
    expectWhole(undisturbed);
    expect(undisturbed.names.length).toBeGreaterThan(60);
  });

  it('ends the run once, with the whole log, one work container and each check run once', async () => {
    expect(await failuresAt(few(chosen(undisturbed.names), 14), undisturbed.names, BRIEF, '')).toEqual([]);
  }, 3_600_000);

  it('ends the run once beside a service as well, and leaves neither it nor the holder of its network', async () => {
    const beside = await trial(ground, 'beside', 0, BESIDE);
    expectWhole(beside);
    // All of them belong to the long form. Of the short one: the rest is tried above, and what is after one call is before the next.
    const collects = beside.names.findIndex((name) => name.startsWith('engine.stop'));
    const isShort = (point: number): boolean => point <= collects && /^engine\..*\.before$/.test(beside.names[point - 1] ?? '');
    const points = chosen(beside.names).filter((point) => LONG || isShort(point));
    expect(points.length).toBeGreaterThan(7);
    expect(await failuresAt(few(points, 6), beside.names, BESIDE, 'beside')).toEqual([]);
  }, 3_600_000);

  it('does so too where the work was to start in a container that was made ahead', async () => {
    const whole = await trial(ground, 'warm', 0, WARM);
    expectWhole(whole);
    const points = aroundWarm(whole.names);
    expect(whole.names.filter((name) => name === 'engine.rename.after')).toHaveLength(1);
    expect(points.length).toBeGreaterThan(7);
    const thrownAway: number[] = [];
    // Started while git takes the base: one that was not given the command has said nothing, and is not the run's.
    const startsOneCommand = (outcome: TrialOutcome): void => {
      expect(outcome.thrownAway.length).toBeLessThan(2);
      thrownAway.push(...outcome.thrownAway);
    };
    expect(await failuresAt(few(points, 6), whole.names, WARM, 'warm-', startsOneCommand)).toEqual([]);
    expect(thrownAway.filter((bytes) => bytes > 0)).toEqual([]);
  }, 3_600_000);
});
