import { z } from 'zod';

/** What a person has chosen for this data directory; every window follows it. */
export const settings = z.object({
  /** Runs at once; null: from the engine's CPUs and memory. */
  slots: z.number().int().min(1).max(64).nullable().default(null),
  theme: z.enum(['system', 'dark', 'light', 'contrast']).default('system'),
  notify: z.object({ ready: z.boolean(), failed: z.boolean(), attention: z.boolean() }).default({ ready: true, failed: true, attention: true }),
  /** What quitting does with runs under way. */
  onQuit: z.enum(['ask', 'leave', 'stop']).default('ask'),
  /** Minutes a new brief gets for its work. */
  timeBudgetMinutes: z.number().min(0.05).max(10_080).default(60),
  /** Whether the first tour was seen or skipped. */
  tourDone: z.boolean().default(false),
});
export type Settings = z.infer<typeof settings>;
