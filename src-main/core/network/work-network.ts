import type { Fault } from '../../contract/fault.ts';
import type { Run } from '../../contract/run.ts';
import { networkName, ownLabels, type ContainerSpec } from '../../domain/container-spec.ts';
import { seatVariables } from '../../domain/network/proxy-variables.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Seat, SeatAhead } from '../../ports/network-seat.ts';
import type { Deps } from '../deps.ts';
import type { ProgressBoard } from '../supervisor/progress-board.ts';
import { createNetworkJournal } from './network-journal.ts';
import { putTrust } from './put-trust.ts';

/** The network of one work phase, while it is open. */
export interface WorkNetwork {
  readonly network: ContainerSpec['network'];
  /** Variables by which programs find it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Values that are never to be shown, by name: what the proxy adds for the run. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Prepares a container that never ran. */
  readonly prepare: (container: string) => Promise<void>;
  /** Rejects with policyNotEnforced when the network is not what it must be. */
  readonly selfTest: () => Promise<void>;
  /** Settles when the network is gone under the run, or is not what it has to be, with what to say; null: it cannot go. */
  readonly lost: Promise<Fault> | null;
  /** Lets go of it: `leave` for another service to take up, `close` for good. */
  readonly end: (how: 'leave' | 'close') => Promise<void>;
}

export const NETWORK_LOST: Fault = { code: 'engineFailed', message: "The run's network was lost: the container that holds it is gone.", next: 'Run again.' };

const nothing = async (): Promise<void> => {};
const NO_SECRETS: ReadonlyMap<string, string> = new Map();

/** Loopback alone: nothing to open, nothing to lose. */
export const NO_NETWORK: WorkNetwork = { network: 'none', variables: {}, secrets: NO_SECRETS, prepare: nothing, selfTest: nothing, lost: null, end: nothing };

/** The same with its test under way: whoever asks for it is given the outcome of that one. */
export const testedAtOnce = (network: WorkNetwork): WorkNetwork => {
  const tested = network.selfTest();
  tested.catch(() => {});
  return { ...network, selfTest: () => tested };
};

/** What programs behind a seat need to find it. */
export const throughSeat = (engine: ContainerEngine, seat: Seat, secrets: ReadonlyMap<string, string>, flush: () => void): WorkNetwork => ({
  network: { of: seat.holder },
  variables: seatVariables(seat.authority !== null),
  secrets,
  prepare: async (container) => {
    if (seat.authority !== null) await putTrust(engine, container, seat.authority);
  },
  selfTest: () => seat.selfTest(),
  lost: seat.lost.then(() => NETWORK_LOST),
  end: async (how) => {
    await (how === 'leave' ? seat.leave() : seat.close());
    flush();
  },
});

/** Opens what the run's frozen policy says, or takes up what an earlier service left of it; `ahead`: on a seat that waits for this run. */
export const openWorkNetwork = async (
  { deps, engine, progress }: { readonly deps: Deps; readonly engine: ContainerEngine; readonly progress: ProgressBoard },
  run: Run,
  ahead: SeatAhead | null = null,
): Promise<WorkNetwork> => {
  const { network } = run.order;
  const turn = run.turns.length;
  switch (network.mode) {
    case 'off':
      return NO_NETWORK;
    case 'full': {
      const name = networkName(run.id, turn);
      await engine.createNetwork(name, ownLabels(deps.owner, run.id));
      // Removed with the run's other objects: a container that has ended may still be in it.
      return { ...NO_NETWORK, network: { bridge: name } };
    }
    case 'allowlist': {
      const names = [...new Set(network.inject.map(({ secret }) => secret))];
      const secrets = names.length === 0 ? NO_SECRETS : await deps.secrets.reveal(run.projectId, names);
      const journal = createNetworkJournal(deps, run.id, (counts) => progress.update(run.id, { network: counts }));
      const request = { runId: run.id, turn, owner: deps.owner, image: deps.baseImage, network, secrets, entries: deps.store.networkEntries(run.id), onEntry: journal.take };
      const seat = await (ahead === null ? deps.seats.open(engine, request) : ahead.take(request));
      return throughSeat(engine, seat, secrets, journal.flush);
    }
  }
};
