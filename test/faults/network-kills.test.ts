import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkPolicy } from '../../src-main/contract/network.ts';
import { prepareGround, trial, type TrialGround, type TrialOutcome } from '../support/killed-runs.ts';
import { startWorld, type World } from '../support/world.ts';

/** Asks until it is answered, or refused as it must be: a connection that was being carried breaks with its service. */
const COMMAND = `get() { until curl -fsS --max-time 30 "$1" 2>/dev/null; do sleep 0.1; done; }
no() { for try in 1 2 3 4 5 6 7 8 9; do code=$(curl -s --max-time 30 -o /dev/null -w '%{http_code}' "$1"); [ "$code" = 000 ] || break; sleep 0.1; done; echo "$code"; }
for n in 1 2 3; do get http://allowed.test/$n; no http://denied.test/$n; no http://93.184.216.34/$n; curl -s --noproxy '*' --max-time 1 http://93.184.216.34/$n || echo cut off; done
echo more >> README.md`;
const ALLOWED = networkPolicy.parse({ rules: [{ host: 'allowed.test' }] });
const SAID = 'the world says hello\n403\n403\ncut off\n'.repeat(3);

/** In the short form some of the points from the relay's start to the end of the work, while requests pass. */
const chosen = (names: readonly string[]): number[] => {
  const all = names.map((_, index) => index + 1);
  if (process.env['DRYDOCK_ALL_FAULTS'] === '1') return all;
  const [from, to] = [names.indexOf('engine.start.before'), names.indexOf('engine.stop.before')];
  return all.filter((point) => point > from && point <= to && (point - from) % 6 === 1);
};

describe('a service killed at any point of a run with an allow-list', () => {
  let ground: TrialGround;
  let undisturbed: TrialOutcome;

  const attempt = async (name: string, killAt: number): Promise<{ outcome: TrialOutcome; world: World }> => {
    const world = await startWorld();
    try {
      const outcome = await trial(ground, name, killAt, { goal: 'Ask the world', runsWith: { mode: 'script', command: COMMAND, internet: 'allowlist' }, checks: [{ command: 'true' }], environment: { network: ALLOWED }, world: world.port });
      return { outcome, world };
    } finally {
      world.close();
    }
  };
  const expectSealed = ({ outcome, world }: { outcome: TrialOutcome; world: World }): void => {
    expect(outcome.state).toEqual({ name: 'reviewable' });
    expect(outcome.workLog).toBe(SAID);
    expect(outcome.starts).toMatchObject({ work: 1, relay: 1, 'check-0-result': 1, 'check-0-base': 1 });
    expect(outcome.left).toEqual([]);
    expect(new Set(world.seen.map(({ host }) => host))).toEqual(new Set(['allowed.test']));
    expect([...new Set(world.seen.map(({ url }) => url))]).toEqual(['/1', '/2', '/3']);
  };

  beforeAll(async () => {
    ground = await prepareGround();
    const first = await attempt('undisturbed', 0);
    expectSealed(first);
    undisturbed = first.outcome;
  });
  afterAll(() => ground.dispose());

  it('ends it in the same turn, with one result, and nothing passed that may not', async () => {
    const points = chosen(undisturbed.names);
    expect(points.length).toBeGreaterThan(4);
    const failures: string[] = [];
    const next = async (): Promise<void> => {
      for (let point = points.shift(); point !== undefined; point = points.shift()) {
        try {
          const tried = await attempt(String(point), point);
          expectSealed(tried);
          expect(tried.outcome.resultTree).toBe(undisturbed.resultTree);
        } catch (error) {
          failures.push(`at ${point} (${undisturbed.names[point - 1] ?? ''}): ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    };
    await Promise.all([next(), next(), next()]);
    expect(failures).toEqual([]);
  }, 3_600_000);
});
