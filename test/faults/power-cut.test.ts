import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareGround, trial, type KilledBrief, type TrialGround, type TrialOutcome } from '../support/killed-runs.ts';
import { seededRandom } from '../support/seeded-random.ts';

const CUTS = process.env['DRYDOCK_ALL_FAULTS'] === '1' ? 60 : 5;
const SEED = 20_261_126;
const BRIEF: KilledBrief = {
  goal: 'Go on',
  environment: { setup: 'echo made > /tmp/made; sleep 0.2' },
  runsWith: { mode: 'script', command: 'for n in $(seq 400); do echo "line $n"; done; sleep 0.3; echo more >> README.md; echo end' },
  checks: [{ command: 'test -f README.md' }],
};

/**
 * A machine that loses its power keeps of a file what had reached the disk: of the database's log any beginning, of a run's log likewise. That
 * commits which were acknowledged are never behind the cut is for the store's own tests; here even those are lost.
 */
const cutFiles = async (data: string, random: () => number): Promise<void> => {
  const names = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => /\.sqlite-wal$|\.log$/.test(name));
  for (const name of names) {
    const path = join(data, name);
    const { size } = await stat(path);
    await truncate(path, Math.floor(size * random()));
  }
};

const integrity = (data: string): unknown => {
  const database = new Database(join(data, 'durable.sqlite'));
  try {
    return [database.pragma('integrity_check', { simple: true }), database.pragma('foreign_key_check')];
  } finally {
    database.close();
  }
};

describe('a machine that loses its power', () => {
  let ground: TrialGround;
  let undisturbed: TrialOutcome;
  beforeAll(async () => {
    ground = await prepareGround();
    undisturbed = await trial(ground, 'undisturbed', 0, BRIEF);
  });
  afterAll(() => ground.dispose());

  it(`at ${CUTS} moments of a run, with any end of its files gone: the data opens, the run ends, and nothing is left`, async () => {
    const random = seededRandom(SEED);
    const moments = Array.from({ length: CUTS }, (_, number) => ({ number, afterMs: 300 + Math.floor((4_000 * (number + random())) / CUTS), random: seededRandom(SEED + number) }));
    const failures: string[] = [];
    let cut = 0;
    const next = async (): Promise<void> => {
      for (let moment = moments.shift(); moment !== undefined; moment = moments.shift()) {
        const { number, afterMs, random: own } = moment;
        try {
          const outcome = await trial(ground, `cut-${number}`, { afterMs }, BRIEF, async (data) => {
            cut += 1;
            await cutFiles(data, own);
            if (readdirSync(data).includes('durable.sqlite')) expect(integrity(data)).toEqual(['ok', []]);
          });
          expect([outcome.state, outcome.left, outcome.resultTree]).toEqual([{ name: 'reviewable' }, [], undisturbed.resultTree]);
          expect(outcome.checks).toEqual(['0 result 0', '0 base 0']);
        } catch (error) {
          failures.push(`after ${afterMs} ms: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    };
    await Promise.all([next(), next(), next()]);
    expect(failures).toEqual([]);
    expect(cut).toBeGreaterThan(CUTS / 2);
  }, 1_800_000);
});
