import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import type { CommentId } from '../../src-main/contract/ids.ts';
import { wholeUpdates } from '../../src-main/domain/fleet-parts.ts';
import { newCommand, runEnd, runWhere, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

/** Writes a file of 20 lines with two of them changed, and another file. */
const WORK = 'seq 20 | sed "s/^3$/three/; s/^15$/fifteen/" > numbers.txt; echo extra > extra.txt';
/** The base has the numbers; each check says what it sees. */
const CHECKS = [{ command: 'cat numbers.txt; grep -q three numbers.txt' }, { command: 'ls extra.txt' }];

describe('a selection of a result, in real containers', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let run: Run;
  const ready = (wanted: (run: Run) => boolean = () => true): Promise<Run> => runWhere(test, run.id, (each) => each.state.name === 'reviewable' && wanted(each));
  const evidence = () => test.client.runs.evidence({ runId: run.id });
  const outcomes = async (): Promise<readonly CheckOutcome[]> => (await test.client.runs.get({ runId: run.id })).turns[0]?.checks ?? [];
  const hunks = async () => (await test.client.runs.hunks({ runId: run.id, path: 'numbers.txt' })).hunks.map((hunk) => hunk.id);
  const setHunks = async (chosen: string[], included: boolean) => test.client.runs.setHunksIncluded({ commandId: newCommand(), runId: run.id, path: 'numbers.txt', hunks: chosen, included });
  const check = () => test.client.runs.checkSelection({ commandId: newCommand(), runId: run.id });
  const outputOf = async ({ log }: CheckOutcome): Promise<string> => (await wholeLog(test, run.id)).subarray(log.from, log.to).toString();

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    const first = await runEnd(test, (await small.script('seq 20 > numbers.txt')).id);
    const target = { kind: 'branch' as const, name: 'main-2', message: '' };
    const { token } = await test.client.runs.previewLanding({ runId: first.id, target });
    await test.client.runs.land({ commandId: newCommand(), runId: first.id, target, token });
    const launched = await small.launch({ checks: CHECKS, criteria: ['reads well'], runsWith: { mode: 'script', command: WORK, base: { kind: 'branch', name: 'main-2' } } });
    run = await runEnd(test, launched.id);
    expect(run.state).toEqual({ name: 'reviewable' });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  it('is not checked until it is, then has verdicts of its own, and the base is not checked again', async () => {
    expect((await evidence()).items.map((item) => item.verdict)).toEqual(['passed', 'passed']);
    const [three, fifteen] = await hunks();
    const without = await setHunks([three ?? ''], false);
    expect(without.excludedHunks).toEqual({ 'numbers.txt': [three] });
    expect([without.leftOut, without.selectedTree]).toMatchObject([{ 'numbers.txt': { additions: 1, deletions: 1, hunks: [{ id: three }] } }, undefined]);
    expect(await evidence()).toMatchObject({ checked: false, items: [{ verdict: 'notRun' }, { verdict: 'notRun' }] });
    const { patch } = await test.client.runs.patch({ runId: run.id });
    expect([patch.includes('+fifteen'), patch.includes('+three')]).toEqual([true, false]);

    const asked = await check();
    expect(asked.state).toMatchObject({ name: 'checking', recheck: { before: { name: 'reviewable' } } });
    await expect(check()).rejects.toMatchObject({ data: { code: 'refusedByState' } });
    const checked = await ready();
    expect(checked.selectedTree).toBe((await evidence()).tree);
    expect(await evidence()).toMatchObject({ checked: true, items: [{ verdict: 'alreadyFailing' }, { verdict: 'passed' }] });
    const all = checked.turns[0]?.checks ?? [];
    expect(all.map((each) => `${each.check} ${each.side}`)).toEqual(['0 result', '0 base', '1 result', '1 base', '0 result', '1 result']);
    expect([checked.endedAt, checked.times]).toEqual([run.endedAt, run.times]);
    // Each outcome's part of the log is its own.
    const of = all.filter((each) => each.check === 0 && each.side === 'result');
    const lines = await Promise.all(of.map(async (each) => (await outputOf(each)).split('\n').filter((line) => /^(?:3|three|15|fifteen)$/.test(line))));
    expect(lines).toEqual([['three', 'fifteen'], ['3', 'fifteen']]);

    // All that is due has run: answered at once, and nothing runs.
    expect((await check()).state).toEqual({ name: 'reviewable' });
    expect(await outcomes()).toHaveLength(6);
    await setHunks([three ?? '', fifteen ?? ''], true);
    expect((await evidence()).items.map((item) => item.verdict)).toEqual(['passed', 'passed']);
  });

  it('takes out the file with its last hunk; what is landed is what was selected', async () => {
    const all = await hunks();
    expect((await setHunks(all, false)).excluded).toEqual(['numbers.txt']);
    expect((await setHunks(all.slice(0, 1), true)).excluded).toEqual([]);
    const chosen = await test.client.runs.setIncluded({ commandId: newCommand(), runId: run.id, paths: ['extra.txt'], included: false });
    expect(chosen.leftOut).toMatchObject({ 'numbers.txt': { additions: 1, deletions: 1 }, 'extra.txt': { additions: 1, deletions: 0 } });
    const target = { kind: 'patch' as const, file: join(test.dataDirectory, 'landed.patch') };
    const { token, paths } = await test.client.runs.previewLanding({ runId: run.id, target });
    expect(paths.map((path) => path.path)).toEqual(['numbers.txt']);
    await test.client.runs.land({ commandId: newCommand(), runId: run.id, target, token });
    const landed = await readFile(target.file, 'utf8');
    expect([landed.includes('+three'), landed.includes('+fifteen'), landed.includes('extra')]).toEqual([true, false, false]);
    await expect(setHunks(['nothing'], false)).rejects.toMatchObject({ data: { code: 'notFound' } });
    await setHunks(all, true);
    await test.client.runs.setIncluded({ commandId: newCommand(), runId: run.id, paths: ['extra.txt'], included: true });
  });

  it('keeps comments, viewed marks and criteria with the run', async () => {
    const { client } = test;
    const id = 'cmt_000000000001' as CommentId;
    const comment = { id, path: 'numbers.txt', side: 'result' as const, from: 3, to: 4, text: 'why three?' };
    const add = (more: object) => client.runs.comment({ commandId: newCommand(), runId: run.id, comment: { ...comment, ...more } });
    await add({});
    expect((await add({ text: 'why?' })).comments).toMatchObject([{ ...comment, text: 'why?' }]);
    await expect(add({ id: 'cmt_000000000002', to: 21 })).rejects.toMatchObject({ data: { code: 'invalid' } });
    await expect(add({ id: 'cmt_000000000002', from: 4, to: 3 })).rejects.toMatchObject({ data: { code: 'invalid' } });
    await expect(add({ id: 'cmt_000000000002', path: 'README.md' })).rejects.toMatchObject({ data: { code: 'notFound' } });
    await expect(add({ id: 'cmt_000000000002', path: 'extra.txt', side: 'base', from: 1, to: 1 })).rejects.toMatchObject({ data: { code: 'invalid' } });
    const onFile = { ...comment, id: 'cmt_00000000f11e' as CommentId, from: null, to: null };
    expect((await add(onFile)).comments).toMatchObject([{ id }, { id: onFile.id, from: null, to: null }]);
    await client.runs.removeComment({ commandId: newCommand(), runId: run.id, comment: onFile.id });
    await expect(add({ id: 'cmt_00000000f11f', from: null })).rejects.toMatchObject({ data: { code: 'invalid' } });
    expect((await client.runs.removeComment({ commandId: newCommand(), runId: run.id, comment: id })).comments).toEqual([]);
    const { files } = await client.runs.changes({ runId: run.id });
    const seen = await client.runs.setViewed({ commandId: newCommand(), runId: run.id, paths: ['numbers.txt'], viewed: true });
    expect(seen.viewed).toEqual({ 'numbers.txt': files.find((file) => file.path === 'numbers.txt')?.newBlob });
    expect((await client.runs.setViewed({ commandId: newCommand(), runId: run.id, paths: ['numbers.txt'], viewed: false })).viewed).toEqual({});
    expect((await client.runs.setCriterionMet({ commandId: newCommand(), runId: run.id, criterion: 0, met: true })).criteriaMet).toEqual([0]);
    expect((await client.runs.setCriterionMet({ commandId: newCommand(), runId: run.id, criterion: 0, met: false })).criteriaMet).toEqual([]);
    await expect(client.runs.setCriterionMet({ commandId: newCommand(), runId: run.id, criterion: 1, met: true })).rejects.toMatchObject({ data: { code: 'notFound' } });
  });

  it('waits for a slot, and comes back from a cancel with its result', async () => {
    const { client } = test;
    await client.service.changeSettings({ commandId: newCommand(), settings: { slots: 1 } });
    const other = await small.script('sleep 600');
    await runWhere(test, other.id, (each) => each.state.name === 'working');
    await client.runs.setIncluded({ commandId: newCommand(), runId: run.id, paths: ['extra.txt'], included: false });
    await check();
    for await (const update of wholeUpdates(await client.fleet.watch({}))) {
      const waiting = update.kind === 'snapshot' ? update.state.waiting : update.changes.find((change) => change.kind === 'waiting')?.waiting;
      if (waiting?.[run.id]?.kind === 'slots') break;
    }
    await client.runs.cancel({ commandId: newCommand(), runId: run.id });
    const back = await ready();
    expect(back.turns[0]?.result).toEqual(run.turns[0]?.result);
    await check();
    await client.runs.cancel({ commandId: newCommand(), runId: other.id });
    await ready();
    expect((await evidence()).items.map((item) => item.verdict)).toEqual(['passed', 'alreadyFailing']);
  });

  it('goes on where it was when the service went away meanwhile', async () => {
    const slow = await small.launch({
      checks: [{ command: 'echo begun; if test -e extra.txt; then exit 0; fi; for n in 1 2 3 4 5 6; do sleep 1; echo $n; done' }],
      runsWith: { mode: 'script', command: 'echo more >> README.md; echo extra > extra.txt' },
    });
    run = await runEnd(test, slow.id);
    // The base has no extra.txt either: it took its time, and is not asked again.
    await test.client.runs.setIncluded({ commandId: newCommand(), runId: run.id, paths: ['extra.txt'], included: false });
    // One that is cancelled at work leaves its output behind, which is nobody's.
    await check();
    await expect.poll(async () => (await wholeLog(test, run.id)).toString().match(/^begun$/gm)?.length, { timeout: 30_000 }).toBe(3);
    await test.client.runs.cancel({ commandId: newCommand(), runId: run.id });
    expect((await ready()).turns[0]?.checks).toHaveLength(2);
    await check();
    await runWhere(test, run.id, (each) => each.state.name === 'checking' && each.state.container !== null);
    const { dataDirectory } = test;
    await test.drydock.dispose();
    test = await startDrydock({ dataDirectory });
    await ready();
    const [first, , last, ...more] = await outcomes();
    expect([more, first?.exitCode, last?.exitCode]).toEqual([[], 0, 0]);
    expect(last && (await outputOf(last))).toBe('begun\n1\n2\n3\n4\n5\n6\n');
    expect(first && (await outputOf(first))).toBe('begun\n');
    await expect.poll(() => test.labelled(), { timeout: 15_000 }).toEqual({ containers: [], images: [] });
  });
});
