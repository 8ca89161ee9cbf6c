import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FleetState } from '../../src-main/contract/fleet.ts';
import type { CommandId, RunId } from '../../src-main/contract/ids.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { LABEL } from '../../src-main/domain/container-spec.ts';
import { wholeUpdates } from '../../src-main/domain/fleet-parts.ts';
import { systemIds } from '../../src-main/adapters/system/ids.ts';
import { createDrydock, type Drydock, type DrydockConfig } from '../../src-main/compose.ts';
import { connectInMemory } from '../../src-main/wire/client/connect-in-memory.ts';
import type { DrydockClient } from '../../src-main/wire/client/connection.ts';
import { sweep } from './engine.ts';

export const newCommand = (): CommandId => `cmd_${systemIds.random()}` as CommandId;

/** A Drydock on a data directory of its own, on the real engine, with a client. */
export interface TestDrydock {
  readonly drydock: Drydock;
  readonly client: DrydockClient;
  readonly dataDirectory: string;
  /** What it has on the engine right now. */
  labelled(): Promise<{ containers: string[]; images: string[] }>;
  /** Ends it, removes what it made on the engine and its data. */
  dispose(): Promise<void>;
}

export const startDrydock = async (config: Partial<DrydockConfig> = {}): Promise<TestDrydock> => {
  const dataDirectory = config.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'drydock-test-')));
  const drydock = await createDrydock({ ...config, dataDirectory });
  await engineUp(drydock);
  return {
    drydock,
    client: connectInMemory<DrydockClient>(drydock.router).client,
    dataDirectory,
    labelled: () => labelledObjects(drydock),
    dispose: async () => {
      const engine = drydock.core.deps.engines.engine();
      // First the service: what is still queued would start in a slot that is freed by the sweep.
      await drydock.dispose();
      if (engine !== null) await sweep(engine, drydock.core.deps.owner);
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
};

/** Resolves when the engine is connected. */
export const engineUp = (drydock: Drydock): Promise<void> =>
  new Promise((resolve) => {
    const { engines } = drydock.core.deps;
    const look = (): void => {
      if (engines.engine() === null) return;
      stop();
      resolve();
    };
    const stop = engines.onChange(look);
    look();
  });

/** Names of every container and image that carries this installation's label. */
const labelledObjects = async ({ core }: Drydock): Promise<{ containers: string[]; images: string[] }> => {
  const engine = core.deps.engines.engine();
  if (engine === null) throw new Error('no engine');
  const labels = { [LABEL.owner]: core.deps.owner };
  const containers = await engine.containers(labels);
  const images = await engine.images(labels);
  return { containers: containers.map((each) => each.name), images: images.map((each) => each.reference) };
};

/** Waits, by the live feed, until a run is as wanted. */
export const runWhere = async ({ client }: Pick<TestDrydock, 'client'>, id: RunId, wanted: (run: Run) => boolean): Promise<Run> => {
  const controller = new AbortController();
  try {
    for await (const update of wholeUpdates(await client.fleet.watch({}, { signal: controller.signal }))) {
      const runs = update.kind === 'snapshot' ? update.state.runs : update.changes.flatMap((change) => (change.kind === 'run' ? [change.run] : []));
      const run = runs.find((each) => each.id === id && wanted(each));
      if (run !== undefined) return run;
    }
  } finally {
    controller.abort();
  }
  throw new Error('the feed ended');
};

/** The live picture as it is right now. */
export const fleetNow = async ({ client }: Pick<TestDrydock, 'client'>): Promise<FleetState> => {
  const controller = new AbortController();
  try {
    for await (const update of wholeUpdates(await client.fleet.watch({}, { signal: controller.signal }))) if (update.kind === 'snapshot') return update.state;
  } finally {
    controller.abort();
  }
  throw new Error('the feed ended');
};

export const runEnd = (test: Pick<TestDrydock, 'client'>, id: RunId): Promise<Run> => runWhere(test, id, (run) => hasEnded(run.state));

/** The whole log of a run's turn, or the part that came from one source. */
export const wholeLog = async ({ client }: Pick<TestDrydock, 'client'>, id: RunId, source?: string): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const slice = await client.runs.log({ runId: id, offset });
    const bytes = Buffer.from(slice.bytes, 'base64');
    slice.marks.forEach((mark, index) => {
      if (source !== undefined && mark.source !== source) return;
      const end = slice.marks[index + 1]?.offset ?? offset + bytes.length;
      pieces.push(bytes.subarray(Math.max(0, mark.offset - offset), end - offset));
    });
    offset += bytes.length;
    if (bytes.length === 0) return Buffer.concat(pieces);
  }
};
