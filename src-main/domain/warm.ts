import type { FrozenNetwork } from '../contract/network.ts';
import type { Environment, Limits } from '../contract/project.ts';
import type { Surroundings } from './container-spec.ts';
import { looksInside } from './network/decide-connection.ts';
import { seatVariables } from './network/proxy-variables.ts';

/** After so long a warm container is thrown away, whatever it was made for: what nobody took for an hour is not what is needed. */
const OLDEST_MS = 3_600_000;

/**
 * What of a network is built into a container: nothing, the doors of a relay, or besides these the trust in an authority made for the
 * run. Names, rules, budgets and credentials are not: they are decided in the service, for the run that takes it.
 */
export type Door = 'none' | 'relay' | 'trusted';

/** All that is built into a container at its creation, the command left out: two that agree in it are the same. */
export interface WarmRecipe {
  /** Of the snapshot, and its image; the tree that lies in the workspace. */
  readonly key: string;
  readonly image: string;
  readonly tree: string;
  readonly workingDirectory: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly limits: Pick<Limits, 'cpus' | 'memoryBytes' | 'processes'>;
  readonly door: Door;
}

/** null: a network of this kind is made by the run that has it. */
export const doorOf = (network: Pick<FrozenNetwork, 'mode' | 'rules' | 'inject'>): Door | null => {
  if (network.mode === 'off') return 'none';
  if (network.mode === 'full') return null;
  return looksInside(network) ? 'trusted' : 'relay';
};

/** How a container behind such a door is made; `holder`: whose network it joins, for a door that there is. */
export const surroundingsOf = (door: Door, holder: string | null): Surroundings =>
  door === 'none' || holder === null ? { network: 'none', variables: {} } : { network: { of: holder }, variables: seatVariables(door === 'trusted') };

const canonical = ({ key, image, tree, workingDirectory, variables, limits: { cpus, memoryBytes, processes }, door }: WarmRecipe): string =>
  JSON.stringify([key, image, tree, workingDirectory, Object.entries(variables).toSorted(([a], [b]) => (a < b ? -1 : 1)), cpus, memoryBytes, processes, door]);

/** What of a recipe is known before a run has its base: the snapshot and the tree follow from that. */
export type KnownEarly = Omit<WarmRecipe, 'key' | 'image' | 'tree'>;

/** Whether a container made by one recipe is what the other one makes. */
export const isSameRecipe = (made: WarmRecipe, wanted: WarmRecipe): boolean => canonical(made) === canonical(wanted);

/** Whether a warm container is to be thrown away. `wanted`: what its environment would have now; null: nothing. Times in ms. */
export const isStale = (made: { readonly recipe: WarmRecipe; readonly madeAt: number }, wanted: WarmRecipe | null, now: number): boolean =>
  // A clock that was set back says nothing about the age.
  wanted === null || !isSameRecipe(made.recipe, wanted) || now - made.madeAt >= OLDEST_MS || now < made.madeAt;

/** Why nothing is made ahead for an environment, whatever number it names; null: nothing stands against it. */
export const obstacleToWarm = ({ services, network }: Pick<Environment, 'services'> & { readonly network: Pick<FrozenNetwork, 'mode' | 'presets'> }): string | null => {
  if (network.mode === 'full') return 'A network with full internet is made by the run that has it.';
  if (network.mode === 'allowlist' && network.presets.length > 0) return 'The presets of the network are written out by the run that has them.';
  return services.length === 0 ? null : 'Services are started beside the run that has them.';
};

/** What the machine is doing, as far as it matters for work that can wait. */
export interface Load {
  readonly engineUp: boolean;
  readonly slots: { readonly used: number; readonly total: number };
  /** Runs in the queue that nothing but a free slot keeps from starting. */
  readonly inLine: number;
  /** Runs that are being prepared, set up or sealed: the engine has enough to do. */
  readonly beginning: number;
  /** The project's queue, or every queue, is paused. */
  readonly paused: boolean;
  /** Bytes of memory that the machine has left. */
  readonly freeMemory: number;
}

/** A run's own share, and then a relay's: what is made ahead never takes what the next run needs. */
const LEAST_FREE_MEMORY = 2 ** 30 + 128 * 2 ** 20;

/** Whether the machine is idle enough to make something ahead. */
export const isIdleEnough = ({ engineUp, slots, inLine, beginning, paused, freeMemory }: Load): boolean =>
  engineUp && !paused && inLine === 0 && beginning === 0 && slots.used < slots.total && freeMemory >= LEAST_FREE_MEMORY;
