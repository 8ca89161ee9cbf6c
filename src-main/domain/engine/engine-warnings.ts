import type { EngineWarning } from '../../contract/fleet.ts';
import { KNOWN_WEAKNESSES, type KnownWeakness } from './known-weaknesses.ts';
import { compareVersions, isOfDistribution, versionOf, type Version } from './version.ts';

const PART: Readonly<Record<KnownWeakness['part'], string>> = { engine: 'the container engine', containerd: 'containerd', runc: 'runc' };

/** A line is a major version of the engine, and a major and minor one of the others, as their projects keep them. */
const isSameLine = (part: KnownWeakness['part'], a: Version, b: Version): boolean => a.numbers[0] === b.numbers[0] && (part === 'engine' || a.numbers[1] === b.numbers[1]);

const isMended = ({ part, fixedIn }: KnownWeakness, version: Version): boolean => {
  const fixes = fixedIn.flatMap((text) => versionOf(text) ?? []);
  const ofLine = fixes.find((fix) => isSameLine(part, fix, version));
  const newest = fixes.at(-1);
  if (ofLine !== undefined) return compareVersions(version, ofLine) >= 0;
  return newest !== undefined && compareVersions(version, newest) >= 0;
};

const anyOf = (versions: readonly string[]): string => (versions.length < 2 ? (versions[0] ?? '') : `${versions.slice(0, -1).join(', ')} or ${versions.at(-1)}`);

/**
 * Known weaknesses of an engine's parts, by their versions. A part whose version is not told, or cannot be read, has none: nothing
 * is known of it.
 */
export const engineWarnings = (versions: Readonly<Record<string, string>>): EngineWarning[] =>
  KNOWN_WEAKNESSES.flatMap((weakness) => {
    const text = versions[weakness.part] ?? '';
    const version = versionOf(text);
    if (version === null || isMended(weakness, version)) return [];
    const own = isOfDistribution(text) ? ` ${text} is a version of the distribution, which may have mended it without another number: its security tracker tells.` : '';
    return [{
      id: weakness.id,
      message: `${weakness.id} in ${PART[weakness.part]} ${text}: ${weakness.means}`,
      next: `Update ${PART[weakness.part]} to ${anyOf(weakness.fixedIn)}, or newer.${own}`,
    }];
  });
