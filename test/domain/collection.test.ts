import { describe, expect, test } from 'vitest';
import { linkId } from '../../src-main/core/collect/link-id.ts';
import { planCollection } from '../../src-main/domain/collection.ts';
import { COLLECT_LIMITS } from '../../src-main/domain/collection-limits.ts';
import { ListingRefused, parseEntries, parseTracked, type ListedEntry } from '../../src-main/domain/collection-listing.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const id = 'a'.repeat(40);
const tracked = (files: Record<string, string>) => new Map(Object.entries(files).map(([path, mode]) => [path, { mode, id }]));
const entry = (path: string, changes: Partial<ListedEntry> = {}): ListedEntry => ({ path, type: 'f', mode: 0o644, size: 1, device: '1', target: null, ...changes });
const paths = (files: readonly { path: string }[]) => files.map(({ path }) => path);

describe('the listing', () => {
  test('is read as find writes it, names with line breaks and links to nothing included', () => {
    expect(parseEntries(bytes('f 644 12 7 a\nb c\0l 777 0 7 link\0\0d 755 4096 7 \xff\0'), 3)).toEqual([
      { type: 'f', mode: 0o644, size: 12, device: '7', path: 'a\nb c', target: null },
      { type: 'l', mode: 0o777, size: 0, device: '7', path: 'link', target: '' },
      { type: 'd', mode: 0o755, size: 4096, device: '7', path: '\xff', target: null },
    ]);
  });

  test('is refused when it is cut off, not what find writes, or too long', () => {
    const refused = (kind: string) => expect.objectContaining({ problem: expect.objectContaining({ kind }) });
    for (const text of ['f 644 1 7 a', 'l 777 1 7 a\0', 'f 644 1 a\0', '\0']) expect(() => parseEntries(bytes(text), 9)).toThrow(ListingRefused);
    expect(() => parseEntries(bytes('f 644 1 7 a\0f 644 1 7 b\0'), 1)).toThrow(refused('tooManyEntries'));
    expect(() => parseTracked(bytes(`100644 ${id} 1\tunmerged\0`))).toThrow(refused('malformed'));
  });

  test('of the base is what ls-files writes', () => {
    expect(parseTracked(bytes(`100644 ${id} 0\ta\tb\n\0`))).toEqual(new Map([['a\tb\n', { mode: '100644', id }]]));
  });
});

describe('the plan', () => {
  test('compares files, takes new ones, removes what is gone', () => {
    const plan = planCollection(tracked({ kept: '100644', gone: '100644', was: '100644' }), [entry('kept', { mode: 0o700 }), entry('new'), entry('was', { type: 'd' }), entry('was/inside')], '1', linkId);
    expect(plan.compared).toEqual([{ path: 'kept', was: { mode: '100644', id }, mode: '100755', size: 1, held: false }]);
    expect(paths(plan.untracked)).toEqual(['new', 'was/inside']);
    expect(plan.removed).toEqual(['gone', 'was']);
  });

  test('takes a link only when its target is another, whichever hash names it', () => {
    // `printf somewhere | git hash-object --stdin`, by SHA-1 and by SHA-256.
    const ids = ['fe49470717aa1026827433df9f6d628a886ae267', '8a7bd1b7d9ed9ae7831e9e8a0a4b932ccc9259af448db874beb2a08e3a87c116'];
    for (const linked of ids) {
      const plan = (target: string) => planCollection(new Map([['link', { mode: '120000', id: linked }]]), [entry('link', { type: 'l', target })], '1', linkId);
      expect(paths(plan('elsewhere').links)).toEqual(['link']);
      expect(plan('somewhere').links).toEqual([]);
      expect([...plan('somewhere').removed, ...plan('elsewhere').removed]).toEqual([]);
    }
  });

  test('what is left out keeps the version of the base', () => {
    const large = COLLECT_LIMITS.fileBytes + 1;
    const plan = planCollection(
      tracked({ pipe: '100644', large: '100644', sub: '160000', 'volume/file': '100644' }),
      [entry('pipe', { type: 'p' }), entry('large', { size: large }), entry('exact', { size: large - 1 }), entry('sub', { type: 'd' }), entry('sub/x'), entry('sub/.git', { type: 'd' }), entry('volume', { type: 'd', device: '2' })],
      '1',
      linkId,
    );
    expect(plan.leftOut.map(({ path, reason }) => [path, reason])).toEqual([['pipe', 'special'], ['large', 'tooLarge'], ['sub', 'submodule'], ['volume', 'volume']]);
    expect(plan.removed).toEqual([]);
    expect(paths(plan.untracked)).toEqual(['exact']);
  });

  test('a submodule whose folder is gone, replaced or empty stays', () => {
    const gone = planCollection(tracked({ sub: '160000' }), [], '1', linkId);
    expect([gone.removed, gone.leftOut]).toEqual([[], []]);
    expect(paths(planCollection(tracked({ sub: '160000' }), [entry('sub')], '1', linkId).leftOut)).toEqual(['sub']);
  });

  test('the list of submodules is not taken, neither new nor changed, in any case', () => {
    const plan = planCollection(tracked({ '.gitmodules': '100644' }), [entry('.gitmodules'), entry('a/.GitModules')], '1', linkId);
    expect(plan.compared.map(({ held }) => held)).toEqual([true]);
    expect(paths(plan.untracked)).toEqual([]);
    expect(paths(plan.leftOut)).toEqual(['a/.GitModules']);
  });

  test('.git is passed over, another spelling of it is named once, a nested one makes a nested repository', () => {
    const plan = planCollection(new Map(), [entry('.git', { type: 'd' }), entry('n/.git'), entry('n/file'), entry('.GIT', { type: 'd' }), entry('.GIT/config')], '1', linkId);
    expect(plan.nested).toEqual(['n']);
    expect(paths(plan.leftOut)).toEqual(['.GIT']);
    expect(paths(plan.untracked)).toEqual(['n/file']);
  });

  test('no path is longer than the limit', () => {
    const plan = planCollection(new Map(), [entry('a'.repeat(COLLECT_LIMITS.pathBytes)), entry('b'.repeat(COLLECT_LIMITS.pathBytes + 1))], '1', linkId);
    expect(plan.untracked).toHaveLength(1);
    expect(plan.leftOut[0]?.reason).toBe('pathTooLong');
  });
});
