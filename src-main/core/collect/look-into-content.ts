import { setImmediate } from 'node:timers/promises';
import type { BlobId } from '../../contract/ids.ts';
import type { FileChange, Finding } from '../../contract/result.ts';
import type { ChangedFile } from '../../domain/findings/changed-file.ts';
import { contentFindings } from '../../domain/findings/content-findings.ts';
import { isNamedPicture, PICTURE_HEAD } from '../../domain/picture.ts';
import type { Depot, DepotProject } from '../../ports/depot.ts';

/** Larger files are generated or data: nobody reviews them by line. */
const MOST_EACH_BYTES = 2 ** 20;
/** What is held in memory at once, and about what a second of looking takes. */
const MOST_BYTES = 32 * 2 ** 20;

const isFile = (mode: FileChange['oldMode']): boolean => mode === null || mode === '100644' || mode === '100755';

const hasText = ({ binary, oldMode, newMode, oldBlob, newBlob }: FileChange): boolean => !binary && isFile(oldMode) && isFile(newMode) && oldBlob !== newBlob;

/** The changed files with their texts, as far as these are read; and what is said when they are not, all of them. */
const readChangedFiles = async (depot: Pick<Depot, 'contents'>, project: DepotProject, changes: readonly FileChange[]): Promise<{ files: ChangedFile[]; notes: Finding[] }> => {
  const wanted = changes.filter(hasText);
  // Pictures come last: they take no text's place.
  const pictures = changes.filter(({ path, newMode }) => isNamedPicture(path) && isFile(newMode));
  const blobs = [...wanted.flatMap(({ oldBlob, newBlob }) => [oldBlob, newBlob]), ...pictures.map(({ newBlob }) => newBlob)].filter((blob) => blob !== null);
  const contents = await depot.contents(project, blobs, { eachBytes: MOST_EACH_BYTES, totalBytes: MOST_BYTES });
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const textOf = (blob: BlobId | null): string | undefined => (blob === null ? '' : contents.has(blob) ? decoder.decode(contents.get(blob)) : undefined);
  const texts = new Map(
    wanted.flatMap((change) => {
      const [before, after] = [textOf(change.oldBlob), textOf(change.newBlob)];
      return before === undefined || after === undefined ? [] : [[change, { before, after }] as const];
    }),
  );
  const unread = wanted.length - texts.size;
  const isPicture = new Set(pictures);
  const files = changes.map((change): ChangedFile => {
    const head = isPicture.has(change) && change.newBlob !== null ? contents.get(change.newBlob)?.subarray(0, PICTURE_HEAD) : undefined;
    return { change, text: texts.get(change) ?? null, ...(head && { head }) };
  });
  if (unread === 0) return { files, notes: [] };
  const which = `${unread} changed ${unread === 1 ? 'file was' : 'files were'}`;
  return { files, notes: [{ kind: 'note', path: null, message: `${which} not searched for secrets and the like: above 1 MiB, or beyond the first 32 MiB.` }] };
};

/** What review should know of the content of a result. Other runs get their turn in between. */
export const lookIntoContent = async (depot: Pick<Depot, 'contents'>, project: DepotProject, changes: readonly FileChange[]): Promise<Finding[]> => {
  const { files, notes } = await readChangedFiles(depot, project, changes);
  const found: Finding[] = [];
  for (const ofKind of contentFindings(files)) {
    found.push(...ofKind);
    await setImmediate();
  }
  return [...found, ...notes];
};
