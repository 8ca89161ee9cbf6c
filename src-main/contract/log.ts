import { z } from 'zod';
import { instant } from './ids.ts';

/** Where a piece of a turn's log came from: Drydock itself, or a phase's container. */
export const logSource = z.string().regex(/^(?:drydock|setup|work|check:\d+:(?:base|result))$/);
export type LogSource = z.infer<typeof logSource>;

export const logStream = z.enum(['stdout', 'stderr']);
export type LogStream = z.infer<typeof logStream>;

/** From `offset` on the bytes have this origin and arrived at this time. */
export const logMark = z.object({ offset: z.number().int(), source: z.string(), stream: logStream, at: instant });
export type LogMark = z.infer<typeof logMark>;

/** Most bytes that one read returns. */
export const LOG_READ_LIMIT = 1024 * 1024;

/** A slice of a turn's log, pulled by byte offset: the bytes exactly as the container wrote them. */
export const logSlice = z.object({
  offset: z.number().int(),
  /** base64: a log is bytes, not text; it may hold NUL and invalid UTF-8. */
  bytes: z.string(),
  /** Bytes in the log so far; more may come until `ended`. */
  length: z.number().int(),
  ended: z.boolean(),
  marks: z.array(logMark),
});
export type LogSlice = z.infer<typeof logSlice>;
