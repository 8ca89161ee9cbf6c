import { z } from 'zod';

const fields = {
  /** Runs at once; null: from the engine's CPUs and memory. */
  slots: z.number().int().min(1).max(64).nullable(),
  theme: z.enum(['system', 'dark', 'light', 'contrast']),
  notify: z.object({ ready: z.boolean(), failed: z.boolean(), attention: z.boolean() }),
  /** What quitting does with runs under way. */
  onQuit: z.enum(['ask', 'leave', 'stop']),
  /** Minutes a new brief gets for its work. */
  timeBudgetMinutes: z.number().min(0.05).max(10_080),
  /** GiB that snapshots may take together; beyond it those used longest ago go. */
  snapshotBudgetGib: z.number().min(0).max(100_000),
  /** Days that the log of a landed run, or of a removed brief, is kept. */
  keepLogsDays: z.number().int().min(0).max(36_500),
  /** GiB below which the queue waits for space; null: 5 GiB or a twentieth of the disk, whichever is less. */
  freeSpaceGib: z.number().min(0).max(100_000).nullable(),
  /** Known weaknesses of the engine, by their ids, that a person has read about and need not be shown again. */
  readWarnings: z.array(z.string().max(500)).max(100),
  /** Whether the first tour was seen or skipped. */
  tourDone: z.boolean(),
};

/** What a person has chosen for this data directory; every window follows it. */
export const settings = z.object({
  slots: fields.slots.default(null),
  theme: fields.theme.default('system'),
  notify: fields.notify.default({ ready: true, failed: true, attention: true }),
  onQuit: fields.onQuit.default('ask'),
  timeBudgetMinutes: fields.timeBudgetMinutes.default(60),
  snapshotBudgetGib: fields.snapshotBudgetGib.default(20),
  keepLogsDays: fields.keepLogsDays.default(30),
  freeSpaceGib: fields.freeSpaceGib.default(null),
  readWarnings: fields.readWarnings.default([]),
  tourDone: fields.tourDone.default(false),
});
export type Settings = z.infer<typeof settings>;

/** Some of them. Without defaults: a field with one, even when optional, would be read as named. */
export const namedSettings = z.object(fields).partial();
