import { expect, it } from 'vitest';
import { editBrief } from '../../../src-main/core/briefs/edit-brief.ts';
import type { Deps } from '../../../src-main/core/deps.ts';
import { createOnce } from '../../../src-main/core/once.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleBrief, sampleBriefId, sampleCommandId, sampleProject } from '../../support/sample-documents.ts';

it('an edit that says what it was made from is refused when the brief says something else by now', async () => {
  const store = fakeStore();
  const deps = { store, clock: handClock(5_000) } as unknown as Deps;
  const before = sampleBrief(1);
  store.commit({ at: 0, events: [], projects: [sampleProject(1)], briefs: [before] });
  const once = createOnce(deps);
  const edit = (command: number, goal: string, from?: string) =>
    editBrief(deps, once, {
      commandId: sampleCommandId(command),
      briefId: sampleBriefId(1),
      text: { ...before.text, goal },
      ...(from !== undefined && { from: { ...before.text, goal: from } }),
    });
  await edit(1, 'one', before.text.goal);
  await expect(edit(2, 'two', before.text.goal)).rejects.toMatchObject({ fault: { code: 'refusedByState' } });
  expect(store.brief(sampleBriefId(1))?.text.goal).toBe('one');
  await edit(3, 'three', 'one');
  await edit(4, 'four');
  expect(store.brief(sampleBriefId(1))?.text.goal).toBe('four');
});
