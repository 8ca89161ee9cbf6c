/**
 * Paths of an agent's workspace are bytes. Here they are strings of one character per byte ("raw"), so that nothing
 * is lost, a path is a map's key, and 500,000 of them stay small.
 */
export type RawPath = string;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decoded = (bytes: Uint8Array): string | null => {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
};

/** The path as shown and matched: UTF-8 where the bytes are, any other byte as \xNN. The same text that the depot shows. */
export const shownPath = (raw: RawPath): string => {
  if (!/[\x80-\xff]/.test(raw)) return raw;
  const bytes = Buffer.from(raw, 'latin1');
  const whole = decoded(bytes);
  if (whole !== null) return whole;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((size) => at + size <= bytes.length && decoded(bytes.subarray(at, at + size)) !== null);
    text += length === undefined ? `\\x${bytes[at]!.toString(16).padStart(2, '0')}` : utf8.decode(bytes.subarray(at, at + length));
    at += length ?? 1;
  }
  return text;
};

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r', '"': '\\"', '\\': '\\\\',
};

/**
 * The path as git writes it in a line of text (core.quotePath): as it is, or in double quotes with escapes. The same
 * spelling as git's own, because the collector compares git's answers with what it asked, line by line.
 */
export const quotedPath = (raw: RawPath): string => {
  // Everything but printable ASCII, and of that the quote and the backslash.
  if (!/[^ !#-[\]-~]/.test(raw)) return raw;
  const escaped = raw.replace(/[^ !#-[\]-~]/g, (byte) => SHORT_ESCAPES[byte] ?? `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `"${escaped}"`;
};

const UNESCAPES = new Map(Object.entries(SHORT_ESCAPES).map(([byte, escape]) => [escape, byte]));

/** The other way round, for what git and the collector answer. */
export const unquotedPath = (line: string): RawPath =>
  line.startsWith('"')
    ? line.slice(1, -1).replace(/\\(?:[0-7]{3}|.)/g, (escape) => UNESCAPES.get(escape) ?? String.fromCharCode(Number.parseInt(escape.slice(1), 8)))
    : line;

/** Code points that HFS+ leaves out when it compares names (git's utf8.c, next_hfs_char). */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

const spellsGit = (name: string): boolean => {
  // NTFS cuts a name at a colon (streams) and drops dots and spaces at its end.
  const plain = name.replace(HFS_IGNORED, '').replace(/:.*$/s, '').replace(/[ .]+$/, '').toLowerCase();
  return plain === '.git' || plain === 'git~1';
};

/**
 * Where the path first has a component that some file system takes for `.git` (case, HFS+'s ignored characters, NTFS's
 * short names, streams and backslashes), the path down to it; else null. git refuses such trees.
 */
export const gitComponent = (raw: RawPath): RawPath | null => {
  if (!/g[^/]*i[^/]*t/i.test(raw)) return null;
  const parts = raw.split('/');
  const at = parts.findIndex((part) => shownPath(part).split('\\').some(spellsGit));
  return at < 0 ? null : parts.slice(0, at + 1).join('/');
};

/** Every folder above the path, nearest last. */
export const foldersAbove = (raw: RawPath): RawPath[] => {
  const folders: RawPath[] = [];
  for (let at = raw.indexOf('/'); at >= 0; at = raw.indexOf('/', at + 1)) folders.push(raw.slice(0, at));
  return folders;
};
