const MiB = 2 ** 20;

/** What a turn may hand over. Beyond the caps on the whole the collection is refused; beyond those of one file it is left out by name. */
export const COLLECT_LIMITS = {
  /** Files, folders and links in the workspace, ignored ones included: a large monorepo with its packages has some 300,000. */
  entries: 500_000,
  /** Of the listing itself, names included. */
  listingBytes: 128 * MiB,
  fileBytes: 200 * MiB,
  /** Linux opens no longer path; some bytes are kept for the folder it is below. */
  pathBytes: 4_000,
  /** A larger .gitignore is not obeyed (its files are then collected, not lost). */
  ignoreFileBytes: 256 * 1024,
  ignoreBytes: 64 * MiB,
  /** Of all new content, before compression. */
  contentBytes: 1024 * MiB,
  /** Changed and new files; folders add objects of their own. */
  changedFiles: 100_000,
  packBytes: 1100 * MiB,
  packObjects: 600_000,
} as const;
