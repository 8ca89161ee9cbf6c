import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { check } from '../../src-main/contract/brief.ts';
import type { RunId } from '../../src-main/contract/ids.ts';
import { connectLocal } from '../../src-main/wire/client/connect-local.ts';
import { connectMessagePort } from '../../src-main/wire/client/connect-message-port.ts';
import type { DrydockClient } from '../../src-main/wire/client/connection.ts';
import { serveLocalSocket } from '../../src-main/wire/transports/serve-local-socket.ts';
import { serveMessagePort } from '../../src-main/wire/transports/serve-message-port.ts';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

interface Wired {
  readonly client: DrydockClient;
  close(): Promise<void>;
}

const overPort = async (test: TestDrydock): Promise<Wired> => {
  const { port1, port2 } = new MessageChannel();
  const stop = serveMessagePort(test.drydock.router, port1);
  const connection = connectMessagePort<DrydockClient>(port2);
  return { client: connection.client, close: async () => { await connection.close(); stop(); } };
};

const overSocket = async (test: TestDrydock): Promise<Wired> => {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-live-'));
  const path = join(folder, 'own', 's');
  const listener = await serveLocalSocket({ router: test.drydock.router, path });
  const connection = await connectLocal<DrydockClient>(path, { attempts: 0 });
  return { client: connection.client, close: async () => { await connection.close(); await listener.close(); await rm(folder, { recursive: true }); } };
};

describe.each([['message port', overPort], ['local socket', overSocket]])('live looks into containers over a %s', (_name, open) => {
  let test: TestDrydock;
  let small: SmallProject;
  let runId: RunId;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    const run = await small.script('echo ready; sleep 1000');
    runId = run.id;
    await vi.waitFor(async () => expect((await wholeLog(test, run.id, 'work')).toString()).toContain('ready'), { timeout: 15_000, interval: 50 });
  });
  afterAll(async () => {
    await test.client.runs.cancel({ commandId: newCommand(), runId });
    await runEnd(test, runId);
    await test.dispose();
    await small.remove();
  });

  const tryInput = (command: string) => ({ projectId: small.project.id, base: { kind: 'head' as const }, workingDirectory: '', check: check.parse({ command }) });
  const containers = async (): Promise<number> => (await test.labelled()).containers.filter((name) => name.includes('-try-')).length;

  it('a refusal on the way is the typed one', async () => {
    const wired = await open(test);
    const lost = `run_${'0'.repeat(12)}` as RunId;
    const first = async () => {
      for await (const event of await wired.client.runs.openShell({ runId: lost, columns: 80, rows: 24 })) return event;
      return null;
    };
    await expect(first()).rejects.toMatchObject({ code: 'FAULT', data: { code: 'notFound' } });
    await wired.close();
  });

  it('a shell, a tried check and the measuring end with their connection', async () => {
    const wired = await open(test);
    const shells = (await wired.client.runs.openShell({ runId, columns: 80, rows: 24 }))[Symbol.asyncIterator]();
    const opened = await shells.next();
    if (opened.done || opened.value.kind !== 'opened') throw new Error('no shell');
    const { shell } = opened.value;
    const output = (await wired.client.briefs.tryCheck(tryInput('echo here; sleep 1000')))[Symbol.asyncIterator]();
    expect(await output.next()).toMatchObject({ value: { kind: 'output' } });
    const measuring = (await wired.client.fleet.measure({}))[Symbol.asyncIterator]();
    const measured = await measuring.next();
    expect(measured.done ? [] : measured.value.containers.map(({ role }) => role).toSorted()).toEqual(['try', 'work']);
    expect(await containers()).toBe(1);
    for (const live of [shells, output, measuring]) live.next().catch(() => {});
    await wired.close();
    await expect.poll(containers, { timeout: 5_000, interval: 100 }).toBe(0);
    await expect(test.client.runs.typeIntoShell({ shell, bytes: 'eA==' })).rejects.toMatchObject({ data: { code: 'notFound' } });
  });
});
