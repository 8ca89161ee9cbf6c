import type { Finding } from '../../contract/result.ts';
import { fileName, isThere, LONGEST_LINE, wholeAddedLines, type ChangedFile } from './changed-file.ts';
import { isLockFile } from './manifests.ts';

/** Shapes that the issuers themselves document, so that leaked ones are found. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----/, 'a private key'],
  [/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, 'an AWS access key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b/, 'a GitHub token'],
  [/\bglpat-[\w-]{20,}/, 'a GitLab token'],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{20,}|https:\/\/hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{16,}/, 'a Slack token'],
  [/\b[sr]k_live_[A-Za-z0-9]{20,}/, 'a Stripe key'],
  [/\bsk-ant-[\w-]{24,}/, 'an Anthropic key'],
  [/\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{32,}/, 'an OpenAI key'],
  [/\bAIza[\w-]{35}(?![\w-])/, 'a Google API key'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'an npm token'],
  [/\bpypi-[\w-]{60,}/, 'a PyPI token'],
  [/\bSG\.[\w-]{22}\.[\w-]{43}\b/, 'a SendGrid key'],
  [/\bdop_v1_[0-9a-f]{64}\b/, 'a DigitalOcean token'],
  [/\bhf_[A-Za-z0-9]{34}\b/, 'a Hugging Face token'],
  [/\beyJ[\w-]{10,400}\.eyJ[\w-]{10,2000}\.[\w-]{20,}/, 'a signed web token'],
];

/** `scheme://name:password@host`, unless the password is a variable or a word of examples. */
const IN_ADDRESS = /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'`<>${}]{1,100}:([^\s:/@"'`<>${}]{6,200})@[^\s"'`]/i;
/** A name that says secret, and a value in quotes; without quotes only where a file is made of settings. */
const NAME = String.raw`(?:secret|token|passwd|password|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|signing[_-]?key|credentials?)[\w-]{0,40}`;
const QUOTED = new RegExp(`${NAME}["']?\\]?\\s*(?::\\s*(?:string|str|String|&str)\\s*)?(?::=|=>|[:=(,])\\s*["'\`]([^"'\`\\s]{12,})["'\`]`, 'i');
const BARE = new RegExp(`${NAME}\\s*[:=]\\s*([^\\s"'#,;]{12,500})\\s*(?:#.*)?$`, 'i');
const SETTINGS = /(?:^|\/)\.env(?:\.[\w.-]+)?$|\.(?:env|properties|ini|cfg|conf|toml|ya?ml)$/;
const EXAMPLE = /example|sample|placeholder|changeme|change[_-]me|your|dummy|fake|redacted|insert|replace|todo|xxx|\*\*\*|\.\.\.|<.*>|\$\{|\{\{|%\(|\$\(|^\$|1234567|abcdef|lorem|secret[_-]?(?:here|value|name)|process\.env|os\.environ|getenv|secrets\./i;
/** Bits per character. English words and identifiers lie around 3 and below, random base64 of this length above 3.5, hex around 3.3. */
const RANDOM_BITS = 3.5;
const RANDOM_HEX_BITS = 3;

/** Shannon's entropy of the characters, in bits each. */
const bitsOf = (text: string): number => {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
};

const looksRandom = (value: string): boolean => {
  if (EXAMPLE.test(value)) return false;
  if (/^[0-9a-f]{24,}$/i.test(value)) return bitsOf(value) >= RANDOM_HEX_BITS;
  // Words joined by dashes, dots, slashes or brackets are names, paths and calls; a value has digits among its letters.
  if (!/^[A-Za-z0-9+/=_.~!@#$%^&*-]+$/.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (/^(?:[A-Za-z]+[._/-])*[A-Za-z]+[0-9]{0,3}$|^https?:/.test(value)) return false;
  return bitsOf(value) >= RANDOM_BITS;
};

const whatIn = (path: string, text: string): string | null => {
  const shape = SHAPES.find(([pattern]) => pattern.test(text) && !/EXAMPLE/.test(pattern.exec(text)?.[0] ?? ''));
  if (shape !== undefined) return shape[1];
  if (isLockFile(path)) return null;
  const inAddress = IN_ADDRESS.exec(text)?.[1];
  if (inAddress !== undefined && !EXAMPLE.test(inAddress) && !/^(?:pass(?:word)?|postgres|secret|test|root|admin|guest|user|mysql)\d*$/i.test(inAddress)) return 'a password in an address';
  const value = QUOTED.exec(text)?.[1] ?? (SETTINGS.test(path) && text.length <= LONGEST_LINE ? BARE.exec(text)?.[1] : undefined);
  return value !== undefined && looksRandom(value) ? 'a secret' : null;
};

const KEY_FILE = /^(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.pgpass|\.htpasswd)$|\.(?:p12|pfx|jks|keystore|kdbx)$/;

/** Added lines and files that look like secrets. What was found is never repeated. */
export const secretFindings = (files: readonly ChangedFile[]): Finding[] =>
  files.flatMap((file): Finding[] => {
    const { path, oldBlob, newBlob } = file.change;
    const found = wholeAddedLines(file).flatMap(({ line, text }): Finding[] => {
      const what = whatIn(path, text);
      return what === null ? [] : [{ kind: 'secret', path, line, alone: 'result', message: `Line ${line} of ${path} looks like ${what}.` }];
    });
    if (found.length > 0 || !isThere(file) || oldBlob === newBlob || !KEY_FILE.test(fileName(path))) return found;
    return [{ kind: 'secret', path, message: `${path} has the name of a file that holds keys or passwords.` }];
  });
