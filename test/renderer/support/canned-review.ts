import { deflateSync, crc32 } from 'node:zlib';
import type { CheckOutcome, Comment, Finding } from '../../../src-main/contract/result.ts';
import type { CommentId } from '../../../src-main/contract/ids.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { briefIdOf, cannedBrief, cannedFleet, cannedResult, cannedRun, cannedTurn, NOW, objectOf } from './canned.ts';
import { diffOfSides, text, type Sides } from './canned-changes.ts';
import { createFakeService, type FakeService } from './fake-service.ts';
import { lineHunks } from './line-hunks.ts';

export { text, type Sides } from './canned-changes.ts';

/** A picture of one colour, as PNG (RFC 2083): eight bits for each of red, green and blue. */
export const png = (width: number, height: number, colour: readonly [number, number, number]): Buffer => {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = [Buffer.alloc(4), Buffer.alloc(4)] as const;
    ends[0].writeUInt32BE(data.length);
    ends[1].writeUInt32BE(crc32(body));
    return Buffer.concat([ends[0], body, ends[1]]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.concat(Array.from({ length: width }, () => Buffer.from(colour)))]);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))), chunk('IEND', Buffer.alloc(0))]);
};

const CODE_BEFORE = text(
  "import { setTimeout as wait } from 'node:timers/promises';",
  '',
  '/** Calls a service and reads its answer. */',
  'export class Client {',
  '  constructor(private readonly address: string) {}',
  '',
  '  async get(path: string): Promise<Response> {',
  '    return fetch(`${this.address}${path}`);',
  '  }',
  ...Array.from({ length: 24 }, (_, at) => (at === 0 ? '' : `  // ${at}: a line that stays as it is`)),
  '  private url(path: string): string {',
  '    return this.address + path;',
  '  }',
  '',
  '  // TODO: recieve the respones in order',
  '  async post(path: string, body: unknown): Promise<Response> {',
  "    return fetch(this.url(path), { method: 'POST', body: JSON.stringify(body) });",
  '  }',
  '}',
);
const CODE_AFTER = text(
  "import { setTimeout as wait } from 'node:timers/promises';",
  "import { retryable } from './retry.ts';",
  '',
  '/** Calls a service and reads its answer; what can be repeated is repeated. */',
  'export class Client {',
  '  constructor(private readonly address: string, private readonly times = 3) {}',
  '',
  '  async get(path: string): Promise<Response> {',
  '    for (let attempt = 1; ; attempt += 1) {',
  '      const response = await fetch(`${this.address}${path}`);',
  '      if (!retryable(response) || attempt === this.times) return response;',
  '      await wait(2 ** attempt * 100);',
  '    }',
  '  }',
  ...Array.from({ length: 24 }, (_, at) => (at === 0 ? '' : `  // ${at}: a line that stays as it is`)),
  '  private url(path: string): string {',
  '    return `${this.address}${path}`;',
  '  }',
  '',
  '  // Responses are received in order.',
  '  async post(path: string, body: unknown): Promise<Response> {',
  "    return fetch(this.url(path), { method: 'POST', body: JSON.stringify(body) });",
  '  }',
  '}',
);

/** The file that most of the pictures show. */
export const CODE = 'src/http/client.ts';

/** A result as a person meets it: code with several hunks first, then every other kind of change. */
export const SIDES: readonly Sides[] = [
  { path: CODE, before: CODE_BEFORE, after: CODE_AFTER, lines: [11, 6] },
  { path: 'src/http/retry.ts', before: null, after: text('export const retryable = (response: Response): boolean => response.status >= 500;'), lines: [1, 0] },
  { path: 'src/legacy.js', before: text('module.exports = 1;'), after: null, lines: [0, 1] },
  { path: 'test/client.test.ts', before: text("it('gets', async () => {", '  expect(await get()).toEqual({ ok: true });', '});'), after: text("it.skip('gets', async () => {", '  expect(await get()).toBeTruthy();', '});'), lines: [2, 2] },
  { path: 'test/shots/start.png', before: png(160, 90, [32, 96, 104]), after: png(160, 100, [88, 188, 198]) },
  { path: 'test/shots/broken.png', before: null, after: Buffer.from('<html>not found</html>') },
  { path: 'README.md', before: text('# api', '', 'Teh client.'), after: text('# api', '', 'The client.'), lines: [1, 1] },
  { path: 'data/model.bin', before: Buffer.alloc(2_048), after: Buffer.alloc(1_048_576) },
  { path: 'scripts/run.sh', before: text('#!/bin/sh', 'exec node .'), after: text('#!/bin/sh', 'exec node .'), kind: 'modeChanged', modes: ['100644', '100755'] },
  { path: 'current', before: Buffer.from('releases/1.x'), after: Buffer.from('releases/2.x'), modes: ['120000', '120000'] },
  { path: 'vendor/lib', before: Buffer.from('one'), after: Buffer.from('two'), modes: ['160000', '160000'] },
  { path: 'empty.txt', before: null, after: Buffer.alloc(0) },
];

