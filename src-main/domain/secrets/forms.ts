import type { SecretForm } from '../../contract/secret.ts';
import { SHORTEST_PATTERN, type Pattern } from './matcher.ts';
import { withoutNoise } from './noise.ts';

/** Of which secret, and in what spelling. */
export interface FormOf {
  readonly secret: string;
  readonly form: SecretForm;
}

/** Lines of a secret that are looked for one by one. */
const SHORTEST_LINE = 8;
/** A frame around a key, the same around everybody's. */
const FRAME = /^-{4,} ?(?:BEGIN|END) [A-Z0-9 ]+-{4,}$/;
/** The name before a value, as configuration files write it: what a line of `name: value` keeps secret is its value. Base64 may end in signs that look like one. */
const NAME = /^(?:- |export )?["']?[\w.-]{1,64}["']?\s*(?::(?:\s+|$)|=(?=\s*[^=\s]))\s*/;

/** Whether a line of a longer secret tells something of it. Frames and settings that stand in many files would make a seal fail for nothing. */
const isTelling = (line: string): boolean => !FRAME.test(line) && line.replace(NAME, '').length >= SHORTEST_LINE;

/** Encoders wrap their lines at 64 or 76 characters: longer text is looked for in pieces that fit into a line. */
const LONGEST_UNWRAPPED = 64;
const PIECE = 24;

const encoder = new TextEncoder();

const base64Of = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

/** The part of a base64 text that a secret decides alone, when `offset` bytes (0 to 2) of something else come before it in its group. */
const base64Inside = (bytes: Uint8Array, offset: 0 | 1 | 2): string => {
  const padded = new Uint8Array(offset + bytes.length);
  padded.set(bytes, offset);
  return base64Of(padded).slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + bytes.length) * 8) / 6));
};

const pieces = (text: string): string[] => {
  if (text.length <= LONGEST_UNWRAPPED) return [text];
  const all = [text];
  for (let at = 0; at + PIECE <= text.length; at += PIECE) all.push(text.slice(at, at + PIECE));
  return all;
};

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const escaped = (text: string, special: RegExp): string => text.replace(special, (sign) => `\\${sign}`);
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const xmlOf = (text: string, signs: RegExp, more: Readonly<Record<string, string>> = {}): string => text.replace(signs, (sign) => more[sign] ?? ENTITIES[sign] ?? sign);

const percentOf = (text: string): string => {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half a surrogate pair has no such form.
    return text;
  }
};

const spellingsOf = (value: string): readonly (readonly [SecretForm, string])[] => {
  const bytes = encoder.encode(value);
  const percent = percentOf(value);
  const json = JSON.stringify(value).slice(1, -1);
  const hex = hexOf(bytes);
  const encoded = ([0, 1, 2] as const).flatMap((offset) => pieces(base64Inside(bytes, offset)));
  return [
    ...encoded.map((text) => ['base64', text] as const),
    ...encoded.map((text) => ['base64url', text.replaceAll('+', '-').replaceAll('/', '_')] as const),
    ...pieces(hex).flatMap((text) => [['hex', text] as const, ['hex', text.toUpperCase()] as const]),
    ['percent', percent],
    ['percent', percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
    ['percent', percent.replaceAll('%20', '+')],
    ['json', json],
    ['json', json.replaceAll('/', String.raw`\/`)],
    ['json', json.replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)],
    ['xml', xmlOf(value, /[&<>]/g)],
    ['xml', xmlOf(value, /[&<>"]/g)],
    ['xml', xmlOf(value, /[&<>"']/g)],
    ['xml', xmlOf(value, /[&<>"']/g, { '"': '&#34;', "'": '&apos;' })],
    ['shell', value.replaceAll("'", String.raw`'\''`)],
    ['shell', escaped(value, /["\\$`]/g)],
    ['shell', escaped(value, /[^A-Za-z0-9_/.:=@%+,-]/g)],
    ['shell', escaped(value, /['\\]/g).replaceAll('\n', String.raw`\n`)],
  ];
};

/**
 * Everything under which a secret is looked for: as it is, trimmed, each of its longer lines that tell something, base64 at any place in a group of three bytes (so
 * that `user:secret` is found as well) in both alphabets, hex, and quoted for URLs, JSON, XML and shells. Spellings of fewer than 6 bytes are not looked for.
 */
export const secretForms = (secret: string, value: string): Pattern<FormOf>[] => {
  const known = new Map<string, SecretForm>();
  const add = (form: SecretForm, text: string): void => {
    if (!known.has(text)) known.set(text, form);
  };
  const trimmed = value.trim();
  add('raw', value);
  add('trimmed', trimmed);
  for (const line of trimmed.split(/\r?\n/)) if (isTelling(line.trim())) add('line', line.trim());
  for (const text of new Set([value, trimmed])) for (const [form, spelling] of spellingsOf(text)) add(form, spelling);
  return [...known].flatMap(([text, form]) => {
    const written = encoder.encode(text);
    const shown = withoutNoise(written).bytes.slice();
    // In a file its control characters stand as they are; of a stream for a terminal they are left out.
    const both = shown.length === written.length ? [written] : [written, shown];
    return both.filter(({ length }) => length >= SHORTEST_PATTERN).map((bytes) => ({ bytes, of: { secret, form } }));
  });
};
