/** A version's numbers; `candidate` is what comes before the release itself: `1.4.0-rc.3` has 3, a release has Infinity. */
export interface Version {
  readonly numbers: readonly [number, number, number];
  readonly candidate: number;
}

/** Reads a version in the words of engines and distributions: `20.10.24+dfsg1`, `1.1.5~ds1`, `v1.3.3`, `1.4.0-rc.3`. null: it is none. */
export const versionOf = (text: string): Version | null => {
  const found = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:-(?:rc|beta|alpha)\.?(\d+))?/.exec(text.trim());
  if (found === null) return null;
  const [, major, minor, patch = '0', candidate] = found;
  return { numbers: [Number(major), Number(minor), Number(patch)], candidate: candidate === undefined ? Infinity : Number(candidate) };
};

/** Below zero: the first is older. */
export const compareVersions = (a: Version, b: Version): number =>
  a.numbers[0] - b.numbers[0] || a.numbers[1] - b.numbers[1] || a.numbers[2] - b.numbers[2] || (a.candidate === b.candidate ? 0 : a.candidate - b.candidate);

/** Whether a distribution made it: it may have mended what its number does not tell. */
export const isOfDistribution = (text: string): boolean => /dfsg|[+~]ds\d|deb\d|ubuntu|[.-]el\d|[.-]fc\d/.test(text);
