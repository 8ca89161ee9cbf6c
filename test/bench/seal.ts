import { currentTurn } from '../../src-main/domain/run-machine.ts';
import { docker } from './docker-cli.ts';
import { openGround, type Ground } from './ground.ts';
import { inMs, median, timed, type Bench } from './row.ts';

const MB = 2 ** 20;
const FOLDER = '/home/agent/made';
const NAME = 'drydock-bench-seal';

/** What setup leaves: files of 1 MiB that nothing can compress, as packages are. */
const setupOf = (megabytes: number): string => `mkdir ${FOLDER}; for n in $(seq ${megabytes}); do head -c ${MB} /dev/urandom > ${FOLDER}/$n; done`;

/** From the end of setup to the environment's being sealed: stopped, committed, searched for every form of two secrets, recorded. */
const throughDrydock = async (ground: Ground, megabytes: number, round: number): Promise<number> => {
  await ground.setEnvironment({ setup: `${setupOf(megabytes)} # ${round}`, secrets: [{ name: 'TOKEN', file: null }, { name: 'PASSWORD', file: null }] });
  const run = await ground.end((await ground.launch('true')).id);
  const { receipt } = currentTurn(run).snapshot ?? {};
  if (receipt == null || receipt.bytes < megabytes * MB) throw new Error(`only ${receipt?.bytes ?? 0} bytes were searched`);
  const { sealing, working } = run.times;
  if (sealing === undefined || working === undefined) throw new Error('the run did not seal its environment');
  for (const { key } of await ground.test.client.fleet.snapshots({})) await ground.forgetSnapshot(key);
  return working - sealing;
};

/** `docker commit` of a container that wrote the same, and its bytes read once, by the image's own cat. */
const throughDocker = async (image: string, megabytes: number): Promise<{ commit: number; read: number }> => {
  await docker('rm', '-f', NAME).catch(() => {});
  await docker('run', '--name', NAME, '--network', 'none', image, 'bash', '-c', setupOf(megabytes));
  try {
    const commit = await timed(() => docker('commit', NAME, `${NAME}:1`));
    const read = await timed(() => docker('run', '--rm', '--network', 'none', `${NAME}:1`, 'bash', '-c', `cat ${FOLDER}/* | wc -c`));
    return { commit, read };
  } finally {
    await docker('rm', '-f', NAME);
    await docker('rmi', '-f', `${NAME}:1`);
  }
};

/** Sealing what a large setup left, beside committing and reading the same bytes with the raw tools. */
export const seal: Bench = async ({ quick }) => {
  const megabytes = quick ? 64 : 1_024;
  const ground = await openGround();
  try {
    const { baseImage, secrets } = ground.test.drydock.core.deps;
    await secrets.keep(ground.project.id, 'TOKEN', { kind: 'value', value: 'tok_9f1c7Qz81LkPq0aA7yT5rWdC2sNbXe4f' });
    await secrets.keep(ground.project.id, 'PASSWORD', { kind: 'value', value: 'correct horse battery' });
    const drydock: number[] = [];
    const raw: { commit: number; read: number }[] = [];
    for (let round = 0; round < (quick ? 1 : 2); round += 1) {
      raw.push(await throughDocker(baseImage, megabytes));
      drydock.push(await throughDrydock(ground, megabytes, round));
    }
    const commit = median(raw.map((each) => each.commit));
    const read = median(raw.map((each) => each.read));
    return [
      {
        what: `seal of a snapshot with ${megabytes} MB changed by setup`,
        drydock: inMs(median(drydock)),
        raw: `docker commit ${inMs(commit)} + reading ${inMs(read)}`,
        value: median(drydock) / (commit + read),
        unit: 'ratio',
        target: { at: 'most', value: 2 },
        note: `medians of ${drydock.length}, taken in turn; ${(megabytes / (median(drydock) / 1_000)).toFixed(0)} MB/s`,
      },
    ];
  } finally {
    await ground.test.dispose();
  }
};
