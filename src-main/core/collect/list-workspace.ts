import type { Readable } from 'node:stream';
import { COLLECT_LIMITS } from '../../domain/collection-limits.ts';
import { ignoreFilesOf } from '../../domain/collection.ts';
import { ListingRefused, parseEntries, parseTracked, type ListedEntry, type TrackedFile } from '../../domain/collection-listing.ts';
import { shownPath, type RawPath } from '../../domain/collection-path.ts';
import { WORKSPACE } from '../../domain/container-spec.ts';
import { refuse } from '../refusal.ts';
import { ArchiveTooLarge, tarFiles, type TarFile } from './tar-files.ts';

export interface Listing {
  readonly tracked: ReadonlyMap<RawPath, TrackedFile>;
  readonly entries: readonly ListedEntry[];
  /** Device of the workspace's file system. */
  readonly device: string;
  /** Copies of the repository's ignore rules, to be put in below `work/rules/r`. */
  readonly rules: readonly TarFile[];
}

const TOO_MANY = [
  `The workspace holds more than ${COLLECT_LIMITS.entries.toLocaleString('en')} files or very long names.`,
  'Have the run remove what it generates, or put it outside the workspace; then run it again.',
] as const;

/** The device of a workspace that is a real folder of the container's own file system. */
const requireWorkspace = (roots: Buffer): string => {
  const [top, workspace] = ['/', WORKSPACE].map((path) => roots.toString('latin1').split('\0').find((record) => record.endsWith(` ${path}`))?.split(' '));
  if (workspace?.[0] !== 'd') {
    return refuse('invalid', `The run replaced or removed the workspace folder ${WORKSPACE} itself.`, 'Look at the log for what did it; then run the brief again.');
  }
  if (top === undefined || top[1] !== workspace[1]) {
    return refuse('invalid', `The image keeps ${WORKSPACE} in a volume, where results are lost.`, 'Choose an image without a volume there.');
  }
  return workspace[1]!;
};

/** The copies apart again. One under a name that is not UTF-8 cannot be put into an archive: its rules are not obeyed. */
const rulesOf = (entries: readonly ListedEntry[], contents: Buffer): TarFile[] => {
  const rules: TarFile[] = [];
  let from = 0;
  for (const { path, size } of ignoreFilesOf(entries)) {
    const bytes = contents.subarray(from, from + size);
    from += size;
    const name = shownPath(path);
    if (Buffer.from(name).toString('latin1') === path) rules.push({ name: `work/rules/r/${name}`, mode: 0o600, bytes });
  }
  if (from !== contents.length) throw new ListingRefused({ kind: 'malformed' });
  return rules;
};

/** Reads what the listing script left, within the caps. */
export const readListing = async (out: Readable): Promise<Listing> => {
  const files = new Map<string, Buffer>();
  try {
    const caps = { entries: 16, bytes: 4 * COLLECT_LIMITS.listingBytes };
    for await (const { name, bytes } of tarFiles(out, caps)) files.set(name.replace(/^out\/\d-/, ''), bytes);
    const file = (name: string): Buffer => files.get(name) ?? refuse('internal', `The collector's list of the workspace has no ${name}.`, 'Run again.');
    if (file('entries').length > COLLECT_LIMITS.listingBytes || file('ignore').length > COLLECT_LIMITS.ignoreBytes) return refuse('tooLarge', ...TOO_MANY);
    const device = requireWorkspace(file('roots'));
    if (file('status').toString('latin1').trim() !== '0') return refuse('internal', 'The workspace could not be listed to its end.', 'Run again.');
    const entries = parseEntries(file('entries'), COLLECT_LIMITS.entries);
    return { tracked: parseTracked(file('tracked')), entries, device, rules: rulesOf(entries, file('ignore')) };
  } catch (error) {
    if (error instanceof ArchiveTooLarge || (error instanceof ListingRefused && error.problem.kind === 'tooManyEntries')) return refuse('tooLarge', ...TOO_MANY);
    if (error instanceof ListingRefused) return refuse('internal', 'The list of the workspace cannot be read.', 'Run again; if it happens again, report it.');
    throw error;
  }
};
