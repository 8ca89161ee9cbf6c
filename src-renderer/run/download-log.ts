import type { RunId } from '../../src-main/contract/ids.ts';
import { LOG_READ_LIMIT } from '../../src-main/contract/log.ts';
import { api } from '../client/api.ts';
import { fromBase64 } from './from-base64.ts';

/** Slices that are joined before the browser takes them over, out of the page's memory. */
const JOINED = 16;

/**
 * A turn's log as a file, exactly as it was written, read in slices that the browser keeps outside of the page.
 * @param told how many bytes have been read.
 */
export const logAsFile = async (runId: RunId, turn: number, signal: AbortSignal, told: (bytes: number, of: number) => void): Promise<Blob> => {
  const parts: Blob[] = [];
  let slices: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (;;) {
    const slice = await api.runs.log({ runId, turn, offset, max: LOG_READ_LIMIT }, { signal });
    const bytes = fromBase64(slice.bytes);
    slices.push(new Uint8Array(bytes));
    offset += bytes.length;
    if (slices.length === JOINED) {
      parts.push(new Blob(slices));
      slices = [];
    }
    told(offset, slice.length);
    if (bytes.length === 0 || offset >= slice.length) return new Blob([...parts, ...slices], { type: 'application/octet-stream' });
  }
};
