import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDepot } from '../../../src-main/adapters/git/depot.ts';
import { projectId, type TreeId } from '../../../src-main/contract/ids.ts';
import type { CommittedBase, Hunk } from '../../../src-main/contract/result.ts';
import { applyHunks } from '../../../src-main/domain/review/hunks.ts';
import type { Depot, DepotProject } from '../../../src-main/ports/depot.ts';
import { importFrom, makeFolder, makeRepository, quietGit, type TestRepository } from '../../support/repository.ts';

const id = projectId.parse('prj_0123456789ab');

interface Opened {
  readonly repository: TestRepository;
  readonly depot: Depot;
  readonly project: DepotProject;
}

const open = (): Opened => {
  const repository = makeRepository();
  return { repository, depot: createDepot({ directory: makeFolder() }), project: { id, path: repository.path } };
};

const withResult = async (opened: Opened, before: () => void, after: () => void): Promise<{ base: CommittedBase; tree: TreeId }> => {
  before();
  opened.repository.commit('Base');
  const base = await opened.depot.commitBase(opened.project, { kind: 'head' });
  after();
  opened.repository.commit('Result');
  return { base, tree: await importFrom(opened.depot, opened.project, base, opened.repository) };
};

const contentAt = ({ depot, project }: Opened, base: TreeId, tree: TreeId, path: string): Promise<Buffer | null> =>
  depot.changes(project, base, tree).then(async (changes) => {
    const blob = changes.find((change) => change.path === path)?.newBlob ?? null;
    return blob === null ? null : Buffer.from((await depot.blob(project, blob, 1e9)).bytes ?? []);
  });

/** A patch of some of the hunks, with the places that they have when the others are not there. */
const patchOf = (diff: Buffer, hunks: readonly Hunk[], wanted: ReadonlySet<string>): Buffer => {
  const text = diff.toString('latin1');
  const bodies = text.split(/^@@ .*\n/m).slice(1);
  let shift = 0;
  const parts = hunks.map((hunk, at) => {
    if (!wanted.has(hunk.id)) return '';
    const before = (hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1) + shift;
    shift += hunk.newLines - hunk.oldLines;
    return `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newLines === 0 ? before : before + 1},${hunk.newLines} @@\n${bodies[at] ?? ''}`;
  });
  return Buffer.from(`--- a/file\n+++ b/file\n${parts.join('')}`, 'latin1');
};

