import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

describe('files given along with a brief', () => {
  let test: TestDrydock;
  let small: SmallProject;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  const attach = (name: string, bytes: Buffer, commandId = newCommand()) =>
    test.client.briefs.attach({ commandId, projectId: small.project.id, name, bytes: bytes.toString('base64') });

  it('lie in the work container to be read, not written, and are no part of the result', async () => {
    const image = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]);
    const attachments = [await attach('trace.txt', Buffer.from('at line 3\n')), await attach('a screen é.png', image)];
    expect(attachments[1]).toMatchObject({ name: 'a screen é.png', size: 6 });
    const command = String.raw`
      cat /drydock/attachments/trace.txt > copied.txt; od -An -tx1 '/drydock/attachments/a screen é.png'
      stat -c '%u %a %n' /drydock/attachments /drydock/attachments/*
      for each in 'echo x > trace.txt' 'rm -f trace.txt' 'mv trace.txt other' 'touch new' 'chmod 666 trace.txt' 'mv ../attachments ../gone'; do
        (cd /drydock/attachments && sh -c "$each") 2>/dev/null && echo "could: $each"
      done; echo asked`;
    const run = await runEnd(test, (await small.script(command, { attachments, checks: [{ command: 'test ! -e /drydock/attachments' }] })).id);
    expect(run.state.name).toBe('reviewable');
    expect((await wholeLog(test, run.id, 'work')).toString()).toBe(
      [' 89 50 4e 47 00 ff', '0 755 /drydock/attachments', '0 444 /drydock/attachments/a screen é.png', '0 444 /drydock/attachments/trace.txt', 'asked', ''].join('\n'),
    );
    expect((await test.client.runs.changes({ runId: run.id })).files.map(({ path, kind }) => `${kind} ${path}`)).toEqual(['added copied.txt']);
    expect(run.turns[0]?.checks.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  });

  it('are taken once, up to 10 MiB', async () => {
    const command = newCommand();
    const first = await attach('same', Buffer.from('one'), command);
    expect(await attach('same', Buffer.from('one'), command)).toEqual(first);
    expect((await attach('big', Buffer.alloc(10 * 2 ** 20))).size).toBe(10 * 2 ** 20);
    await expect(attach('big', Buffer.alloc(10 * 2 ** 20 + 1))).rejects.toMatchObject({ data: { code: 'tooLarge' } });
    for (const name of ['../out', 'a/b', '..', '']) await expect(attach(name, Buffer.from('x'))).rejects.toMatchObject({ data: { code: 'invalid' } });
  });

  it('that are not kept any more end the run with a word about it', async () => {
    const [kept] = [await attach('there', Buffer.from('x'))];
    const run = await runEnd(test, (await small.script('true', { attachments: [{ ...kept, blob: 'a'.repeat(40) as typeof kept.blob }] })).id);
    expect(run.state).toMatchObject({ name: 'failed', reason: { kind: 'fault', fault: { code: 'notFound' } } });
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 10_000 }).toEqual([]);
  });
});
