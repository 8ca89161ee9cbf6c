import { createHash } from 'node:crypto';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { secretName, type SecretFacts, type SecretGiven } from '../../src-main/contract/secret.ts';
import { obstacleToSecret } from '../../src-main/domain/secrets/rules.ts';
import { SecretFailure, type SecretStore } from '../../src-main/ports/secret-store.ts';

interface FakeSecret {
  readonly facts: SecretFacts;
  readonly given: SecretGiven;
}

/** What references lead to in tests: given by the test, by the reference as JSON. */
export type Resolve = (given: SecretGiven) => string | null;

/** Secrets in memory, for tests of the core and of the window. Passes the same suite as the real one. */
export const fakeSecretStore = (now: () => number = Date.now, resolve: Resolve = () => null): SecretStore => {
  const projects = new Map<ProjectId, Map<string, FakeSecret>>();
  const of = (project: ProjectId): Map<string, FakeSecret> => projects.get(project) ?? new Map<string, FakeSecret>();
  const failure = (code: SecretFailure['fault']['code'], message: string, detail?: { missing: string[] }): SecretFailure =>
    new SecretFailure({ code, message, next: 'Give it anew.', ...(detail === undefined ? {} : { detail }) });
  const valueOf = (name: string, given: SecretGiven): string => {
    const value = given.kind === 'value' ? given.value : resolve(given);
    if (value === null || obstacleToSecret(value) !== null) throw failure('secretUnreadable', `The secret ${name} could not be read.`);
    return value;
  };
  return {
    keptBy: 'keychain',
    facts: async (project) => [...of(project).values()].map(({ facts }) => ({ ...facts })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    keep: async (project, name, given) => {
      if (!secretName.safeParse(name).success) throw failure('invalid', 'This is no name for a secret.');
      const obstacle = given.kind === 'value' ? obstacleToSecret(given.value) : null;
      if (obstacle !== null) throw failure('invalid', `The secret ${name} is not taken: ${obstacle}.`);
      const version = createHash('sha256').update(JSON.stringify(given)).digest('hex').slice(0, 24);
      const before = of(project).get(name)?.facts;
      const facts: SecretFacts = {
        projectId: project,
        name,
        source: given.kind === 'value' ? { kind: 'stored' } : given,
        version,
        changedAt: now(),
        lastUsedAt: before?.version === version ? before.lastUsedAt : null,
      };
      projects.set(project, of(project).set(name, { facts, given }));
      return { ...facts };
    },
    remove: async (project, name) => void of(project).delete(name),
    reveal: async (project, names) => {
      const missing = names.filter((name) => !of(project).has(name));
      if (missing.length > 0) throw failure('notFound', `No value: ${missing.join(', ')}.`, { missing });
      const revealed = new Map<string, string>();
      for (const name of names) {
        const known = of(project).get(name);
        if (known !== undefined) revealed.set(name, valueOf(name, known.given));
      }
      for (const name of revealed.keys()) {
        const known = of(project).get(name);
        if (known !== undefined) of(project).set(name, { ...known, facts: { ...known.facts, lastUsedAt: now() } });
      }
      return revealed;
    },
    forget: async (project) => void projects.delete(project),
  };
};
