import type { Fault } from '../../src-main/contract/fault.ts';
import { StoreFailure } from '../../src-main/ports/run-store.ts';

/** The fault with which the store refuses what is run here. */
export const storeFault = (run: () => unknown): Fault => {
  try {
    run();
  } catch (error) {
    if (error instanceof StoreFailure) return error.fault;
    throw error;
  }
  throw new Error('was expected to fail');
};
