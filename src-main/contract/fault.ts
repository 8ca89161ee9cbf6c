import { z } from 'zod';

/** Every way in which a command can be refused or fail. Closed: a client can switch over it. */
export const faultCode = z.enum([
  // what was asked for
  'notFound',
  'invalid',
  'refusedByState',
  // the user's repository
  'notARepository',
  'noCommit',
  'bareRepository',
  'baseNotFound',
  'gitMissing',
  'gitFailed',
  // landing
  'branchExists',
  'targetMoved',
  'dirtyPath',
  'conflict',
  'nothingToLand',
  // the environment
  'secretUnreadable',
  'secretFound',
  'policyNotEnforced',
  'notApproved',
  'serviceFailed',
  // the machine
  'engineUnavailable',
  'engineFailed',
  'imageMissing',
  'imageNotMade',
  'diskFull',
  'tooLarge',
  'dataHeld',
  'newerData',
  'damagedData',
  'internal',
]);
export type FaultCode = z.infer<typeof faultCode>;

/**
 * A failure as plain data. `message` says what happened and why, `next` the one next step for a person,
 * `detail` holds what a program may want (paths, names), never a secret and never a stack.
 */
export const fault = z.object({
  code: faultCode,
  message: z.string(),
  next: z.string(),
  detail: z.record(z.string(), z.json()).optional(),
});
export type Fault = z.infer<typeof fault>;
