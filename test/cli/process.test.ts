import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openService } from '../../src-main/cli/open-service.ts';
import { localSocketPath } from '../../src-main/wire/transports/local-socket-path.ts';
import { serveLocalSocket } from '../../src-main/wire/transports/serve-local-socket.ts';
import { FakeService } from '../support/fake-service.ts';

const main = join(import.meta.dirname, '../../src-main/cli/main.ts');

describe('the program, as a process, with a running service', () => {
  let folder: string;
  let fake: FakeService;
  let listener: { close(): Promise<void> };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drydock-cli-'));
    fake = new FakeService();
    const path = localSocketPath(folder);
    listener = await serveLocalSocket({ router: fake.router(), path });
    await writeFile(join(folder, 'service.json'), JSON.stringify({ pid: process.pid, startedAt: 0, socket: path }));
  });
  afterEach(async () => {
    await listener.close();
    await rm(folder, { recursive: true });
  });

  const start = (...args: string[]) =>
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args, '--data-dir', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = async (child: ReturnType<typeof start>) => {
    const said = { out: '', err: '' };
    child.stdout.on('data', (piece: Buffer) => (said.out += piece.toString('latin1')));
    child.stderr.on('data', (piece: Buffer) => (said.err += piece.toString()));
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { status, ...said };
  };

  it('answers over the local socket', async () => {
    const { status, out, err } = await ended(start('status', '--json'));
    expect([status, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ ok: true, briefs: [{ number: 12 }] });
  });

  it('writes a large log whole into a pipe', async () => {
    fake.log = Buffer.alloc(20_000, 0xfe);
    const { status, out } = await ended(start('logs', '12'));
    expect([status, out.length, Buffer.from(out, 'latin1').equals(fake.log)]).toEqual([0, 20_000, true]);
  });

  it('ends quietly when its reader has seen enough', async () => {
    fake.log = Buffer.alloc(400_000, 0x61);
    const child = start('logs', '12');
    child.stdout.once('data', () => child.stdout.destroy());
    const { status, err } = await ended(child);
    expect([status, err]).toEqual([0, '']);
  });

  it('keeps watching while the service is away, and goes on when it is back', async () => {
    const child = start('status', '--watch', '--json');
    const line = () => new Promise<string>((resolve) => child.stdout.once('data', (piece: Buffer) => resolve(piece.toString())));
    expect(JSON.parse(await line())).toMatchObject({ slots: { used: 1 } });
    const next = line();
    await listener.close();
    fake.engine = { state: 'connecting' };
    listener = await serveLocalSocket({ router: fake.router(), path: localSocketPath(folder) });
    expect(JSON.parse(await next)).toMatchObject({ engine: { state: 'connecting' } });
    child.kill('SIGINT');
    expect(await ended(child)).toMatchObject({ status: 0, err: '' });
  });

  it('says in the picture that the service has gone, and draws it anew when it is back', async () => {
    const child = start('status', '--watch');
    let out = '';
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    const shown = async (text: string) => {
      while (!out.includes(text)) await new Promise((resolve) => child.stdout.once('data', resolve));
    };
    await shown('slots 1/4');
    await listener.close();
    await shown('The service has gone; waiting');
    fake.engine = { state: 'connecting' };
    listener = await serveLocalSocket({ router: fake.router(), path: localSocketPath(folder) });
    await shown('Looking for the engine');
    child.kill('SIGINT');
    expect(await ended(child)).toMatchObject({ status: 0, err: '' });
  });

  it('says on stderr that the service has gone while it follows a log', async () => {
    fake.state = { name: 'working', container: null };
    const child = start('logs', '12', '--follow');
    const said = ended(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await listener.close();
    await new Promise((resolve) => child.stderr.once('data', resolve));
    child.kill('SIGINT');
    expect(await said).toMatchObject({ status: 0, err: expect.stringMatching(/^The service has gone; waiting/) });
    listener = await serveLocalSocket({ router: fake.router(), path: localSocketPath(folder) });
  });

  it('says no in JSON with the status of the refusal', async () => {
    fake.fault = { code: 'engineUnavailable', message: 'No engine.', next: 'Start it.' };
    const { status, out } = await ended(start('cancel', '12', '--json'));
    expect([status, JSON.parse(out)]).toEqual([3, { ok: false, error: fake.fault }]);
  });

  it('finds a service through its note alone', async () => {
    const service = await openService(folder);
    expect(service.isOurs).toBe(false);
    expect(await service.client.projects.list({})).toHaveLength(1);
    await service.close();
  });
});
