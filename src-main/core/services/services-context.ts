import type { Limits, ServiceSpec } from '../../contract/project.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { Writers } from '../supervisor/writers.ts';

/** What services are started with. */
export interface ServicesContext {
  readonly engine: ContainerEngine;
  readonly clock: Clock;
  /** Drydock's own image, for the holder of a network. */
  readonly baseImage: string;
  readonly services: readonly ServiceSpec[];
  readonly limits: Limits;
  readonly writers: Writers;
  /** Values that what a service says may not show, by name: of setup, which could have told it. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Takes a line for people. */
  readonly note: (line: string) => void;
  readonly signal: AbortSignal;
}
