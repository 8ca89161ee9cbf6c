import { z } from 'zod';
import { fault } from '../contract/fault.ts';

/**
 * What the shell tells the service. `connect` carries one end of a message channel as its only port. `dispose`: first stops
 * the runs that are under way, for at most so many milliseconds; 0 leaves them running.
 */
export type ShellMessage = { readonly type: 'connect' } | { readonly type: 'dispose'; readonly stopRunsMs: number };

/**
 * What the service tells the shell. `refused`: it will not serve (the data is held by another service, newer or damaged);
 * it ends after that, and starting it again by itself would change nothing.
 */
export const serviceMessage = z.discriminatedUnion('type', [z.object({ type: z.literal('refused'), fault })]);
export type ServiceMessage = z.infer<typeof serviceMessage>;
