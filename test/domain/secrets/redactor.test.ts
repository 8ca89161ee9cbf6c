import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFinder } from '../../../src-main/domain/secrets/finder.ts';
import { secretForms } from '../../../src-main/domain/secrets/forms.ts';
import { Matcher } from '../../../src-main/domain/secrets/matcher.ts';
import { createRedactor } from '../../../src-main/domain/secrets/redactor.ts';

const secret = 'p@ss/w0rd-"7&ü+x';
const matcherFor = (...values: string[]) => new Matcher(values.flatMap((value, at) => secretForms(`S${at}`, value)));

/** What comes out of a redactor for a text that comes in pieces of these lengths, over and over. */
const redact = (matcher: Matcher<unknown>, text: Uint8Array, lengths: readonly number[]): Buffer => {
  const redactor = createRedactor(matcher);
  const out: Buffer[] = [];
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    out.push(Buffer.from(redactor.push(text.subarray(at, at + length))));
    at += length;
  }
  out.push(Buffer.from(redactor.end()));
  return Buffer.concat(out);
};

const whole = (matcher: Matcher<unknown>, text: string): string => redact(matcher, Buffer.from(text), [65_536]).toString();

describe('spellings', () => {
  const matcher = matcherFor(secret);
  const b64 = (text: string): string => Buffer.from(text).toString('base64');
  it.each([
    ['as it is', secret],
    ['with spaces around', `  ${secret}\n`],
    ['base64', b64(secret)],
    ['base64 behind a user', b64(`me:${secret}`)],
    ['base64 behind another user', b64(`you:${secret}`)],
    ['base64 behind a longer user', b64(`root:${secret}`)],
    ['base64 in a document', b64(`{"a":1,"key":"${secret}"}`)],
    ['base64 for URLs', Buffer.from(`x${secret}`).toString('base64url')],
    ['hex', Buffer.from(secret).toString('hex')],
    ['upper case hex', Buffer.from(secret).toString('hex').toUpperCase()],
    ['a URL', encodeURIComponent(secret)],
    ['JSON', JSON.stringify(secret)],
    ['XML', 'p@ss/w0rd-&quot;7&amp;ü+x'],
    ['a shell', String.raw`p@ss/w0rd-\"7&ü+x`],
    ['colours between the letters', Array.from(secret).map((letter) => `\u001b[3${letter.length}m${letter}`).join('')],
    ['a title between two letters', `p@ss\u001b]0;title\u0007${secret.slice(4)}`],
    ['bytes that no terminal shows', Array.from(secret).join('\u0001')],
    ['a delete behind each letter', Array.from(secret).join('\u007f')],
    ['carriage returns and bells', `p@s\r\u0007s${secret.slice(4)}`],
  ])('%s', (_, text) => {
    const shown = whole(matcher, `before ${text} after`);
    // As a terminal shows it: what stands between the letters hides none of them.
    const seen = Array.from(stripVTControlCharacters(shown)).filter((letter) => letter >= ' ' && letter !== '\u007f').join('');
    expect(seen).not.toContain(secret);
    for (const part of [secret, secret.slice(3, 12), b64(secret).slice(4, 12), Buffer.from(secret).toString('hex').slice(4, 16)]) expect(shown).not.toContain(part);
    expect(shown.startsWith('before ') && shown.endsWith(' after')).toBe(true);
    expect(Buffer.byteLength(shown)).toBe(Buffer.byteLength(`before ${text} after`));
  });

  it('covers a key line by line, and keeps its lines', () => {
    const key = `-----BEGIN KEY-----\n${'abcdefgh01234567\n'.repeat(3)}ENDOFTHEKEY==\n`;
    const shown = whole(matcherFor(key), `x\n${key}\ny and abcdefgh01234567 alone`);
    expect(shown).not.toMatch(/abcdefgh|BEGIN|ENDOF/);
    expect(shown.split('\n')).toHaveLength(8);
    expect(whole(matcherFor(key), Buffer.from(key).toString('base64').replace(/(.{64})/g, '$1\n'))).not.toMatch(/[A-Za-z0-9]{24}/);
  });
});

