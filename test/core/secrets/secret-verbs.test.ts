import { beforeEach, describe, expect, it } from 'vitest';
import type { SecretGiven } from '../../../src-main/contract/secret.ts';
import type { Deps } from '../../../src-main/core/deps.ts';
import { createOnce, type Once } from '../../../src-main/core/once.ts';
import { removeProject } from '../../../src-main/core/projects/remove-project.ts';
import { listSecrets } from '../../../src-main/core/secrets/list-secrets.ts';
import { removeSecret } from '../../../src-main/core/secrets/remove-secret.ts';
import { setSecret } from '../../../src-main/core/secrets/set-secret.ts';
import type { SecretStore } from '../../../src-main/ports/secret-store.ts';
import { fakeSecretStore } from '../../support/fake-secret-store.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleCommandId, sampleProject, sampleProjectId } from '../../support/sample-documents.ts';

const VALUE = 'tok_9f1c-7Qz/8+value';
const projectId = sampleProjectId(1);

let store: ReturnType<typeof fakeStore>;
let secrets: SecretStore;
let deps: Deps;
let once: Once;
beforeEach(() => {
  store = fakeStore();
  secrets = fakeSecretStore();
  deps = { store, secrets, clock: handClock(), depot: { forget: async () => {} } } as unknown as Deps;
  once = createOnce(deps);
  store.commit({ at: 1, events: [], projects: [sampleProject(1)] });
});

const set = (command: number, given: SecretGiven = { kind: 'value', value: VALUE }, name = 'TOKEN') => setSecret(deps, once, { commandId: sampleCommandId(command), projectId, name, given });
const list = () => listSecrets(deps, { projectId });

describe('setting a secret', () => {
  it('keeps it, and says of it what may be known', async () => {
    const facts = await set(1);
    expect(facts).toMatchObject({ projectId, name: 'TOKEN', source: { kind: 'stored' }, lastUsedAt: null });
    expect(await list()).toEqual({ keptBy: 'keychain', secrets: [facts] });
    expect(await secrets.reveal(projectId, ['TOKEN'])).toEqual(new Map([['TOKEN', VALUE]]));
  });

  it.each<[string, SecretGiven, string]>([
    ['a value', { kind: 'value', value: VALUE }, VALUE],
    ['a command with a value in it', { kind: 'command', command: `echo ${VALUE}` }, VALUE],
  ])('leaves nothing of %s in the receipt, in an event or in a document', async (_, given, trace) => {
    await set(1, given);
    const receipt = store.receipt(sampleCommandId(1));
    expect(receipt).not.toBeNull();
    expect(store.events).toHaveLength(1);
    expect(JSON.stringify([receipt, store.events, store.projects()])).not.toContain(trace);
  });

  it('is done once: a repeat gets the first answer and changes nothing', async () => {
    const first = await set(1);
    await set(2, { kind: 'value', value: 'another-value-1' });
    expect(await set(1)).toEqual(first);
    expect((await secrets.reveal(projectId, ['TOKEN'])).get('TOKEN')).toBe('another-value-1');
    const both = await Promise.all([set(3), set(3)]);
    expect(both[0]).toEqual(both[1]);
    expect(store.events).toHaveLength(3);
  });

  it('is refused for what could not be told from ordinary text, without showing it', async () => {
    const refused = await set(1, { kind: 'value', value: 'changeme' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ fault: { code: 'invalid', next: expect.stringMatching(/\S/) } });
    expect(JSON.stringify(refused)).not.toContain('changeme');
    expect([store.receipt(sampleCommandId(1)), (await list()).secrets]).toEqual([null, []]);
  });

  it('is refused for a project that does not exist', async () => {
    await expect(setSecret(deps, once, { commandId: sampleCommandId(1), projectId: sampleProjectId(9), name: 'TOKEN', given: { kind: 'value', value: VALUE } })).rejects.toMatchObject({ fault: { code: 'notFound' } });
    expect(await secrets.facts(sampleProjectId(9))).toEqual([]);
  });

  it('leaves nothing behind when the project is removed meanwhile', async () => {
    const keep = secrets.keep.bind(secrets);
    deps = {
      ...deps,
      secrets: {
        ...secrets,
        keep: async (...given) => {
          await removeProject(deps, once, { commandId: sampleCommandId(2), projectId });
          return keep(...given);
        },
      },
    };
    await expect(set(1)).rejects.toMatchObject({ fault: { code: 'notFound' } });
    expect(await secrets.facts(projectId)).toEqual([]);
  });

  it('tells who watches that the project has changed', async () => {
    const changed: string[] = [];
    store.onCommit(({ projects = [] }) => changed.push(...projects.map(({ id }) => id)));
    await set(1);
    await removeSecret(deps, once, { commandId: sampleCommandId(2), projectId, name: 'TOKEN' });
    expect(changed).toEqual([projectId, projectId]);
  });
});

describe('removing', () => {
  it('a secret takes that one, once, and none is fine', async () => {
    await set(1);
    await set(2, { kind: 'environment', variable: 'CI_KEY' }, 'KEY');
    const remove = (command: number) => removeSecret(deps, once, { commandId: sampleCommandId(command), projectId, name: 'TOKEN' });
    await remove(3);
    expect((await list()).secrets.map(({ name }) => name)).toEqual(['KEY']);
    await set(4);
    await remove(3);
    expect((await list()).secrets.map(({ name }) => name)).toEqual(['KEY', 'TOKEN']);
    await remove(5);
    await remove(6);
    expect((await list()).secrets.map(({ name }) => name)).toEqual(['KEY']);
  });

  it('a project forgets its secrets and no others', async () => {
    store.commit({ at: 1, events: [], projects: [sampleProject(2)] });
    await set(1);
    await secrets.keep(sampleProjectId(2), 'TOKEN', { kind: 'value', value: VALUE });
    await removeProject(deps, once, { commandId: sampleCommandId(2), projectId });
    expect([await secrets.facts(projectId), (await secrets.facts(sampleProjectId(2))).length]).toEqual([[], 1]);
  });
});
