import type { Fault, FaultCode } from '../contract/fault.ts';

/** How a use case says no, inside the core; at its edge it becomes plain data. */
export class Refusal extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.name = 'Refusal';
    this.fault = fault;
  }
}

/** Ends a use case with a fault: what happened, and the one next step. */
export const refuse = (code: FaultCode, message: string, next: string): never => {
  throw new Refusal({ code, message, next });
};
