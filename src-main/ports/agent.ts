import type { RunOrder } from '../contract/run.ts';

/** How a turn is started in its container: the main process, so that its output outlives Drydock. */
export interface AgentStart {
  readonly command: string;
}

/** What drives the work phase. Adding one is one adapter and its conformance run. */
export interface Agent {
  readonly name: string;
  /** null: this agent can start the order; else why not, for the person who launched it. */
  refuses(order: RunOrder): string | null;
  start(order: RunOrder): AgentStart;
}