/** Every byte that a naive search would cover. */
const covered = (text: Buffer, patterns: readonly Uint8Array[]): Buffer => {
  const out = Buffer.from(text);
  for (const pattern of patterns) {
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) for (let i = at; i < at + pattern.length; i += 1) if (out[i] !== 0x0a) out[i] = 0x2a;
  }
  return out;
};

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n'), minLength: 6, maxLength: 12 });
const patternsOf = (words: readonly string[]) => words.map((word) => ({ bytes: new TextEncoder().encode(word), of: word }));
const inPieces = fc.record({
  words: fc.array(letters, { minLength: 1, maxLength: 4 }),
  noise: fc.array(fc.oneof(fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n', 'z'), maxLength: 9 }), fc.constant(null)), { maxLength: 20 }),
  lengths: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
});
const textOf = (words: readonly string[], noise: readonly (string | null)[]): Buffer => Buffer.from(noise.map((part, at) => part ?? words[at % words.length] ?? '').join(''));

it('covers just what a search of the whole text would, whatever the pieces', () => {
  fc.assert(
    fc.property(inPieces, ({ words, noise, lengths }) => {
      const patterns = patternsOf(words);
      const text = textOf(words, noise);
      expect(redact(new Matcher(patterns), text, lengths).toString()).toBe(covered(text, patterns.map(({ bytes }) => bytes)).toString());
    }),
    { numRuns: 3_000 },
  );
});

it('lets go only where another may go on: cut anywhere, no secret shows', () => {
  fc.assert(
    fc.property(inPieces, fc.nat(), ({ words, noise, lengths }, cut) => {
      const patterns = patternsOf(words);
      const matcher = new Matcher(patterns);
      const text = textOf(words, noise);
      const first = createRedactor(matcher);
      const out: Buffer[] = [];
      for (let at = 0, turn = 0; at < cut % (text.length + 1); turn += 1) {
        const length = lengths[turn % lengths.length] ?? 1;
        out.push(Buffer.from(first.push(text.subarray(at, at + length))));
        at += length;
      }
      const held = Buffer.concat(out);
      const rest = redact(matcher, text.subarray(held.length), lengths);
      expect(Buffer.concat([held, rest]).toString()).toBe(covered(text, patterns.map(({ bytes }) => bytes)).toString());
    }),
    { numRuns: 3_000 },
  );
});

it('finds each secret of a stream, whatever the pieces', () => {
  fc.assert(
    fc.property(inPieces, ({ words, noise, lengths }) => {
      const finder = createFinder(new Matcher(patternsOf(words).map(({ bytes, of }) => ({ bytes, of: { secret: of, form: 'raw' as const } }))));
      const text = textOf(words, noise);
      const found = new Set<string>();
      for (let at = 0, turn = 0; at < text.length; turn += 1) {
        const length = lengths[turn % lengths.length] ?? 1;
        for (const { secret: word } of finder.push(text.subarray(at, at + length))) found.add(word);
        at += length;
      }
      expect([...found].toSorted()).toEqual([...new Set(words)].filter((word) => text.includes(word)).toSorted());
    }),
    { numRuns: 3_000 },
  );
});

it('holds back nothing but the beginning of a secret', () => {
  const redactor = createRedactor(matcherFor('hunter2-hunter2'));
  expect(Buffer.from(redactor.push(Buffer.from('Password: hun'))).toString()).toBe('Password: ');
  expect(Buffer.from(redactor.push(Buffer.from('t you'))).toString()).toBe('hunt you');
});

it('holds back a bounded part of a stream that never says whether it goes on', () => {
  const redactor = createRedactor(matcherFor('hunter2-hunter2'));
  let given = 0;
  let out = Buffer.from(redactor.push(Buffer.from('hunter'))).length;
  given += 6;
  for (let turn = 0; turn < 40; turn += 1) {
    const bytes = Buffer.from('\u001b[0m'.repeat(16_384));
    given += bytes.length;
    out += redactor.push(bytes).length;
  }
  expect(given - out).toBeLessThanOrEqual(1_048_576 + 65_536);
});
