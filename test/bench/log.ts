import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { docker } from './docker-cli.ts';
import { openGround, type Ground } from './ground.ts';
import { median, timed, type Bench } from './row.ts';

const LINE_BYTES = 100;
const MB = 2 ** 20;
const commandFor = (lines: number): string => `yes ${'x'.repeat(LINE_BYTES - 1)} | head -n ${lines}`;

interface Measured {
  /** From asking the engine to start the container until its end is recorded, the whole output in the segments. */
  readonly ms: number;
  readonly peakRss: number;
}

const throughDrydock = async (ground: Ground, lines: number): Promise<Measured> => {
  let startedAt = 0;
  let endedAt = 0;
  let peakRss = 0;
  const look = (): void => void (peakRss = Math.max(peakRss, process.memoryUsage.rss()));
  const sampling = setInterval(look, 20);
  const stop = ground.onPoint((name) => {
    if (name === 'engine.start.before' && startedAt === 0) startedAt = performance.now();
    // The first commit after the start records the end of the work.
    if (name === 'after:store.commit' && startedAt !== 0 && endedAt === 0) endedAt = performance.now();
  });
  try {
    const run = await ground.launch(commandFor(lines));
    await ground.end(run.id);
    const { length } = await ground.test.client.runs.log({ runId: run.id, offset: 0 });
    if (length < lines * LINE_BYTES) throw new Error(`only ${length} bytes of ${lines * LINE_BYTES} were stored`);
    return { ms: endedAt - startedAt, peakRss };
  } finally {
    stop();
    clearInterval(sampling);
  }
};

const throughDocker = async (image: string, lines: number, file: string): Promise<number> => {
  const container = await docker('create', '--network', 'none', image, 'bash', '-c', commandFor(lines));
  const took = await timed(async () => {
    const child = spawn('docker', ['start', '-a', container], { stdio: ['ignore', 'pipe', 'inherit'] });
    await pipeline(child.stdout, createWriteStream(file));
  });
  await docker('rm', '-f', container);
  const { size } = await stat(file);
  if (size !== lines * LINE_BYTES) throw new Error(`docker start -a wrote ${size} bytes`);
  return took;
};

const held = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** A million lines from a container to the stored log, beside `docker start -a` to a file, and what it costs in memory. */
export const log: Bench = async ({ quick }) => {
  if (globalThis.gc === undefined) throw new Error('this measurement needs --expose-gc');
  const lines = quick ? 100_000 : 1_000_000;
  const folder = await mkdtemp(join(tmpdir(), 'drydock-bench-'));
  const ground = await openGround();
  try {
    const { baseImage } = ground.test.drydock.core.deps;
    const heldBefore = held();
    const idleRss = process.memoryUsage.rss();
    const drydock: Measured[] = [];
    const raw: number[] = [];
    for (let round = 0; round < (quick ? 1 : 3); round += 1) {
      drydock.push(await throughDrydock(ground, lines));
      raw.push(await throughDocker(baseImage, lines, join(folder, 'out')));
    }
    const grown = (held() - heldBefore) / MB;
    const peak = (Math.max(...drydock.map((each) => each.peakRss)) - idleRss) / MB;
    const speed = (ms: number): number => (lines * LINE_BYTES) / 1_000 / ms;
    const own = speed(median(drydock.map((each) => each.ms)));
    const other = speed(median(raw));
    return [
      {
        what: `${lines} log lines, container to stored segment`,
        drydock: `${own.toFixed(0)} MB/s`,
        raw: `docker start -a to a file ${other.toFixed(0)} MB/s`,
        value: own / other,
        unit: 'ratio',
        target: { at: 'least', value: 0.8 },
      },
      { what: 'heap and external after collection, growth', drydock: `${grown.toFixed(1)} MB`, raw: null, value: grown, unit: 'MB', target: { at: 'most', value: 32 } },
      { what: 'resident peak above idle', drydock: `${peak.toFixed(1)} MB`, raw: null, value: peak, unit: 'MB', target: { at: 'most', value: 128 } },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
    await ground.test.dispose();
  }
};
