import type { Finding } from '../../contract/result.ts';
import { isThere, type ChangedFile } from './changed-file.ts';
import { isLockFile, readerOf, type Packages } from './manifests.ts';

/** Packages that one sentence names. */
const NAMED = 5;

interface Difference {
  readonly words: string;
  readonly line: number | null;
}

const versioned = (name: string, version: string): string => (version === '' || version.length > 60 ? name : `${name} ${version}`);

const differences = (before: Packages, after: Packages): Difference[] => [
  ...[...after].flatMap(([name, { version, line }]): Difference[] => {
    const old = before.get(name);
    if (old === undefined) return [{ words: `adds ${versioned(name, version)}`, line }];
    return old.version === version ? [] : [{ words: old.version === '' || version === '' ? `changes ${name}` : `changes ${name} from ${old.version.slice(0, 60)} to ${version.slice(0, 60)}`, line }];
  }),
  ...[...before.keys()].filter((name) => !after.has(name)).map((name): Difference => ({ words: `removes ${name}`, line: null })),
];

const sentence = (path: string, all: readonly Difference[]): string => {
  const named = all.slice(0, NAMED).map(({ words }) => words);
  const more = all.length - named.length;
  return `${path} ${[...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')}.`;
};

const ofManifest = ({ change: { path }, text }: ChangedFile): Finding[] => {
  const reader = readerOf(path);
  if (reader === null) return [];
  if (text === null) return [{ kind: 'dependency', path, message: `${path}, which names packages, was changed.` }];
  const all = differences(reader(text.before), reader(text.after));
  const line = all.find((each) => each.line !== null)?.line ?? null;
  return all.length === 0 ? [] : [{ kind: 'dependency', path, message: sentence(path, all), ...(line === null ? {} : { line }) }];
};

/** Packages that were added or changed, by manifest, and lock files that were touched. */
export const dependencyFindings = (files: readonly ChangedFile[]): Finding[] =>
  files.flatMap((file): Finding[] => {
    const { path, oldBlob, newBlob } = file.change;
    if (isLockFile(path)) {
      if (oldBlob === newBlob) return [];
      return [{ kind: 'dependency', path, message: isThere(file) ? `The lock file ${path} was ${oldBlob === null ? 'added' : 'changed'}.` : `The lock file ${path} was deleted: versions are free to move.` }];
    }
    return isThere(file) ? ofManifest(file) : [];
  });
