import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlobId } from '../../../src-main/contract/ids.ts';
import { environment, type Environment } from '../../../src-main/contract/project.ts';
import { neededApproval } from '../../../src-main/domain/environment/approval.ts';
import { DEFAULT_ENVIRONMENT } from '../../../src-main/domain/environment/default-environment.ts';
import { textDifference } from '../../../src-main/domain/environment/text-difference.ts';
import { anyEnvironment } from '../../support/any-environment.ts';

const [blob, other] = ['a', 'b'].map((digit) => digit.repeat(40) as BlobId) as [BlobId, BlobId];
const made = (fields: object): Environment => environment.parse({ ...DEFAULT_ENVIRONMENT, ...fields });
const needed = (before: object, after: object, blobs: [BlobId | null, BlobId | null] = [null, null]): string[] =>
  neededApproval({ environment: made(before), dockerfile: blobs[0] }, { environment: made(after), dockerfile: blobs[1] }).map(({ field, message }) => `${field}: ${message}`);

describe('what needs the approval of the user', () => {
  it.each<[string, object, object, string]>([
    ['setup', { setup: 'a' }, { setup: 'b' }, 'setup: setup is another script'],
    ['an empty setup', { setup: 'a' }, { setup: '' }, 'setup: setup is another script'],
    ['maintenance', {}, { maintenance: 'b' }, 'maintenance: maintenance is another script'],
    ['setup as root', {}, { setupAsRoot: true }, 'setupAsRoot: setup runs as root of its container'],
    ['an image', {}, { image: 'x' }, 'image: the image is x'],
    ['a Dockerfile', {}, { dockerfile: 'x' }, 'dockerfile: the image is made from x'],
    ['a variable', { variables: { A: '1', B: '2' } }, { variables: { A: '2', C: '3' } }, 'variables: other values of A, C, B'],
    ['a secret', {}, { secrets: [{ name: 'K' }] }, 'secrets: setup is given K'],
    ['a secret as a file', { secrets: [{ name: 'K' }] }, { secrets: [{ name: 'K', file: '~/k' }] }, 'secrets: setup is given K as ~/k'],
    ['more internet', {}, { network: { mode: 'full' } }, 'network: the internet is full instead of off'],
    ['a preset', {}, { network: { presets: ['sources'] } }, 'network: reaches sources'],
    ['a host', { network: { rules: [{ host: 'a.example' }] } }, { network: { rules: [{ host: 'a.example' }, { host: 'b.example' }] } }, 'network: reaches b.example'],
    ['a wider rule', { network: { rules: [{ host: 'a.example', methods: ['GET'] }] } }, { network: { rules: [{ host: 'a.example' }] } }, 'network: reaches a.example'],
    ['an injected header', {}, { inject: [{ host: 'a.example', header: 'X-Key', secret: 'K' }] }, 'inject: the proxy adds K as X-Key for a.example'],
    ['a service', {}, { services: [{ name: 'db', image: 'postgres', variables: {} }] }, 'services: beside a run there is db (postgres)'],
    ['another image of a service', { services: [{ name: 'db', image: 'a', variables: {} }] }, { services: [{ name: 'db', image: 'b', variables: {} }] }, 'services: beside a run there is db (b)'],
  ])('%s', (_what, before, after, message) => {
    expect(needed(before, after)).toEqual([message]);
  });

  it('the content of a Dockerfile', () => {
    const dockerfile = { dockerfile: 'Dockerfile' };
    expect(needed(dockerfile, dockerfile, [blob, other])).toEqual(['dockerfile: Dockerfile says something else']);
    expect(needed(dockerfile, dockerfile, [null, other])).toHaveLength(1);
    expect(needed(dockerfile, dockerfile, [blob, blob])).toEqual([]);
  });

  it.each<[string, object, object]>([
    ['fewer secrets', { secrets: [{ name: 'K' }] }, {}],
    ['less internet', { network: { mode: 'full', rules: [{ host: 'a.example' }], presets: ['sources'] } }, {}],
    ['no root any more', { setupAsRoot: true }, {}],
    ['lock files and limits', {}, { lockFiles: ['a'], limits: { ...DEFAULT_ENVIRONMENT.limits, cpus: 1 } }],
  ])('not %s', (_what, before, after) => {
    expect(needed(before, after)).toEqual([]);
  });

  it('the same environment never', () => {
    fc.assert(
      fc.property(anyEnvironment, (each) => {
        expect(neededApproval({ environment: each, dockerfile: blob }, { environment: each, dockerfile: blob })).toEqual([]);
      }),
    );
  });
});

describe('how two texts differ', () => {
  it('is shown line by line', () => {
    expect(textDifference('a\nb\nc\n', 'a\nB\nc\nd\n')).toBe(' a\n-b\n+B\n c\n+d\n');
    expect(textDifference('', 'a\n')).toBe('+a\n');
    expect(textDifference('a\n', 'a\n')).toBe('');
  });
  it('holds both of them', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.map((line) => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        const lines = textDifference(before, after).split('\n').slice(0, -1);
        const side = (sign: string) => lines.filter((line) => line[0] === ' ' || line[0] === sign).map((line) => `${line.slice(1)}\n`).join('');
        expect([side('-'), side('+')]).toEqual([before, after]);
      }),
      { numRuns: 500 },
    );
  });
  it('of very long ones is both, one after the other', () => {
    const long = (sign: string) => Array.from({ length: 3_000 }, (_, at) => `${sign}${at}\n`).join('');
    expect(textDifference(long('a'), long('b')).split('\n')).toHaveLength(6_001);
  });
});
