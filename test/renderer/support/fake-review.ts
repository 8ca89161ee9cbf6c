import type { LiveChanges } from '../../../src-main/contract/live.ts';
import type { LandingPreview } from '../../../src-main/contract/landing.ts';
import type { FileChange, Hunk } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import type { RunBaseNow } from '../../../src-main/contract/endpoints.ts';
import { objectOf } from './canned.ts';
import { cannedBlobs, cannedChanges } from './canned-changes.ts';
import { lineHunks } from './line-hunks.ts';

/** What a run changed: the listed files, and the content of each blob that they name. */
export interface FakeDiff {
  readonly files: readonly FileChange[];
  readonly blobs: ReadonlyMap<string, Buffer>;
}

export interface FakeLive {
  readonly changes: LiveChanges;
  readonly content: (path: string) => { readonly base: Buffer | null; readonly now: Buffer | null };
}

/** The diffs behind the results, in memory; every run has the canned one until it is given another. */
export const createFakeReview = () => {
  const canned: FakeDiff = { files: cannedChanges(), blobs: cannedBlobs() };
  const diffs = new Map<string, FakeDiff>();
  const live = new Map<string, FakeLive>();
  const diffOf = (run: Run): FakeDiff => diffs.get(run.id) ?? canned;
  const hunksOf = (run: Run, path: string): Hunk[] => {
    const diff = diffOf(run);
    const change = diff.files.find((each) => each.path === path);
    if (!change || change.binary || change.oldBlob === change.newBlob || change.newMode === '120000' || change.newMode === '160000') return [];
    const side = (blob: string | null): Buffer | null => (blob === null ? null : (diff.blobs.get(blob) ?? null));
    return lineHunks(side(change.oldBlob), side(change.newBlob));
  };
  return {
    diffs,
    live,
    diffOf,
    hunksOf,
    blob: (blob: string): Buffer | undefined => canned.blobs.get(blob) ?? [...diffs.values()].map((diff) => diff.blobs.get(blob)).find((bytes) => bytes !== undefined),
    /** What a preview says beyond what the fake makes up. */
    preview: {} as Partial<LandingPreview>,
    /** What an answer about evidence waits for. */
    evidenceHeld: Promise.resolve() as Promise<unknown>,
    /** Where the branch is that runs started from: where it was. */
    baseNow: { branch: 'main', commit: objectOf('head'), commits: 0, rewritten: false, conflicts: [], contained: false } as RunBaseNow,
  };
};

export const contentOfBytes = (bytes: Buffer) => ({ bytes: bytes.length > 8 * 2 ** 20 ? null : bytes.toString('base64'), size: bytes.length, binary: bytes.subarray(0, 8_000).includes(0) });
