const SEPARATORS = /[/\\]/;

/** What a path says once it is decoded; null: it can be read in more than one way, and so says nothing. */
export const plainPath = (path: string): string | null => {
  if (!path.startsWith('/')) return null;
  const segments: string[] = [];
  for (const segment of path.slice(1).split('/')) {
    let plain: string;
    try {
      plain = decodeURIComponent(segment);
    } catch {
      return null;
    }
    // What still has an escape in it is decoded once more by some servers, and by others not.
    if (SEPARATORS.test(plain) || /\p{Cc}/u.test(plain) || /%[0-9a-f]{2}/i.test(plain)) return null;
    // `/a/..;x/b` is `/b` for servers that know parameters of segments.
    const named = plain.split(';', 1)[0] ?? '';
    if (named === '.' || named === '..') return null;
    segments.push(plain);
  }
  // `//` is one slash for some servers, an empty folder for others, and an address for a few. At the end it says "folder".
  if (segments.some((segment, at) => segment === '' && at < segments.length - 1)) return null;
  return `/${segments.join('/')}`;
};

/** Whether a path is the one of a rule or below it: `/a` has `/a` and `/a/b`, not `/ab`. Both are plain. */
export const isBelowPath = (path: string, prefix: string): boolean => {
  const folder = prefix.endsWith('/') ? prefix : `${prefix}/`;
  return path === prefix || path.startsWith(folder);
};
