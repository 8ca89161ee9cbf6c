import { Transform, Writable, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { secretForms } from '../../src-main/domain/secrets/forms.ts';
import { Matcher } from '../../src-main/domain/secrets/matcher.ts';
import { createRedactor } from '../../src-main/domain/secrets/redactor.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { median, timed, type Bench } from './row.ts';

const MB = 2 ** 20;
const CHUNK = 64 * 1_024;
const SECRETS = 50;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const WORDS = 'compiling module resolved dependency warning deprecated fetched GET https://registry.example/package/-/package-1.2.3.tgz 200 in ms src/index.ts(12,5): error TS2345: expected actual passed failed describe it PASS FAIL test/unit at Object.<anonymous> (node:internal/modules/cjs/loader:1105:14) webpack chunk asset emitted sha512-'.split(' ');

/** As people have them: mostly tokens of 20 to 93 characters, some passwords, two keys of several lines. */
const makeSecrets = (random: () => number): string[] => {
  const text = (length: number): string => Array.from({ length }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
  return Array.from({ length: SECRETS }, (_, at) => {
    if (at < 2) return `-----BEGIN PRIVATE KEY-----\n${Array.from({ length: 26 }, () => text(64)).join('\n')}\n-----END PRIVATE KEY-----\n`;
    if (at < 12) return text(12 + Math.floor(random() * 8));
    return `${at % 2 === 0 ? 'tok_' : 'ghp_'}${text(20 + Math.floor(random() * 70))}`;
  });
};

/** Lines as builds and tests write them, with a secret now and then. */
const makeChunks = (random: () => number, secrets: readonly string[], bytes: number): Buffer[] => {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const chunks: Buffer[] = [];
  for (let made = 0; made < bytes; made += CHUNK) {
    let text = '';
    while (text.length < CHUNK) {
      const words = Array.from({ length: 4 + Math.floor(random() * 16) }, () => pick(WORDS));
      if (random() < 0.000_1) words.push(pick(secrets));
      text += `${words.join(' ')} ${Math.floor(random() * 1e6)}\n`;
    }
    chunks.push(Buffer.from(text.slice(0, CHUNK)));
  }
  return chunks;
};

/** Seconds that a stream takes through a step. */
const through = (chunks: readonly Buffer[], rounds: number, step: (chunk: Buffer) => Uint8Array): Promise<number> => {
  const source = Readable.from(
    (function* () {
      for (let round = 0; round < rounds; round += 1) yield* chunks;
    })(),
    { highWaterMark: 4 },
  );
  const transform = new Transform({ transform: (chunk: Buffer, _, done) => done(null, step(chunk)) });
  const sink = new Writable({ write: (_chunk, _, done) => done() });
  return timed(() => pipeline(source, transform, sink));
};

/** A stream through the redactor with the forms of 50 secrets, beside the same stream through a step that copies it. */
export const redaction: Bench = async ({ quick }) => {
  const random = seededRandom(7);
  const secrets = makeSecrets(random);
  const patterns = secrets.flatMap((value, at) => secretForms(`S${at}`, value));
  const matcher = new Matcher(patterns);
  const chunks = makeChunks(random, secrets, 16 * MB);
  const coloured = chunks.map((chunk) => Buffer.from(chunk.toString('latin1').replaceAll(' in ', ' \u001b[32min\u001b[0m ').replaceAll('\n', '\r\n'), 'latin1'));
  const rounds = quick ? 4 : 16;
  const took = { copy: [] as number[], plain: [] as number[], coloured: [] as number[] };
  const speedOf = (set: readonly Buffer[], ms: readonly number[]): number => (set.reduce((sum, { length }) => sum + length, 0) * rounds) / MB / (median(ms) / 1_000);
  for (let round = 0; round < 5; round += 1) {
    const redactors = [createRedactor(matcher), createRedactor(matcher)] as const;
    took.copy.push(await through(chunks, rounds, (chunk) => Buffer.from(chunk)));
    took.plain.push(await through(chunks, rounds, (chunk) => redactors[0].push(chunk)));
    took.coloured.push(await through(coloured, rounds, (chunk) => redactors[1].push(chunk)));
  }
  const copy = speedOf(chunks, took.copy);
  const rows = [
    { what: `a log through ${SECRETS} secrets, ${patterns.length} patterns`, speed: speedOf(chunks, took.plain), target: { at: 'least', value: 0.3 } },
    { what: 'the same with colours and carriage returns', speed: speedOf(coloured, took.coloured), target: null },
  ] as const;
  return rows.map(({ what, speed, target }) => ({ what, drydock: `${speed.toFixed(0)} MB/s`, raw: `a plain copy ${copy.toFixed(0)} MB/s`, value: speed / copy, unit: 'ratio', target }));
};
