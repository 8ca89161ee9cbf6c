import ipaddr from 'ipaddr.js';

/** Why a text is no name that could be allowed. `address`: names only, in whatever spelling the address comes. */
export type HostRefusal = 'empty' | 'tooLong' | 'address' | 'port' | 'userInfo' | 'path' | 'percent' | 'character' | 'label';

export type CanonicalHost = { readonly kind: 'name'; readonly name: string } | { readonly kind: 'refused'; readonly why: HostRefusal; readonly message: string };

/** RFC 1035, 2.3.4: 255 octets on the wire are 253 characters of text. */
const LONGEST_NAME = 253;
/** A name in letters beyond ASCII is longer before it is encoded, but not by much. */
const LONGEST_TEXT = 1_024;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** DNS itself carries underscores, and service and bucket names use them; no registered name does. */
const LABEL_BELOW = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** What ends in a number is parsed as an IPv4 address: `127.1`, `0177.0.0.1`, `0x7f000001`, `2130706433`. WHATWG URL, "ends in a number". */
const NUMBER = /^(?:[0-9]+|0[xX][0-9a-fA-F]*)$/;
/** Fold into a dot in IDNA: they must not hide an empty label or a number. */
const OTHER_DOTS = /[\u3002\uff0e\uff61]/gu;

const refused = (why: HostRefusal, message: string): CanonicalHost => ({ kind: 'refused', why, message });
const address = (): CanonicalHost => refused('address', 'an address cannot be allowed, only a name');

const looksLikeAddress = (text: string): boolean => {
  const bare = text.replace(/^\[/, '').replace(/\].*$/, '');
  return text.startsWith('[') || ipaddr.isValid(bare) || ipaddr.isValid(bare.split('%', 1)[0] ?? '');
};

const isControl = (text: string): boolean => /[\p{Cc}\p{Z}]/u.test(text);

/** IDNA to ASCII, as every browser does it; null: no such name. Only ever given text without any character that means something in a URL. */
const toAscii = (text: string): string | null => {
  const url = URL.parse(`http://${text}/`);
  return url === null || url.pathname !== '/' ? null : url.hostname;
};

/**
 * The one form in which names are compared: lower case, ASCII, without the dot at the end. Anything that is an address or
 * could be taken for one by whoever parses it next is refused, and so is every character that would end a name elsewhere.
 */
export const canonicalHost = (text: string): CanonicalHost => {
  if (text === '') return refused('empty', 'there is no name');
  if (text.length > LONGEST_TEXT) return refused('tooLong', `a name has at most ${LONGEST_NAME} characters`);
  if (looksLikeAddress(text)) return address();
  if (isControl(text)) return refused('character', 'a name has no spaces and no control characters');
  if (text.includes('%')) return refused('percent', 'a name has no % in it');
  if (text.includes('@')) return refused('userInfo', 'a name has no user before it');
  if (/[/\\?#]/.test(text)) return refused('path', 'a name has no path after it');
  if (text.includes(':')) return refused('port', 'a name has no port after it');
  if (/[^\p{L}\p{M}\p{N}._\-\u3002\uff0e\uff61\u00b7\u30fb]/u.test(text)) return refused('character', 'a name is made of letters, digits, dots and dashes');

  const dotted = text.replace(OTHER_DOTS, '.').replace(/\.$/, '');
  if (dotted === '' || dotted.split('.').includes('')) return refused('label', 'a name has no empty part');
  if (NUMBER.test(dotted.split('.').at(-1) ?? '')) return address();
  const name = /^[\u0021-\u007e]*$/.test(dotted) && !/(?:^|\.)xn--/i.test(dotted) ? dotted.toLowerCase() : toAscii(dotted)?.replace(/\.$/, '');
  if (name === undefined) return refused('label', 'this is no name that DNS knows');

  const labels = name.split('.');
  if (NUMBER.test(labels.at(-1) ?? '') || ipaddr.isValid(name)) return address();
  if (name.length > LONGEST_NAME) return refused('tooLong', `a name has at most ${LONGEST_NAME} characters`);
  if (labels.some((label) => label.length > 63)) return refused('tooLong', 'each part of a name has at most 63 characters');
  const fits = labels.every((label, at) => (at < labels.length - 2 ? LABEL_BELOW : LABEL).test(label));
  return fits ? { kind: 'name', name } : refused('label', 'each part of a name begins and ends with a letter or a digit');
};
