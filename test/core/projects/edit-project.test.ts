import { expect, test } from 'vitest';
import type { Deps } from '../../../src-main/core/deps.ts';
import { createOnce } from '../../../src-main/core/once.ts';
import { editProject } from '../../../src-main/core/projects/edit-project.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleCommandId, sampleProject, sampleProjectId } from '../../support/sample-documents.ts';

test('a project gets the name or the colour that is given, once, and keeps everything else', async () => {
  const store = fakeStore();
  const deps = { store, clock: handClock() } as unknown as Deps;
  const once = createOnce(deps);
  store.commit({ at: 1, events: [], projects: [sampleProject(1)] });
  const edit = (command: number, change: { name?: string; colour?: number }) => editProject(deps, once, { commandId: sampleCommandId(command), projectId: sampleProjectId(1), ...change });

  expect(await edit(1, { name: 'Shop' })).toEqual({ ...sampleProject(1), name: 'Shop' });
  expect(await edit(2, { colour: 5 })).toEqual({ ...sampleProject(1), name: 'Shop', colour: 5 });
  expect(await edit(1, { name: 'Another' })).toEqual({ ...sampleProject(1), name: 'Shop' });
  expect(await edit(3, {})).toEqual({ ...sampleProject(1), name: 'Shop', colour: 5 });
  expect(store.project(sampleProjectId(1))).toEqual({ ...sampleProject(1), name: 'Shop', colour: 5 });
  expect(store.events.map(({ type }) => type)).toEqual(['projectEdited', 'projectEdited']);
  await expect(editProject(deps, once, { commandId: sampleCommandId(4), projectId: sampleProjectId(9), name: 'x' })).rejects.toMatchObject({ fault: { code: 'notFound' } });
});
