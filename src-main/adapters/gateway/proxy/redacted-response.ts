import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { endToEnd, pairsOf, type HeaderPairs } from './message-headers.ts';
import type { Redact, Redactor } from './proxy-context.ts';

/** A response as it goes to the client: what it is handed through, and its headers. `null`: it cannot be searched. */
export interface Handed {
  readonly headers: HeaderPairs;
  readonly message: string;
  readonly through: readonly Transform[];
}

const DECODERS: Readonly<Record<string, () => Transform>> = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress };

const redactText = (redactor: Redactor, text: string): string => Buffer.concat([redactor.push(Buffer.from(text, 'latin1')), redactor.end()]).toString('latin1');

const redacting = (redactor: Redactor): Transform =>
  new Transform({
    transform: (piece: Buffer, _encoding, done) => done(null, redactor.push(piece)),
    flush: (done) => done(null, redactor.end()),
  });

/**
 * Prepares a response. Where secrets were sent along, an echo of them is replaced in headers and body; a body that came compressed
 * although it was asked not to be is opened first.
 */
export const handOn = (response: IncomingMessage, secrets: readonly string[], redact: Redact): Handed | null => {
  const headers = endToEnd(pairsOf(response.rawHeaders));
  const message = response.statusMessage ?? '';
  if (secrets.length === 0) return { headers, message, through: [] };
  const coding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1].trim().toLowerCase() ?? 'identity';
  const decoder = DECODERS[coding];
  if (decoder === undefined && coding !== 'identity') return null;
  const kept = decoder === undefined ? headers : headers.filter(([name]) => !['content-encoding', 'content-length'].includes(name.toLowerCase()));
  const searched = kept.map(([name, value]) => [redactText(redact(secrets), name), redactText(redact(secrets), value)] as const);
  return { headers: searched, message: redactText(redact(secrets), message), through: [...(decoder === undefined ? [] : [decoder()]), redacting(redact(secrets))] };
};
