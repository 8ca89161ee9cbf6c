/** Time, as the core knows it; tests hold it in their hand. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Milliseconds since the machine's start that leave sleep out where the system can tell: for durations, also across processes. */
  monotonic(): number;
  /** Calls back once after `ms`; returns the way to call it off. */
  after(ms: number, callback: () => void): () => void;
}

/** Random parts of ids: 12 characters of Crockford's base32 in lower case. */
export interface Ids {
  random(): string;
}

/**
 * Called with a name before and after every durable write and every engine call that changes something, so that a fault
 * test can end the process at each of them. Does nothing in the product.
 */
export type FaultPoint = (name: string) => void;
export const noFaultPoint: FaultPoint = () => {};
