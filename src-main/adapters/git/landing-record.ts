import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { commitId } from '../../contract/ids.ts';
import type { LandedFacts } from '../../ports/landing-site.ts';
import type { DepotDirectory } from './depot-directory.ts';
import { failure } from './git-failure.ts';

/** One path to be written or deleted. Paths are base64, because they are bytes. */
export const fileStep = z.object({
  path: z.string(),
  change: z.enum(['write', 'delete']),
  /** What the path looked like when the landing began: see `fingerprint`. */
  before: z.string(),
});
export type FileStep = z.infer<typeof fileStep>;

const landedFacts = z.object({
  refs: z.array(z.object({ name: z.string(), to: commitId })),
  paths: z.array(z.string()),
  patch: z.string().nullable(),
  file: z.string().nullable(),
});

const record = z.discriminatedUnion('state', [
  z.object({ state: z.literal('movingRef'), ref: z.string(), facts: landedFacts }),
  z.object({ state: z.literal('movingFiles'), staging: z.string(), replaced: z.string(), steps: z.array(fileStep), facts: landedFacts }),
  z.object({ state: z.literal('landed'), facts: landedFacts }),
]);
export type LandingRecord = z.infer<typeof record>;

/** What is known of a landing: begun and how far it may be, or done. null: never begun. */
export async function readRecord(depot: DepotDirectory, landing: string): Promise<LandingRecord | null> {
  const text = await readFile(recordFile(depot, landing), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : record.parse(JSON.parse(text));
}

/** Durable when it resolves. */
export async function writeRecord(depot: DepotDirectory, landing: string, content: LandingRecord): Promise<void> {
  const file = recordFile(depot, landing);
  await mkdir(dirname(file), { recursive: true });
  await writeDurably(`${file}.new`, JSON.stringify(content));
  await rename(`${file}.new`, file);
  await syncFolder(dirname(file));
}

export async function removeRecord(depot: DepotDirectory, landing: string): Promise<void> {
  await rm(recordFile(depot, landing), { force: true });
}

export async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes names in a folder durable; not every system lets a folder be opened. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function recordFile(depot: DepotDirectory, landing: string): string {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(landing)) {
    throw failure('invalid', `${JSON.stringify(landing)} cannot name a landing.`, 'Use letters, digits and dashes.');
  }
  return join(depot.path, 'landings', `${landing}.json`);
}

export const nothingLanded: LandedFacts = { refs: [], paths: [], patch: null, file: null };
