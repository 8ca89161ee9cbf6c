import { inflateRawSync } from 'node:zlib';
import { progress, run } from '../../contract/run.ts';
import { findableText, type FindableText } from '../../domain/findable-text.ts';

/** What is on record of a run, as it lies in the database. */
export interface RecordedTexts {
  readonly number: number;
  readonly document: string;
  readonly progress: string | null;
  /** Deflated. */
  readonly tail: Uint8Array | null;
}

const parse = (json: string | null): unknown => {
  try {
    return json === null ? null : JSON.parse(json);
  } catch {
    return null;
  }
};

const inflated = (bytes: Uint8Array | null): string => {
  try {
    return bytes === null ? '' : inflateRawSync(bytes).toString('utf8');
  } catch {
    return '';
  }
};

/** What a run can be found by. A damaged row is found by its number only. */
export const searchText = ({ number, document, progress: moving, tail }: RecordedTexts): FindableText => {
  const parsed = run.safeParse(parse(document));
  if (!parsed.success) return { title: `#${number}`, body: '', output: '' };
  const { data } = progress.safeParse(parse(moving));
  return findableText(number, parsed.data, { lastLine: data?.lastLine ?? '', tail: inflated(tail) });
};
