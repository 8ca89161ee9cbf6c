import type { EngineNotFound } from '../../../resources/engine/find-engine.mjs';
import type { Fault } from '../../contract/fault.ts';

/** No engine answers on this machine. */
export const engineNotFound = ({ tried, nextStep }: EngineNotFound): Fault => ({
  code: 'engineUnavailable',
  message: 'No container engine answers on this machine.',
  next: nextStep,
  detail: { tried: tried.map(({ source, where, problem }) => ({ source, where, problem })) },
});

/** An engine that was in use went away. */
export const engineLost = (source: string): Fault => ({
  code: 'engineUnavailable',
  message: `${source} went away.`,
  next: 'Start it again; Drydock notices by itself.',
});

/** An engine is there and cannot be used. */
export const engineSilent = (source: string, error: unknown): Fault => ({
  code: 'engineUnavailable',
  message: `${source} does not answer as it should: ${error instanceof Error ? error.message : String(error)}`,
  next: 'Restart it; Drydock notices by itself.',
});