describe('hunks of real diffs', () => {
  const line = fc.constantFrom('a', 'b', 'c', '', 'with\r', '@@ -1 +1 @@', '--- a/file', '+', '\\ No newline', '\xff\xfe', 'ü');
  const file = fc.tuple(fc.array(line, { minLength: 1, maxLength: 14 }), fc.boolean()).map(([lines, ended]) => Buffer.from(lines.join('\n') + (ended ? '\n' : ''), 'latin1')).filter((bytes) => bytes.length > 0);

  test('all give the result, none the base, and any of them what git apply gives', async () => {
    const folder = makeFolder();
    const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: folder, env: quietGit, maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'pipe'] });
    const opened = open();
    await fc.assert(
      fc.asyncProperty(file, file, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), async (old, now, choice) => {
        fc.pre(!old.equals(now));
        const { base, tree } = await withResult(opened, () => opened.repository.write('file', old), () => opened.repository.write('file', now));
        const hunks = await opened.depot.hunks(opened.project, base.tree, tree, 'file');
        expect(hunks.length).toBeGreaterThan(0);
        expect(new Set(hunks.map((hunk) => hunk.id)).size).toBe(hunks.length);
        const all = new Set(hunks.map((hunk) => hunk.id));
        expect(Buffer.from(applyHunks(old, now, hunks, all))).toEqual(now);
        expect(Buffer.from(applyHunks(old, now, hunks, new Set()))).toEqual(old);
        const wanted = new Set(hunks.filter((_, at) => choice[at % choice.length]).map((hunk) => hunk.id));
        if (wanted.size === 0 || wanted.size === hunks.length) return;
        const diff = execFileSync('git', ['diff', '-U0', '--diff-algorithm=myers', '--indent-heuristic', 'HEAD~1', 'HEAD', '--', 'file'], { cwd: opened.repository.path, env: quietGit });
        writeFileSync(join(folder, 'file'), old);
        writeFileSync(join(folder, 'patch'), patchOf(diff, hunks, wanted));
        git('apply', '--unidiff-zero', '--whitespace=nowarn', 'patch');
        const applied = readFileSync(join(folder, 'file'));
        expect(Buffer.from(applyHunks(old, now, hunks, wanted))).toEqual(applied);
        const excludedHunks = { file: hunks.filter((hunk) => !wanted.has(hunk.id)).map((hunk) => hunk.id) };
        const selected = await opened.depot.select(opened.project, base.tree, tree, { excluded: [], excludedHunks });
        expect(await contentAt(opened, base.tree, selected, 'file')).toEqual(applied);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a selection of hunks', () => {
  const lines = (...changed: string[]) => `${Array.from({ length: 20 }, (_, at) => changed.find((each) => each.startsWith(`${at} `)) ?? `${at}`).join('\n')}\n`;
  let opened: Opened;
  let base: CommittedBase;
  let tree: TreeId;
  const hunks = (path: string) => opened.depot.hunks(opened.project, base.tree, tree, path);
  const select = (excludedHunks: Record<string, string[]>, excluded: string[] = []) => opened.depot.select(opened.project, base.tree, tree, { excluded, excludedHunks });

  beforeEach(async () => {
    opened = open();
    const { repository } = opened;
    ({ base, tree } = await withResult(
      opened,
      () => {
        for (const name of ['two', 'moved', 'mode', 'gone', 'type']) repository.write(name, lines(`1 of ${name}`));
        repository.write('picture', Buffer.from([0, 1, 2]));
        repository.write('run', 'echo\n');
      },
      () => {
        repository.write('two', lines('1 of two', '3 new', '15 new'));
        repository.remove('moved');
        repository.write('sub/arrived', lines('1 of moved', '3 new', '15 new'));
        repository.write('mode', lines('1 of mode', '3 new', '15 new'), 0o755);
        repository.remove('gone');
        repository.remove('type');
        repository.link('type', 'two');
        repository.write('fresh', 'one\ntwo');
        repository.write('empty', '');
        repository.write('picture', Buffer.from([0, 1, 3]));
        repository.write('run', 'echo\n', 0o755);
      },
    ));
  });

  test('has the ids that it had, and a place for each', async () => {
    const first = await hunks('two');
    expect(first.map(({ oldStart, oldLines, newStart, newLines }) => [oldStart, oldLines, newStart, newLines])).toEqual([[4, 1, 4, 1], [16, 1, 16, 1]]);
    expect(await hunks('two')).toEqual(first);
    expect(new Set([...first, ...(await hunks('mode'))].map((hunk) => hunk.id)).size).toBe(2);
  });

  test('an added or deleted file is one hunk; what has no lines has none', async () => {
    expect(await hunks('fresh')).toMatchObject([{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 2 }]);
    expect(await hunks('gone')).toMatchObject([{ oldStart: 1, oldLines: 20, newStart: 0, newLines: 0 }]);
    for (const path of ['empty', 'picture', 'run', 'type']) expect([path, await hunks(path)]).toEqual([path, []]);
  });

  test('leaves out one hunk of a renamed file and of one with another mode, and keeps name and mode', async () => {
    const chosen = await select({ 'sub/arrived': [(await hunks('sub/arrived'))[0]?.id ?? ''], mode: [(await hunks('mode'))[1]?.id ?? ''] });
    expect(String(await contentAt(opened, base.tree, chosen, 'sub/arrived'))).toBe(lines('1 of moved', '15 new'));
    expect(String(await contentAt(opened, base.tree, chosen, 'mode'))).toBe(lines('1 of mode', '3 new'));
    const changes = await opened.depot.changes(opened.project, base.tree, chosen);
    expect(changes.find((change) => change.path === 'mode')?.newMode).toBe('100755');
    expect(changes.find((change) => change.path === 'sub/arrived')?.oldPath).toBe('moved');
  });

  test('a file without any of its hunks is as on the base: content, name, mode', async () => {
    const paths = ['two', 'sub/arrived', 'mode', 'fresh', 'gone'];
    const excludedHunks: Record<string, string[]> = {};
    for (const path of paths) excludedHunks[path] = (await hunks(path)).map((hunk) => hunk.id);
    expect(await select(excludedHunks)).toBe(await select({}, paths));
  });

  test('hunks of a file that is out as a whole count for nothing', async () => {
    expect(await select({ two: ['whatever'] }, ['two'])).toBe(await select({}, ['two']));
    expect(await select({ two: [] })).toBe(tree);
  });

  test('refuses hunks and paths that are none of the result', async () => {
    await expect(select({ two: ['000000000000000000000000'] })).rejects.toMatchObject({ fault: { code: 'invalid', detail: { path: 'two' } } });
    await expect(select({ nowhere: ['0'] })).rejects.toMatchObject({ fault: { code: 'invalid' } });
    await expect(hunks('nowhere')).rejects.toMatchObject({ fault: { code: 'notFound' } });
  });

  test('reads many contents at once, within its limits', async () => {
    const blobs = (await opened.depot.changes(opened.project, base.tree, tree)).flatMap((change) => change.newBlob ?? []);
    const sizes = new Map<string, number>();
    for (const blob of blobs) sizes.set(blob, (await opened.depot.blob(opened.project, blob, 1e6)).size);
    const all = await opened.depot.contents(opened.project, [...blobs, ...blobs], { eachBytes: 1e6, totalBytes: 1e6 });
    expect(new Map([...all].map(([blob, bytes]) => [blob, bytes.length]))).toEqual(sizes);
    const small = await opened.depot.contents(opened.project, blobs, { eachBytes: 10, totalBytes: 1e6 });
    expect([...small.values()].every((bytes) => bytes.length <= 10)).toBe(true);
    expect(small.size).toBe([...sizes.values()].filter((size) => size <= 10).length);
    expect((await opened.depot.contents(opened.project, blobs, { eachBytes: 1e6, totalBytes: 0 })).size).toBeLessThan(all.size);
  });
});
