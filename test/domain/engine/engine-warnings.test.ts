import { describe, expect, it } from 'vitest';
import { engineWarnings } from '../../../src-main/domain/engine/engine-warnings.ts';
import { KNOWN_WEAKNESSES } from '../../../src-main/domain/engine/known-weaknesses.ts';
import { compareVersions, versionOf } from '../../../src-main/domain/engine/version.ts';

const idsOf = (versions: Record<string, string>): string[] => engineWarnings(versions).map(({ id }) => id);
const LEAKY = 'CVE-2024-21626';
const MASKED = 'CVE-2025-31133, CVE-2025-52565, CVE-2025-52881';
const NAMES = 'CVE-2024-29018';
const COPY = 'CVE-2026-41567, CVE-2026-41568, CVE-2026-42306';

describe('runc', () => {
  it.each([
    ['1.1.5+ds1', [LEAKY, MASKED]],
    ['1.1.11', [LEAKY, MASKED]],
    ['1.1.12', [MASKED]],
    ['1.2.7', [MASKED]],
    ['1.2.8', []],
    ['1.3.2', [MASKED]],
    ['1.3.3', []],
    ['1.4.0-rc.2', [MASKED]],
    ['1.4.0-rc.3', []],
    ['v1.4.0', []],
    ['1.5.0', []],
    ['2.0.0', []],
  ])('%s', (runc, ids) => expect(idsOf({ runc })).toEqual(ids));
});

describe('the engine', () => {
  it.each([
    ['20.10.24+dfsg1', [NAMES, COPY]],
    ['23.0.10', [NAMES, COPY]],
    ['23.0.11', [COPY]],
    ['24.0.9', [NAMES, COPY]],
    ['25.0.4', [NAMES, COPY]],
    ['25.0.5', [COPY]],
    ['26.0.0', [COPY]],
    ['29.5.0', [COPY]],
    ['29.5.1', []],
    ['30.0.0', []],
  ])('%s', (engine, ids) => expect(idsOf({ engine })).toEqual(ids));
});

it('says what mends it, and that a distribution may have mended it without a number', () => {
  expect(engineWarnings({ runc: '1.1.5+ds1' })[1]?.next).toBe(
    'Update runc to 1.2.8, 1.3.3 or 1.4.0-rc.3, or newer. 1.1.5+ds1 is a version of the distribution, which may have mended it without another number: its security tracker tells.',
  );
  expect(engineWarnings({ runc: '1.1.5' })[0]?.next).toBe('Update runc to 1.1.12, or newer.');
});

it('concludes nothing from what is not told or cannot be read', () => {
  expect(engineWarnings({ engine: 'dev', runc: '', crun: '0.1' })).toEqual([]);
});

it('names only fixed versions that can be read, ascending', () => {
  for (const { fixedIn } of KNOWN_WEAKNESSES) {
    const versions = fixedIn.map(versionOf);
    expect(versions).not.toContain(null);
    const known = versions.flatMap((version) => version ?? []);
    expect(known.toSorted(compareVersions)).toEqual(known);
  }
});
