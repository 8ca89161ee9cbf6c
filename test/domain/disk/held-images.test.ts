import { describe, expect, it } from 'vitest';
import { heldFrom, type ImageNeeds, type MadeImage } from '../../../src-main/domain/disk/held-images.ts';
import { sampleProjectId } from '../../support/sample-documents.ts';

const [ONE, TWO] = [sampleProjectId(1), sampleProjectId(2)];
const image = (id: string, madeAt: number, more: Partial<MadeImage> = {}): MadeImage => ({ id, references: [`drydock/image:${id}`], projectId: ONE, madeAt, layers: [{ id, bytes: 1 }], ...more });
const needs = (more: Partial<ImageNeeds> = {}): ImageNeeds => ({ naming: new Set([ONE, TWO]), busy: new Set(), needed: new Set(), ...more });
const inUse = (made: readonly MadeImage[], by = needs()): string[] => heldFrom(made, by).flatMap((each) => (each.inUse ? each.id : []));

describe('images of Dockerfiles', () => {
  const made = [image('a', 1), image('b', 3), image('c', 2), image('other', 1, { projectId: TWO })];

  it('are in use where they were made last for a project that names a Dockerfile', () => {
    expect(inUse(made)).toEqual(['b', 'other']);
    const held = heldFrom(made, needs({ naming: new Set([TWO]) }));
    expect(held.map(({ id, inUse: isUsed, isNamed }) => [id, isUsed, isNamed])).toEqual([['b', false, false], ['c', false, false], ['a', false, false], ['other', true, true]]);
  });

  it('are all in use while a run of their project goes on, and each that is needed', () => {
    expect(inUse(made, needs({ busy: new Set([ONE]), naming: new Set() }))).toEqual(['b', 'c', 'a']);
    expect(inUse(made, needs({ needed: new Set(['a']) }))).toEqual(['b', 'a', 'other']);
  });

  it('count a layer that several have once, for the newest', () => {
    const [base, changed] = [{ id: 'base', bytes: 100 }, { id: 'changed', bytes: 7 }];
    const held = heldFrom([image('old', 1, { layers: [changed, base] }), image('new', 2, { layers: [{ id: 'new', bytes: 8 }, base] }), image('odd', 3, { layers: null })], needs());
    expect(held.map(({ id, bytes }) => [id, bytes])).toEqual([['odd', null], ['new', 108], ['old', 7]]);
  });
});
