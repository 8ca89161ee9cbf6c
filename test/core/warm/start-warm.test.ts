import { expect, it } from 'vitest';
import { NETWORK_OFF } from '../../../src-main/contract/network.ts';
import { startWarm } from '../../../src-main/core/warm/start-warm.ts';
import type { WarmContainer } from '../../../src-main/core/warm/warm-pool.ts';
import type { StepContext } from '../../../src-main/core/supervisor/step.ts';
import { aheadWorkSpec, startLine } from '../../../src-main/domain/container-spec.ts';
import { SeatFailure, type Seat } from '../../../src-main/ports/network-seat.ts';
import { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleBrief, sampleProject, sampleRun } from '../../support/sample-documents.ts';

/** A container made ahead behind a relay whose test says what it is told, and the run that takes it. */
const made = async (selfTest: () => Promise<void>) => {
  const engine = new FakeEngine();
  const started = Promise.withResolvers<void>();
  let said = '';
  engine.program(() => true, async ({ stdin, killed, write }) => {
    started.resolve();
    stdin?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    stdin?.once('data', () => void write('stdout', 'it works'));
    return new Promise((resolve) => killed.addEventListener('abort', () => resolve(137)));
  });
  const project = sampleProject(1);
  const sample = sampleRun(1, sampleBrief(1));
  const run = { ...sample, order: { ...sample.order, network: { ...NETWORK_OFF, mode: 'allowlist' as const } } };
  const { environment } = run.order;
  const container = await engine.create(aheadWorkSpec({ warm: 'one', owner: 'me', image: 'drydock/base:latest', workingDirectory: '', environment }));
  const ends: string[] = [];
  const seat: Seat = {
    holder: 'relay', authority: null, lost: new Promise(() => {}), selfTest,
    leave: async () => void ends.push('left'),
    close: async () => void ends.push('closed'),
  };
  const warm: WarmContainer = {
    warm: 'one',
    recipe: { key: 'key', image: 'drydock/base:latest', tree: 'tree', workingDirectory: '', variables: {}, limits: environment.limits, door: 'relay' },
    madeAt: 0,
    container,
    seat: { holder: 'relay', lost: seat.lost, take: async () => seat, discard: async () => void ends.push('discarded') },
  };
  const notes: string[] = [];
  const context = {
    engine,
    project,
    deps: { store: fakeStore(), clock: handClock(), owner: 'me', baseImage: 'drydock/base:latest' },
    progress: { update: () => {} },
    log: { append: (_source: string, _stream: string, bytes: Uint8Array) => void notes.push(Buffer.from(bytes).toString()) },
    warm: { take: () => null, discard: async () => {} },
  } as unknown as StepContext;
  return { engine, container, ends, notes, started: started.promise, said: () => said, start: () => startWarm(context, run, warm) };
};

it('starts while its network is tested, and waits for the command until somebody takes it', async () => {
  const tested = Promise.withResolvers<void>();
  const { engine, container, started, said, start } = await made(() => tested.promise);
  const starting = start();
  await started;
  expect((await engine.inspect(container))?.state).toBe('running');
  tested.resolve();
  const warm = await starting;
  expect(said()).toBe('');
  const heard = Promise.withResolvers<string>();
  const output = warm?.output.take((_stream, bytes) => heard.resolve(Buffer.from(bytes).toString()));
  output?.stdin?.write(startLine('echo it works'));
  expect([await heard.promise, said()]).toEqual(['it works', startLine('echo it works')]);
});

it('is removed without having been given anything when its network is not what it must be', async () => {
  const surprise = new SeatFailure({ code: 'policyNotEnforced', message: 'it has a route over eth0', next: '' });
  const { engine, container, ends, notes, said, start } = await made(() => Promise.reject(surprise));
  expect(await start()).toBeNull();
  expect([await engine.inspect(container), said()]).toEqual([null, '']);
  expect(ends).toContain('closed');
  expect(notes.join('')).toContain('thrown away: it has a route over eth0');
});
