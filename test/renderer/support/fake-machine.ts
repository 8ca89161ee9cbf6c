import type { FleetState } from '../../../src-main/contract/fleet.ts';
import type { DiskReport } from '../../../src-main/contract/disk.ts';
import { runId } from '../../../src-main/contract/ids.ts';
import type { KeptSnapshot, MeasuredContainer, Measurement } from '../../../src-main/contract/live.ts';
import { planInWords } from '../../../src-main/domain/disk/plan-in-words.ts';
import { NOW, projectIdOf, runIdOf } from './canned.ts';

const GIB = 2 ** 30;
const MIB = 2 ** 20;

const container = (number: number, role: string, more: Partial<MeasuredContainer> = {}): MeasuredContainer => ({
  id: `c${number}${role}`,
  name: `drydock-run-${number}-1-${role}`,
  runId: runIdOf(number),
  role,
  state: 'running',
  startedAt: NOW - 250_000,
  cpus: 1.42,
  cpuLimit: 2,
  memoryBytes: 1.3 * GIB,
  memoryLimit: 4 * GIB,
  writtenBytes: 214 * MIB,
  network: 'none',
  ...more,
});

/** What the runs of the canned fleet weigh. */
export const cannedMeasurement = (): Measurement => ({
  at: Date.now(),
  containers: [
    container(12, 'work'),
    container(14, 'setup', { network: 'bridge', cpus: null, memoryBytes: 3.7 * GIB, writtenBytes: null, startedAt: NOW - 36_000 }),
  ],
  machine: { cpus: 8, memoryBytes: 16 * GIB },
  disk: { freeBytes: 212 * GIB, totalBytes: 500 * GIB },
});

export const cannedSnapshots = (): KeptSnapshot[] => [
  { key: 'env-a', image: 'drydock/env:a', projectId: projectIdOf('api'), madeAt: NOW - 86_400_000 * 3, lastUsedAt: NOW - 250_000, uses: 41, sizeBytes: 1.2 * GIB, inUse: true, neededBy: 1 },
  { key: 'env-b', image: 'drydock/env:b', projectId: projectIdOf('sample'), madeAt: NOW - 86_400_000 * 40, lastUsedAt: NOW - 86_400_000 * 12, uses: 3, sizeBytes: 640 * MIB, inUse: false, neededBy: 2 },
  { key: 'env-c', image: 'drydock/env:c', projectId: projectIdOf('gone'), madeAt: NOW - 86_400_000 * 90, lastUsedAt: null, uses: 0, sizeBytes: null, inUse: false, neededBy: 0 },
];

/** Two snapshots, an image and some logs that may go. */
export const cannedDisk = (): DiskReport => {
  const now = Date.now();
  const steps: DiskReport['steps'] = [
    { kind: 'snapshot', id: 'snapshot:env-b', key: 'env-b', projectId: projectIdOf('sample'), bytes: 640 * MIB, unusedSince: now - 86_400_000 * 41, because: 'unused', automatic: false },
    { kind: 'snapshot', id: 'snapshot:env-c', key: 'env-c', projectId: projectIdOf('gone'), bytes: null, unusedSince: now - 86_400_000 * 90, because: 'unused', automatic: false },
    { kind: 'image', id: 'image:sha256:a', reference: 'drydock/image:a', projectId: projectIdOf('api'), bytes: 118 * MIB, madeAt: now - 86_400_000 * 12, because: 'replaced', automatic: false },
    ...[1, 2, 3].map((at) => ({ kind: 'log' as const, id: `log:run_00000000000${at}`, runId: runId.parse(`run_00000000000${at}`), bytes: at * 9 * MIB, endedAt: now - 86_400_000 * (30 + at), because: 'landed' as const, automatic: true })),
  ];
  return {
    at: now,
    spaces: [{ holds: 'data', path: '/home/ada/.local/share/drydock', freeBytes: 212 * GIB, totalBytes: 500 * GIB, floorBytes: 5 * GIB, stopBytes: GIB }],
    holds: { snapshots: { count: 3, bytes: 1.8 * GIB }, images: { count: 2, bytes: 530 * MIB }, logs: { count: 48, bytes: 310 * MIB }, projects: { count: 3, bytes: 92 * MIB }, containers: { count: 0, bytes: 0 } },
    budgetBytes: 20 * GIB,
    overBudgetBytes: 0,
    summary: planInWords(steps, now),
    freesBytes: 812 * MIB,
    steps,
  };
};

/** The machine under the fake service: what is measured and kept on it can be set, and is told at once. */
export const createFakeMachine = (state: FleetState) => {
  const wake = new Set<() => void>();
  const machine = {
    /** null: no reading yet. */
    measurement: cannedMeasurement() as Measurement | null,
    snapshots: cannedSnapshots(),
    disk: cannedDisk(),
    /** How many listen to the measuring right now. */
    listeners: 0,
    measure(measurement: Measurement | null): void {
      machine.measurement = measurement;
      for (const each of wake) each();
    },
    async *watch(signal: AbortSignal | undefined): AsyncGenerator<Measurement> {
      machine.listeners += 1;
      try {
        for (let seen: Measurement | null = null; !signal?.aborted; ) {
          if (machine.measurement !== null && machine.measurement !== seen) {
            seen = machine.measurement;
            // As the service does it: without an engine there is the disk, and nothing else.
            yield state.engine.state === 'up' ? seen : { ...seen, containers: [], machine: null };
          } else
            await new Promise<void>((resolve) => {
              wake.add(resolve);
              signal?.addEventListener('abort', () => resolve(), { once: true });
            });
        }
      } finally {
        machine.listeners -= 1;
      }
    },
  };
  return machine;
};
