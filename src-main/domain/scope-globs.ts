import picomatch from 'picomatch';

/** A glob with the folder that it is of: from the working directory, from the repository's top when it begins with a slash. null: outside of the repository. */
const placed = (glob: string, workingDirectory: string): { folder: string; glob: string } | null => {
  const folders = glob.startsWith('/') || workingDirectory === '' ? [] : workingDirectory.split('/');
  let rest = glob.replace(/^\/+/, '').replace(/\/+$/, '');
  for (;;) {
    if (rest === '.' || rest.startsWith('./')) rest = rest.slice(2);
    else if (rest === '..' || rest.startsWith('../')) {
      if (folders.pop() === undefined) return null;
      rest = rest.slice(3);
    } else return { folder: folders.join('/'), glob: rest };
  }
};

/**
 * Whether any of the globs matches a repository path (as it is shown). Globs are from the working directory, `../` and a
 * leading `/` (the repository's top) included; a folder's name means all below it, and dot files are files.
 */
export const globMatcher = (globs: readonly string[], workingDirectory: string): ((path: string) => boolean) => {
  const byFolder = new Map<string, string[]>();
  for (const glob of globs) {
    const place = placed(glob, workingDirectory);
    if (place === null) continue;
    const wide = place.glob === '' ? ['**'] : [place.glob, `${place.glob}/**`];
    byFolder.set(place.folder, [...(byFolder.get(place.folder) ?? []), ...wide]);
  }
  const matchers = [...byFolder].map(([folder, wide]) => {
    const matches = picomatch(wide, { dot: true, nonegate: true });
    const above = folder === '' ? '' : `${folder}/`;
    return (path: string): boolean => path.startsWith(above) && matches(path.slice(above.length));
  });
  return (path) => matchers.some((matches) => matches(path));
};
