import { expect, test } from 'vitest';
import { environment as environmentSchema, type Environment } from '../../../src-main/contract/project.ts';
import type { Deps } from '../../../src-main/core/deps.ts';
import { createOnce } from '../../../src-main/core/once.ts';
import { setEnvironment } from '../../../src-main/core/projects/set-environment.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleCommandId, sampleProject, sampleProjectId } from '../../support/sample-documents.ts';

test('an environment that says what it was made from is refused when the project has another one by now', async () => {
  const store = fakeStore();
  const deps = { store, clock: handClock() } as unknown as Deps;
  const once = createOnce(deps);
  const first: Environment = { ...sampleProject(1).environment, variables: { A: '1', B: '2' } };
  store.commit({ at: 1, events: [], projects: [{ ...sampleProject(1), environment: first }] });
  const set = (command: number, setup: string, from?: Environment) =>
    setEnvironment(deps, once, { commandId: sampleCommandId(command), projectId: sampleProjectId(1), environment: { ...first, setup }, ...(from && { from }) });

  // As it comes over the wire, in whatever order the fields are.
  const asSent = environmentSchema.parse(JSON.parse(JSON.stringify({ ...first, variables: { B: '2', A: '1' } })));
  expect((await set(1, 'mine', asSent)).environment.setup).toBe('mine');
  await expect(set(2, 'theirs', first)).rejects.toMatchObject({ fault: { code: 'refusedByState', message: 'The environment was changed elsewhere meanwhile.' } });
  await expect(set(2, 'theirs', { ...first, setup: 'mine', variables: { A: '1' } })).rejects.toMatchObject({ fault: { code: 'refusedByState' } });
  expect(store.project(sampleProjectId(1))?.environment.setup).toBe('mine');
  // Sent again it is the same command, not another change; without `from` nothing is compared.
  expect((await set(1, 'mine', first)).environment.setup).toBe('mine');
  expect((await set(3, 'anyway')).environment.setup).toBe('anyway');
  expect(store.events.map(({ type }) => type)).toEqual(['environmentSet', 'environmentSet']);
});
