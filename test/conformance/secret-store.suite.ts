import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { SecretFailure, type SecretStore } from '../../src-main/ports/secret-store.ts';
import { sampleProjectId } from '../support/sample-documents.ts';

interface Subject {
  /** A store over the same secrets, as after a restart. */
  readonly reopen: () => SecretStore;
  readonly dispose: () => Promise<void>;
}

/** What references lead to while the suite runs: the subject makes it so. */
export const REFERENCED = { command: 'printf %s from-a-command-1', value: 'from-a-command-1', dangling: 'exit 3' };

const project = sampleProjectId(1);
const other = sampleProjectId(2);
const value = (text: string) => ({ kind: 'value', value: text }) as const;
const command = (text: string) => ({ kind: 'command', command: text }) as const;

/** What every SecretStore keeps to. `now` is the clock that the subject's stores were given. */
export const secretStoreSuite = (title: string, make: (now: () => number) => Promise<Subject>): void => {
  describe(`secret store: ${title}`, () => {
    let subject: Subject;
    let secrets: SecretStore;
    let time = 1_000;
    beforeEach(async () => {
      time = 1_000;
      subject = await make(() => time);
      secrets = subject.reopen();
    });
    afterEach(() => subject.dispose());

    const fault = async (doing: Promise<unknown>): Promise<SecretFailure['fault']> => {
      const error: unknown = await doing.then(() => null, (thrown: unknown) => thrown);
      if (!(error instanceof SecretFailure)) throw new Error('no failure', { cause: error });
      expect(error.fault.next).not.toBe('');
      return error.fault;
    };
    const revealed = async (name: string, from: ProjectId = project): Promise<string | undefined> => (await secrets.reveal(from, [name])).get(name);

    test('knows nothing of a project without secrets', async () => {
      expect(await secrets.facts(project)).toEqual([]);
      expect(await secrets.reveal(project, [])).toEqual(new Map());
    });

    test.each(['p@ss w0rd', ' with spaces around \n', '-----BEGIN KEY-----\nabcd1234\nefgh5678\n-----END KEY-----\n', 'ünïcödé-✓-\u{1f511}', 'x'.repeat(200_000).replace(/.{7}/g, '$&1q')])('gives a value back exactly (%#)', async (text) => {
      await secrets.keep(project, 'TOKEN', value(text));
      expect(await revealed('TOKEN')).toBe(text);
      secrets = subject.reopen();
      expect(await revealed('TOKEN')).toBe(text);
    });

    test('lists what may be known, by name, also after a restart', async () => {
      const token = await secrets.keep(project, 'TOKEN', value('first-value-1'));
      time = 2_000;
      const key = await secrets.keep(project, 'KEY', command(REFERENCED.command));
      await secrets.keep(other, 'ELSEWHERE', value('first-value-1'));
      expect(token).toEqual({ projectId: project, name: 'TOKEN', source: { kind: 'stored' }, version: token.version, changedAt: 1_000, lastUsedAt: null });
      expect(key).toEqual({ projectId: project, name: 'KEY', source: command(REFERENCED.command), version: key.version, changedAt: 2_000, lastUsedAt: null });
      expect(await secrets.facts(project)).toEqual([key, token]);
      expect(await subject.reopen().facts(project)).toEqual([key, token]);
    });

    test('a version changes with the value, and only with it', async () => {
      const versions: string[] = [];
      for (const text of ['first-value-1', 'second-value-2', 'first-value-1']) {
        time += 1_000;
        versions.push((await secrets.keep(project, 'TOKEN', value(text))).version);
      }
      versions.push((await subject.reopen().keep(project, 'TOKEN', value('first-value-1'))).version);
      versions.push((await secrets.keep(project, 'TOKEN', command(REFERENCED.command))).version);
      versions.push((await secrets.keep(project, 'TOKEN', command(REFERENCED.dangling))).version);
      versions.push((await secrets.keep(project, 'TOKEN', command(REFERENCED.command))).version);
      const [first, second, again, later, reference, dangling, referenceAgain] = versions;
      expect([again, later, referenceAgain]).toEqual([first, first, reference]);
      expect(new Set([first, second, reference, dangling]).size).toBe(4);
      expect(versions.join()).not.toMatch(/value/);
    });

    test('says when a secret was used, and forgets that with the value', async () => {
      await secrets.keep(project, 'TOKEN', value('first-value-1'));
      await secrets.keep(project, 'KEY', value('second-value-2'));
      time = 5_000;
      await revealed('TOKEN');
      expect((await secrets.facts(project)).map(({ name, lastUsedAt }) => [name, lastUsedAt])).toEqual([['KEY', null], ['TOKEN', 5_000]]);
      time = 6_000;
      expect(await subject.reopen().keep(project, 'TOKEN', value('first-value-1'))).toMatchObject({ changedAt: 6_000, lastUsedAt: 5_000 });
      expect(await secrets.keep(project, 'TOKEN', value('third-value-3'))).toMatchObject({ lastUsedAt: null });
      expect((await secrets.facts(project)).map(({ lastUsedAt }) => lastUsedAt)).toEqual([null, null]);
    });

    test('a reference is resolved at each use, and held to the same rules', async () => {
      await secrets.keep(project, 'KEY', command(REFERENCED.command));
      expect(await revealed('KEY')).toBe(REFERENCED.value);
      await secrets.keep(project, 'DANGLING', command(REFERENCED.dangling));
      expect((await fault(secrets.reveal(project, ['KEY', 'DANGLING']))).code).toBe('secretUnreadable');
    });

    test('names every secret that is missing', async () => {
      await secrets.keep(project, 'TOKEN', value('first-value-1'));
      expect(await fault(secrets.reveal(project, ['ONE', 'TOKEN', 'TWO']))).toMatchObject({ code: 'notFound', detail: { missing: ['ONE', 'TWO'] } });
      expect((await secrets.facts(project))[0]?.lastUsedAt).toBeNull();
      expect((await fault(secrets.reveal(other, ['TOKEN']))).code).toBe('notFound');
    });

    test.each(['', '   \n', 'short', '  ab12  ', 'changeme', 'Password1', 'ababababab', '--------', '12345678', 'localhost', 'with\0nul-inside'])('refuses %j, and keeps what was there', async (text) => {
      await secrets.keep(project, 'TOKEN', value('first-value-1'));
      const refused = await fault(secrets.keep(project, 'TOKEN', value(text)));
      expect(refused.code).toBe('invalid');
      if (text.trim().length > 4) expect(JSON.stringify(refused)).not.toContain(text.trim());
      expect(await revealed('TOKEN')).toBe('first-value-1');
    });

    test.each(['', 'A-B', '../TOKEN', 'A/B', '1A', 'A'.repeat(129)])('refuses the name %j', async (name) => {
      expect((await fault(secrets.keep(project, name, value('first-value-1')))).code).toBe('invalid');
      expect(await secrets.facts(project)).toEqual([]);
    });

    test('tells names apart that differ in case alone', async () => {
      await secrets.keep(project, 'Token', value('first-value-1'));
      await secrets.keep(project, 'TOKEN', value('second-value-2'));
      await secrets.remove(project, 'Token');
      expect(await revealed('TOKEN')).toBe('second-value-2');
      expect(await secrets.facts(project)).toHaveLength(1);
    });

    test('removes one of them, and it is fine when there is none', async () => {
      await secrets.keep(project, 'TOKEN', value('first-value-1'));
      await secrets.keep(project, 'KEY', value('second-value-2'));
      await secrets.keep(other, 'TOKEN', value('third-value-3'));
      await secrets.remove(project, 'TOKEN');
      await secrets.remove(project, 'TOKEN');
      expect((await secrets.facts(project)).map(({ name }) => name)).toEqual(['KEY']);
      expect(await revealed('TOKEN', other)).toBe('third-value-3');
    });

    test('forgets a project and no other', async () => {
      await secrets.keep(project, 'TOKEN', value('first-value-1'));
      await secrets.keep(other, 'TOKEN', value('third-value-3'));
      await secrets.forget(project);
      await secrets.forget(project);
      expect(await subject.reopen().facts(project)).toEqual([]);
      expect(await revealed('TOKEN', other)).toBe('third-value-3');
    });

    test('takes many changes and uses at once', async () => {
      await Promise.all(Array.from({ length: 20 }, (_, at) => secrets.keep(project, `S${at % 4}`, value(`value-number-${at}`))));
      const [, ...uses] = await Promise.all([secrets.keep(project, 'S0', value('the-last-value')), ...[1, 2, 3].map((at) => revealed(`S${at}`))]);
      expect(uses).toEqual(['value-number-17', 'value-number-18', 'value-number-19']);
      expect(await revealed('S0')).toBe('the-last-value');
      expect(await secrets.facts(project)).toHaveLength(4);
    });
  });
};
