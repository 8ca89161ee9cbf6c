import type { RawPath } from './collection-path.ts';

/** A file of the base, as its index has it. */
export interface TrackedFile {
  readonly mode: string;
  readonly id: string;
}

/** Anything that lies in the workspace, as `find` saw it without following links. */
export interface ListedEntry {
  readonly path: RawPath;
  /** find's letter: f, d, l, or something special. */
  readonly type: string;
  readonly mode: number;
  /** Apparent size in bytes. */
  readonly size: number;
  readonly device: string;
  /** Target of a link. */
  readonly target: string | null;
}

/** Why a listing cannot be used. */
export type ListingProblem = { readonly kind: 'malformed' } | { readonly kind: 'tooManyEntries'; readonly most: number };

export class ListingRefused extends Error {
  readonly problem: ListingProblem;
  constructor(problem: ListingProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** Records that end in NUL, one at a time. */
function* records(bytes: Buffer): Generator<string> {
  let from = 0;
  while (from < bytes.length) {
    const to = bytes.indexOf(0, from);
    if (to < 0) throw new ListingRefused({ kind: 'malformed' });
    yield bytes.toString('latin1', from, to);
    from = to + 1;
  }
}

/** What `git ls-files -s -z` writes. */
export const parseTracked = (bytes: Buffer): Map<RawPath, TrackedFile> => {
  const tracked = new Map<RawPath, TrackedFile>();
  for (const record of records(bytes)) {
    const match = /^([0-7]{6}) ([0-9a-f]{40,64}) 0\t(.+)$/s.exec(record);
    if (!match) throw new ListingRefused({ kind: 'malformed' });
    tracked.set(match[3]!, { mode: match[1]!, id: match[2]! });
  }
  return tracked;
};

/** What the listing script's `find` writes: `type mode size device path NUL`, and for a link its target in one more record. */
export const parseEntries = (bytes: Buffer, most: number): ListedEntry[] => {
  const entries: ListedEntry[] = [];
  const all = records(bytes);
  for (const record of all) {
    if (entries.length === most) throw new ListingRefused({ kind: 'tooManyEntries', most });
    const match = /^(\S) ([0-7]+) (\d+) (\d+) (.*)$/s.exec(record);
    if (!match) throw new ListingRefused({ kind: 'malformed' });
    const target = match[1] === 'l' ? all.next() : null;
    if (target?.done === true) throw new ListingRefused({ kind: 'malformed' });
    entries.push({
      type: match[1]!,
      mode: Number.parseInt(match[2]!, 8),
      size: Number(match[3]),
      device: match[4]!,
      path: match[5]!,
      target: target === null ? null : (target.value ?? null),
    });
  }
  return entries;
};
