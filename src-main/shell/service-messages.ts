import { z } from 'zod';
import { fault } from '../contract/fault.ts';

/**
 * What the shell tells the service. `start` comes first, with the master key of the secrets where the system's keychain holds one: a message is
 * seen by nobody else, unlike arguments and variables of a process. `connect` carries one end of a message channel as its only port.
 * `dispose`: first stops the runs that are under way, for at most so many milliseconds; 0 leaves them running.
 */
export type ShellMessage = { readonly type: 'start'; readonly secretKey: Uint8Array | null } | { readonly type: 'connect' } | { readonly type: 'dispose'; readonly stopRunsMs: number };

/**
 * What the service tells the shell. `refused`: it will not serve (the data is held by another service, newer or damaged);
 * it ends after that, and starting it again by itself would change nothing.
 */
export const serviceMessage = z.discriminatedUnion('type', [z.object({ type: z.literal('refused'), fault })]);
export type ServiceMessage = z.infer<typeof serviceMessage>;
