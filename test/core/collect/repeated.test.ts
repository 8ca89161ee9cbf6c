import { afterAll, beforeAll, expect, test } from 'vitest';
import { LABEL } from '../../../src-main/domain/container-spec.ts';
import { EngineFailure, type ContainerEngine } from '../../../src-main/ports/container-engine.ts';
import { makeRepository } from '../../support/repository.ts';
import { openYard, type Yard } from './work-container.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
});
afterAll(() => yard.close());

/** Ends, as a kill would, at the numbered call that changes something: afterwards nothing more is done, not even tidying up. */
const cutOff = (engine: ContainerEngine, at: number): { engine: ContainerEngine; wasCut: () => boolean } => {
  let calls = 0;
  const cut = <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) => async (...args: Args): Promise<Answer> => {
    calls += 1;
    if (calls >= at) throw new EngineFailure({ kind: 'unavailable', message: 'cut off' });
    return call(...args);
  };
  const { create, put, start, commit, remove, removeImage, wait, read } = engine;
  return {
    engine: { ...engine, create: cut(create), put: cut(put), start: cut(start), commit: cut(commit), remove: cut(remove), removeImage: cut(removeImage), wait: cut(wait), read: cut(read) },
    wasCut: () => calls >= at,
  };
};

test('cut off at any call to the engine and called again: the same result, and nothing is left', { timeout: 240_000 }, async () => {
  const repository = makeRepository({ objectFormat: 'sha256' });
  repository.write('file', 'one\n');
  repository.link('link', 'file');
  repository.commit();
  const worked = await yard.work(repository, 'echo two > file; echo new > new; echo generated > out.log; printf "*.log\\n" > .gitignore');
  const expected = await yard.collect(worked);
  expect(expected).toMatchObject({ files: 3, additions: 3, deletions: 1 });
  expect(expected.tree).toHaveLength(64);

  let cuts = 0;
  for (let at = 1; ; at += 1) {
    const { engine, wasCut } = cutOff(yard.engine, at);
    const outcome = await yard.collect(worked, { engine }).catch((error: unknown) => error);
    if (!wasCut()) break;
    // Cut off while the result was already safe and only clean-up went on: it is the result all the same.
    if (!(outcome instanceof EngineFailure)) expect(outcome).toMatchObject({ tree: expected.tree });
    cuts += 1;
    if (cuts % 8 === 0) expect((await yard.collect(worked)).tree).toBe(expected.tree);
  }
  expect(cuts).toBeGreaterThan(14);
  expect((await yard.collect(worked)).tree).toBe(expected.tree);
  const labels = { [LABEL.owner]: yard.owner, [LABEL.run]: worked.run };
  await expect.poll(() => yard.engine.containers(labels), { timeout: 15_000 }).toEqual([]);
  await expect.poll(() => yard.engine.images(labels), { timeout: 15_000 }).toEqual([]);
});

test('a turn that changed nothing gives the tree of its base', async () => {
  const repository = makeRepository();
  repository.write('a/b', 'same\n');
  repository.commit();
  const worked = await yard.work(repository, 'touch a/b; mkdir empty');
  const { tree, files, findings } = await yard.collect(worked);
  expect({ tree, files, findings }).toEqual({ tree: worked.base.tree, files: 0, findings: [] });
});

test('everything deleted gives the empty tree', async () => {
  const repository = makeRepository();
  repository.write('a/b', 'x\n');
  repository.commit();
  const worked = await yard.work(repository, 'rm -r a');
  const { tree, files } = await yard.collect(worked, { scope: { inPlay: ['src'], offLimits: [] } });
  expect({ tree, files }).toEqual({ tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904', files: 1 });
});
