import { beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src-main/adapters/system/clock.ts';
import type { DiskStep } from '../../../src-main/contract/disk.ts';
import { result } from '../../../src-main/contract/result.ts';
import { carryOut } from '../../../src-main/core/disk/carry-out.ts';
import { heldImages } from '../../../src-main/core/disk/held-images.ts';
import { nothingWeighed } from '../../../src-main/core/disk/holdings.ts';
import { DOCKERFILE_LABEL } from '../../../src-main/core/supervisor/build-image.ts';
import { BUILT_ON_LABEL } from '../../../src-main/core/supervisor/environment-snapshot.ts';
import { LABEL } from '../../../src-main/domain/container-spec.ts';
import { planCollection } from '../../../src-main/domain/disk/plan-collection.ts';
import { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { sampleBrief, sampleProject, sampleProjectId, sampleRun } from '../../support/sample-documents.ts';

const PROJECT = sampleProjectId(1);
const labels = { [LABEL.owner]: 'me', [DOCKERFILE_LABEL]: PROJECT };

describe('images that Dockerfiles made', () => {
  let engine: FakeEngine;
  let store: ReturnType<typeof fakeStore>;
  let deps: Parameters<typeof carryOut>[0];
  let old: string;
  let newest: string;

  const named = (dockerfile: string | null): void => {
    const project = sampleProject(1);
    store.commit({ at: 1, events: [], projects: [{ ...project, environment: { ...project.environment, dockerfile } }] });
  };
  const plan = async (): Promise<readonly DiskStep[]> =>
    planCollection({ snapshots: [], logs: [], containers: [], objects: [], images: await heldImages(deps) }, { now: 10, budgetBytes: 0, keepLogsDays: 30, unusedDays: null }).steps;
  const ids = async (): Promise<string[]> => (await plan()).map(({ id }) => id);
  const carry = async (steps: readonly DiskStep[]) => carryOut(deps, steps, nothingWeighed());
  const references = async (): Promise<string[]> => (await engine.images({ [LABEL.owner]: 'me' })).map(({ reference }) => reference);

  beforeEach(() => {
    engine = new FakeEngine();
    store = fakeStore();
    deps = { store, engines: { engine: () => engine }, clock: systemClock, owner: 'me' } as unknown as typeof deps;
    named('Dockerfile');
    old = engine.addImage('drydock/image:old', labels, 1);
    newest = engine.addImage('drydock/image:new', labels, 2);
  });

  it('are seen by their name and their label, and the newest stays while its project names a Dockerfile', async () => {
    engine.addImage('somebody/built-on:it', labels);
    engine.addImage('drydock/image:of-another-data-directory', { ...labels, [LABEL.owner]: 'another' });
    expect(await plan()).toMatchObject([{ id: `image:${old}`, reference: 'drydock/image:old', projectId: PROJECT, madeAt: 1, because: 'replaced' }]);
    named(null);
    expect(await plan()).toMatchObject([{ id: `image:${old}`, because: 'unneeded' }, { id: `image:${newest}`, because: 'unneeded' }]);
    store.commit({ at: 2, events: [], removedProjects: [PROJECT] });
    expect(await ids()).toEqual([`image:${old}`, `image:${newest}`]);
    expect(await heldImages({ ...deps, engines: { ...deps.engines, engine: () => null } })).toEqual([]);
  });

  it('stay with a snapshot that was built on them', async () => {
    engine.addImage('drydock/snapshot:s', { [LABEL.owner]: 'me', [BUILT_ON_LABEL]: old });
    store.saveSnapshot({ key: 's', image: 'drydock/snapshot:s', tree: 'a'.repeat(40), projectId: PROJECT, madeAt: 1, receipt: null, bytes: 1 });
    expect(await ids()).toEqual([]);
    store.removeSnapshot('s');
    expect(await ids()).toEqual([`image:${old}`]);
  });

  it('stay with a result that waits and is checked in the image itself', async () => {
    const brief = sampleBrief(1);
    const run = sampleRun(1, brief, { state: { name: 'reviewable' }, endedAt: 5 });
    const [turn] = run.turns;
    const written = result.parse({ outcome: 'done', commit: 'b'.repeat(40), tree: 'c'.repeat(40), files: 1, additions: 1, deletions: 0, findings: [] });
    const turns = turn === undefined ? [] : [{ ...turn, snapshot: { key: old, image: 'drydock/image:old', tree: null, reused: true, receipt: null }, result: written }];
    store.commit({ at: 5, events: [], briefs: [{ ...brief, currentRun: run.id }], runs: [{ ...run, turns }] });
    expect(await ids()).toEqual([]);
    store.commit({ at: 6, events: [], removedBriefs: [brief.id] });
    expect(await ids()).toEqual([`image:${old}`]);
  });

  it('go by their ids, and are left when a run has begun, when another is under the name, or when they are gone', async () => {
    const steps = await plan();
    const brief = sampleBrief(1);
    store.commit({ at: 3, events: [], briefs: [brief], runs: [sampleRun(1, brief)] });
    expect(await carry(steps)).toEqual({ freedBytes: 0, done: 0, left: 1 });
    store.commit({ at: 4, events: [], runs: [sampleRun(1, brief, { state: { name: 'cancelled', phase: 'queued' }, endedAt: 4 })] });
    expect(await references()).toHaveLength(2);
    expect(await carry(steps)).toEqual({ freedBytes: 0, done: 1, left: 0 });
    expect(await references()).toEqual(['drydock/image:new']);
    engine.addImage('drydock/image:old', labels, 1);
    expect(await carry(steps)).toEqual({ freedBytes: 0, done: 0, left: 1 });
    expect(await references()).toEqual(['drydock/image:new', 'drydock/image:old']);
  });

  it('go with all their names, and stay where the engine refuses', async () => {
    engine.nameImage(old, 'drydock/image:old-but-for-a-comment');
    const steps = await plan();
    expect(steps).toHaveLength(1);
    engine.faults.failAt('removeImage', 2, { kind: 'refused', message: 'a container uses it' });
    expect(await carry(steps)).toEqual({ freedBytes: 0, done: 0, left: 1 });
    expect(await engine.image(old)).not.toBeNull();
    expect(await carry(steps)).toEqual({ freedBytes: 0, done: 1, left: 0 });
    expect(await references()).toEqual(['drydock/image:new']);
  });
});
