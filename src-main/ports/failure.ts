import type { Fault } from '../contract/fault.ts';

/** An error that carries what a person can act on. Each port throws a kind of its own, so that it is known who failed. */
export abstract class Failure extends Error {
  readonly fault: Fault;
  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.message, options);
    this.name = new.target.name;
    this.fault = fault;
  }
}
