/** Longest path and name that are taken, in bytes: PATH_MAX and NAME_MAX of Linux. */
const longestPath = 4_096;
const longestName = 255;

/** Characters that HFS+ ignores in names: `.g\u200cit` opens `.git` there. The list of git's own check (utf8.c). */
const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Why a path must not come out of a container, or null. Stands beside git's own fsck so that one of the two being lax on
 * some version does not open the door.
 */
export function unsafePath(path: Uint8Array): string | null {
  if (path.length === 0) return 'is empty';
  if (path.length > longestPath) return `is longer than ${longestPath} bytes`;
  for (const name of Buffer.from(path).toString('latin1').split('/')) {
    if (name.length > longestName) return `has a name longer than ${longestName} bytes`;
    const problem = unsafeName(Buffer.from(name, 'latin1').toString('utf8'));
    if (problem !== null) return problem;
  }
  return null;
}

function unsafeName(name: string): string | null {
  if (name === '' || name === '.' || name === '..') return 'has an empty, "." or ".." part';
  if (name.includes('\0')) return 'holds a NUL';
  // NTFS drops trailing dots and spaces, cuts at a stream name, and knows .git by its short name; a backslash parts names there.
  const parts = name.replace(ignoredByHfs, '').toLowerCase().split('\\');
  const known = parts.map((part) => part.replace(/:.*$/s, '').replace(/[. ]+$/, ''));
  return known.some((part) => part === '.git' || part === 'git~1') ? 'names .git' : null;
}
