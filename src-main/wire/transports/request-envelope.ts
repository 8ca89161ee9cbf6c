import { z } from 'zod';

/**
 * Largest message that a client may send, in bytes: the contract's largest inputs (2 MB of brief file, 20,000 paths)
 * with room for JSON's escapes.
 */
export const REQUEST_LIMIT = 16 * 1024 * 1024;

const requestId = z.string().min(1).max(64);

/** A call: path, body, and the one header in use, which says where a live endpoint goes on. */
const request = z.strictObject({
  i: requestId,
  t: z.literal(1).optional(),
  p: z.strictObject({
    u: z.string().max(256).regex(/^\/[A-Za-z0-9/]+$/),
    m: z.literal('POST').optional(),
    h: z.strictObject({ 'last-event-id': z.string().max(64).optional() }).optional(),
    b: z.unknown(),
  }),
});

/** The client lets go of a call or an iterator. */
const abort = z.strictObject({ i: requestId, t: z.literal(4), p: z.unknown().optional() });

const envelope = z.union([request, abort]);

/**
 * Whether bytes from outside are a message of this protocol. The library decodes first and asks later: a malformed
 * message would be an unhandled rejection there, so nothing malformed reaches it. Uploads (blobs, forms, client
 * streams) are not part of the contract and not accepted.
 */
export function isRequestEnvelope(message: unknown): message is string {
  if (typeof message !== 'string' || message.length > REQUEST_LIMIT) return false;
  try {
    return envelope.safeParse(JSON.parse(message)).success;
  } catch {
    return false;
  }
}
