import type { RunId } from '../../contract/ids.ts';
import { TAIL_BYTES } from '../../domain/findable-text.ts';
import { plainText } from '../../domain/plain-text.ts';
import type { Deps } from '../deps.ts';

/** Hands the end of a turn's log, as plain text, to the store, so that the run is found by what it said last. `length`: bytes in that log. */
export const keepLogTail = async ({ logs, store }: Pick<Deps, 'logs' | 'store'>, run: RunId, turn: number, length: number): Promise<void> => {
  const pieces: Buffer[] = [];
  for (let offset = Math.max(0, length - TAIL_BYTES); offset < length; ) {
    const bytes = Buffer.from((await logs.read({ run, turn }, offset, length - offset)).bytes, 'base64');
    if (bytes.length === 0) break;
    pieces.push(bytes);
    offset += bytes.length;
  }
  const text = plainText(Buffer.concat(pieces).toString('utf8')).trim();
  if (text !== '') store.saveLogTail(run, text);
};
