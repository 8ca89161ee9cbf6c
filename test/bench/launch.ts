import { setTimeout as pause } from 'node:timers/promises';
import type { RunId } from '../../src-main/contract/ids.ts';
import { networkPolicy, type Internet } from '../../src-main/contract/network.ts';
import { docker, firstByteOf } from './docker-cli.ts';
import { openGround, type Ground } from './ground.ts';
import { inMs, median, type Bench } from './row.ts';

const COMMAND = 'echo first';

/** Resolves to the time when a reader of the stored log is given the first byte of the command. */
const firstStored = ({ test, onPoint }: Ground, run: () => RunId | null): Promise<number> =>
  new Promise((resolve, reject) => {
    const stop = onPoint((name) => {
      const id = run();
      if (id === null || name !== 'after:log.index') return;
      test.client.runs.log({ runId: id, offset: 0 }).then((slice) => {
        if (!slice.marks.some((mark) => mark.source === 'work')) return;
        stop();
        resolve(performance.now());
      }, reject);
    });
  });

/** How far the brief's policy goes, and how many containers are to wait before it is launched. */
interface Way {
  readonly what: string;
  readonly internet: Internet;
  readonly warm: number;
  /** Of the raw tool's time; the issue's own number. */
  readonly most: number;
}

const WAYS: readonly Way[] = [
  { what: 'no relay, small workspace put in', internet: 'off', warm: 0, most: 1.4 },
  { what: 'allow-list, its relay made and tested', internet: 'allowlist', warm: 0, most: 2 },
  { what: 'allow-list, made ahead: relay tested, container not started', internet: 'allowlist', warm: 1, most: 0.6 },
];

const ALLOWLIST = networkPolicy.parse({ mode: 'allowlist', rules: [{ host: 'allowed.test' }] });
const POLL_MS = 50;

/** Resolves when so many containers wait, and nothing else is under way. */
const requireWarm = async ({ test, project, setEnvironment }: Ground, number: number): Promise<void> => {
  const { warm } = test.drydock.core;
  await setEnvironment({ network: ALLOWLIST, warm: number });
  while ((warm.counts()[project.id] ?? 0) !== number) await pause(POLL_MS);
};

const throughDrydock = async (ground: Ground, { internet, warm }: Way): Promise<number> => {
  await requireWarm(ground, warm);
  let id: RunId | null = null;
  const stored = firstStored(ground, () => id);
  const began = performance.now();
  id = (await ground.launch(COMMAND, internet)).id;
  const took = (await stored) - began;
  await ground.end(id);
  return took;
};

/** The cheapest form: no network to set up, no limits, nothing put in. */
const throughDocker = async (image: string): Promise<number> => {
  const began = performance.now();
  const container = await docker('create', '--network', 'none', image, 'bash', '-c', COMMAND);
  const { first, ended } = firstByteOf('start', '-a', container);
  const took = (await first) - began;
  await ended;
  await docker('rm', '-f', container);
  return took;
};

/** From launching a brief to the first byte of its command in the stored log, the sample project in the workspace. */
export const launch: Bench = async ({ quick }) => {
  const ground = await openGround();
  try {
    const { baseImage } = ground.test.drydock.core.deps;
    const took = WAYS.map((way) => ({ way, drydock: [] as number[], raw: [] as number[] }));
    for (let round = 0; round < (quick ? 3 : 10); round += 1) {
      for (const { way, drydock, raw } of took) {
        raw.push(await throughDocker(baseImage));
        drydock.push(await throughDrydock(ground, way));
      }
    }
    const all = took.flatMap(({ raw }) => raw);
    return took.map(({ way, drydock }) => ({
      what: `launch to first byte stored: ${way.what}`,
      drydock: inMs(median(drydock)),
      raw: `docker create + start -a ${inMs(median(all))}`,
      value: median(drydock) / median(all),
      unit: 'ratio',
      target: { at: 'most', value: way.most },
      note: `medians of ${drydock.length}, taken in turn`,
    }));
  } finally {
    await ground.test.dispose();
  }
};