const FINDINGS: readonly Finding[] = [
  { kind: 'skippedTest', path: 'test/client.test.ts', message: 'A test is skipped: it.skip.', line: 1 },
  { kind: 'weakenedTest', path: 'test/client.test.ts', message: 'toEqual became toBeTruthy.', line: 2 },
  { kind: 'outOfScope', path: 'README.md', message: 'README.md is outside of the scope.' },
  { kind: 'note', path: null, message: 'The command wrote 3 files that git ignores; they were left out.' },
];

export interface ReviewOptions {
  readonly sides?: readonly Sides[];
  readonly findings?: readonly Finding[];
  readonly run?: Partial<Run>;
  readonly checked?: 'passed' | 'failed' | 'no';
  readonly goal?: string;
}

const CHECKS = [
  { command: 'npm test', timeoutSeconds: 600, expect: 'passes' as const, keep: ['test/shots/**'] },
  { command: 'npm run test:retry -- --times 3', timeoutSeconds: 120, expect: 'failsThenPasses' as const, keep: [] },
];
export const REVIEWED = 31;
export const REVIEW = `#/brief/${briefIdOf(REVIEWED)}/review`;

/** A service whose board has one more result, #31, to be looked at in all its parts. */
export const serviceWithResult = ({ sides = SIDES, findings = FINDINGS, run = {}, checked = 'passed', goal = 'Add retries to the HTTP client' }: ReviewOptions = {}): FakeService => {
  const brief = cannedBrief(REVIEWED, 'api', { goal, checks: CHECKS, criteria: ['The pause between attempts feels right', 'The words in the log can be understood by somebody new'] });
  const diff = diffOfSides(sides);
  const outcome = (check: number, side: 'base' | 'result', exitCode: number, at: number): CheckOutcome => ({
    check, command: CHECKS[check]?.command ?? '', side, tree: objectOf(`${side} tree ${REVIEWED}`), expect: CHECKS[check]?.expect ?? 'passes', exitCode, timedOut: false,
    startedAt: NOW - 60_000, durationMs: 4_200 + check * 61_000, log: { from: at * 60, to: at * 60 + 60 },
    kept: check === 0 && side === 'result' ? [{ path: 'test/shots/start.png', size: 412, blob: diff.files.find(({ path }) => path.endsWith('start.png'))?.newBlob ?? objectOf('none') }, { path: 'test/report.xml', size: 18_204, blob: objectOf('none') }] : [],
  });
  const checks = checked === 'no' ? [] : [outcome(0, 'result', checked === 'passed' ? 0 : 1, 0), outcome(0, 'base', 0, 1), outcome(1, 'result', 0, 2), outcome(1, 'base', 1, 3)];
  const sum = (of: 'additions' | 'deletions'): number => diff.files.reduce((total, file) => total + file[of], 0);
  const result = cannedResult(REVIEWED, { files: diff.files.length, additions: sum('additions'), deletions: sum('deletions'), findings: [...findings] });
  const ended = cannedRun(brief, { name: 'reviewable' }, { turns: [cannedTurn(REVIEWED, { result, checks })], ...run });
  const fleet = cannedFleet();
  const service = createFakeService({ ...fleet, briefs: [...fleet.briefs, brief], runs: [...fleet.runs, ended] });
  service.review.diffs.set(ended.id, diff);
  service.writeLog(ended.id, Array.from({ length: 12 }, (_, at) => `\u001b[32m✓\u001b[0m test ${at} of the client, in ${at * 3} ms\n`).join(''), 'check', true);
  return service;
};

export const cannedComment = (number: number, path: string, from: number, to: number, said: string, side: Comment['side'] = 'result'): Comment => ({
  id: `cmt_${String(number).padStart(12, '0')}` as CommentId, path, side, from, to, text: said, at: NOW - 600_000,
});

/** The ids of a canned file's hunks, in order. */
export const hunksOf = (path: string, sides: readonly Sides[] = SIDES): string[] => {
  const file = sides.find((each) => each.path === path);
  return file ? lineHunks(file.before, file.after).map(({ id }) => id) : [];
};

/** Files with one changed line each, in folders of twenty. */
export const manyFiles = (count: number): Sides[] =>
  Array.from({ length: count }, (_, at) => ({
    path: `packages/part-${String(Math.floor(at / 200)).padStart(2, '0')}/src/module-${String(Math.floor(at / 20)).padStart(3, '0')}/file-${String(at).padStart(5, '0')}.ts`,
    before: text(`export const value = ${at};`, 'export const same = true;'),
    after: text(`export const value = ${at + 1};`, 'export const same = true;'),
    lines: [1, 1] as const,
  }));
