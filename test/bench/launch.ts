import type { RunId } from '../../src-main/contract/ids.ts';
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

const throughDrydock = async (ground: Ground): Promise<number> => {
  let id: RunId | null = null;
  const stored = firstStored(ground, () => id);
  const began = performance.now();
  id = (await ground.launch(COMMAND)).id;
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

/** From launching a brief to the first byte of its command in the stored log, the sample project put in. */
export const launch: Bench = async ({ quick }) => {
  const ground = await openGround();
  try {
    const { baseImage } = ground.test.drydock.core.deps;
    const drydock: number[] = [];
    const raw: number[] = [];
    for (let round = 0; round < (quick ? 3 : 10); round += 1) {
      raw.push(await throughDocker(baseImage));
      drydock.push(await throughDrydock(ground));
    }
    return [
      {
        what: 'launch to first byte stored, small workspace put in',
        drydock: inMs(median(drydock)),
        raw: `docker create + start -a ${inMs(median(raw))}`,
        value: median(drydock) / median(raw),
        unit: 'ratio',
        target: { at: 'most', value: 1.5 },
        note: `aim 1.2; medians of ${drydock.length}, taken in turn`,
      },
    ];
  } finally {
    await ground.test.dispose();
  }
};
