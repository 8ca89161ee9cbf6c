import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLAIN, LABEL, type ContainerSpec } from '../../src-main/domain/container-spec.ts';
import { EngineFailure, type ContainerEngine, type ContainerEvent, type EngineFault, type OutputSink } from '../../src-main/ports/container-engine.ts';
import { sweep } from '../support/engine.ts';
import { mixedText, programs, type Program } from './container-engine.programs.ts';

interface EngineUnderTest {
  readonly engine: ContainerEngine;
  readonly image: string;
}

/** Keeps copies, since the bytes belong to the engine. */
export const keeper = (): { sink: OutputSink; of: (stream: 'stdout' | 'stderr') => Buffer; all: () => string } => {
  const kept: { stream: 'stdout' | 'stderr'; bytes: Buffer }[] = [];
  const of = (stream: 'stdout' | 'stderr'): Buffer => Buffer.concat(kept.filter((piece) => piece.stream === stream).map(({ bytes }) => bytes));
  return { sink: (stream, bytes) => void kept.push({ stream, bytes: Buffer.from(bytes) }), of, all: () => Buffer.concat(kept.map(({ bytes }) => bytes)).toString() };
};

const faultOf = async (work: Promise<unknown>): Promise<EngineFault['kind'] | 'none'> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof EngineFailure) return error.fault.kind;
    throw error;
  }
};

const middle = Buffer.concat([Buffer.from(`${'y'.repeat(40_000)}\n${'z'.repeat(16_384)}\n`), Buffer.from([0xff, 0xfe, 0x20, 0xc3, 0x0a])]);
const mixed = {
  stdout: Buffer.concat([Buffer.from(mixedText('out', 15_000)), middle, Buffer.from(mixedText('out', 15_000))]),
  stderr: Buffer.from(mixedText('err', 15_000) + mixedText('err', 15_000)),
};

/** What every container engine promises. Run it on each adapter. */
export const containerEngineConformance = (name: string, makeEngine: () => Promise<EngineUnderTest>): void => {
  describe(`container engine: ${name}`, () => {
    const owner = `test-${randomBytes(6).toString('hex')}`;
    let engine: ContainerEngine;
    let image: string;
    let made = 0;

    beforeAll(async () => {
      ({ engine, image } = await makeEngine());
    });
    afterAll(() => sweep(engine, owner));

    const spec = (program: Program, changes: Partial<ContainerSpec> = {}): ContainerSpec => ({
      name: `${owner}-${(made += 1)}`,
      image,
      command: program.shell,
      user: '1000:1000',
      workingDirectory: '/workspace',
      environment: {},
      labels: { [LABEL.owner]: owner, [LABEL.run]: `run-${made}` },
      network: 'none',
      limits: { cpus: 1, memoryBytes: 256 * 2 ** 20, processes: 64 },
      ...PLAIN,
      ...changes,
    });

    /** Runs a program to its end with everything attached. */
    const run = async (program: Program, changes: Partial<ContainerSpec> = {}) => {
      const container = await engine.create(spec(program, changes));
      const kept = keeper();
      const attachment = await engine.attach(container, kept.sink);
      await engine.start(container);
      await attachment.ended;
      return { container, kept, exit: await engine.wait(container) };
    };

    /** Starts a program and resolves when it has said that it is ready. */
    const started = async (program: Program): Promise<string> => {
      const container = await engine.create(spec(program));
      const ready = Promise.withResolvers<void>();
      await engine.attach(container, () => ready.resolve());
      await engine.start(container);
      await ready.promise;
      return container;
    };

    it('tells what it is', async () => {
      expect(await engine.facts()).toMatchObject({ version: expect.any(String), cpus: expect.any(Number), architecture: 'amd64' });
      expect(await engine.image(image)).toMatchObject({ architecture: 'amd64' });
      expect(await engine.image('drydock/never-made:1')).toBeNull();
    });

    it('refuses a second container of the same name', async () => {
      const first = spec(programs.quiet);
      await engine.create(first);
      expect(await faultOf(engine.create(first))).toBe('nameTaken');
    });

    it('gives a container another name, and no name twice', async () => {
      const [mine, other] = [spec(programs.quiet), spec(programs.quiet)];
      const id = await engine.create(mine);
      await engine.create(other);
      expect(await faultOf(engine.rename(id, other.name))).toBe('nameTaken');
      await engine.rename(mine.name, `${mine.name}-renamed`);
      expect((await engine.inspect(`${mine.name}-renamed`))?.id).toBe(id);
      expect(await engine.inspect(mine.name)).toBeNull();
      await engine.remove(`${mine.name}-renamed`);
      expect(await faultOf(engine.rename(mine.name, 'anything'))).toBe('noSuchContainer');
    });

    it('says which image is missing', async () => {
      expect(await faultOf(engine.create(spec(programs.quiet, { image: 'drydock/never-made:1' })))).toBe('noSuchImage');
    });

    it('gives both streams whole and in order', async () => {
      const { kept } = await run(programs.hello);
      expect(kept.of('stdout').toString()).toBe('to-out\nend');
      expect(kept.of('stderr').toString()).toBe('to-err\n');
    });

    it('gives large output of both streams byte for byte', async () => {
      const { kept } = await run(programs.mixed);
      expect(kept.of('stdout').equals(mixed.stdout)).toBe(true);
      expect(kept.of('stderr').equals(mixed.stderr)).toBe(true);
    });

    it('waits for a slow sink and loses nothing', async () => {
      const container = await engine.create(spec(programs.flood));
      let bytes = 0;
      let inside = 0;
      let overlapped = false;
      const attachment = await engine.attach(container, async (_stream, piece) => {
        inside += 1;
        overlapped ||= inside > 1;
        bytes += piece.length;
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      });
      await engine.start(container);
      await attachment.ended;
      expect({ bytes, overlapped }).toEqual({ bytes: 8 * 2 ** 20, overlapped: false });
    });

    it('passes on what a sink throws', async () => {
      const container = await engine.create(spec(programs.hello));
      const attachment = await engine.attach(container, () => {
        throw new Error('the disk of the log is full');
      });
      await engine.start(container);
      await expect(attachment.ended).rejects.toThrow('the disk of the log is full');
    });

    it('gives the exit code to who waits before and after the end', async () => {
      const container = await engine.create(spec(programs.exits7));
      const before = engine.wait(container);
      await engine.start(container);
      expect(await before).toEqual({ exitCode: 7, outOfMemory: false });
      expect(await engine.wait(container)).toEqual({ exitCode: 7, outOfMemory: false });
      expect(await engine.inspect(container)).toMatchObject({ state: 'ended', exit: { exitCode: 7 } });
    });

    it('lets go of a wait when its signal aborts', async () => {
      const container = await started(programs.sleeps);
      const abort = new AbortController();
      const waiting = engine.wait(container, abort.signal);
      abort.abort(new Error('enough'));
      await expect(waiting).rejects.toThrow('enough');
      expect(await engine.inspect(container)).toMatchObject({ state: 'running', exit: null });
      await engine.remove(container);
    });

    it('stops what obeys, and kills what does not after the grace', async () => {
      const obeys = await started(programs.sleeps);
      await engine.stop(obeys, 10);
      expect(await engine.wait(obeys)).toMatchObject({ exitCode: 0 });
      const ignores = await started(programs.ignoresTerm);
      const from = performance.now();
      await engine.stop(ignores, 1);
      expect(performance.now() - from).toBeLessThan(8_000);
      expect(await engine.wait(ignores)).toMatchObject({ exitCode: 137 });
      await engine.stop(ignores, 1);
      await engine.stop('never-made', 1);
    });

    it('removes a running container, twice', async () => {
      const container = await started(programs.ignoresTerm);
      await Promise.all([engine.remove(container), engine.remove(container)]);
      await engine.remove(container);
      expect(await engine.inspect(container)).toBeNull();
      expect(await faultOf(engine.wait(container))).toBe('noSuchContainer');
      expect(await faultOf(engine.start(container))).toBe('noSuchContainer');
    });

    it('lists only what carries every label', async () => {
      const mine = spec(programs.quiet, { labels: { [LABEL.owner]: owner, kind: 'listed' } });
      const id = await engine.create(mine);
      await engine.create(spec(programs.quiet));
      expect((await engine.containers({ [LABEL.owner]: owner, kind: 'listed' })).map((facts) => facts.id)).toEqual([id]);
      expect(await engine.containers({ [LABEL.owner]: owner, kind: 'other' })).toEqual([]);
      expect(await faultOf(engine.containers({}))).toBe('refused');
    });

    it('puts files with owner, mode and link into a container that never ran, and into no other', async () => {
      const archive = (): Readable => {
        const pack = tar.pack();
        pack.entry({ name: 'folder', type: 'directory', mode: 0o755, uid: 1000, gid: 1000 });
        pack.entry({ name: 'folder/file', mode: 0o640, uid: 1000, gid: 1000 }, 'put there\n');
        pack.entry({ name: 'folder/link', type: 'symlink', linkname: 'file', mode: 0o777, uid: 1000, gid: 1000 });
        pack.finalize();
        return Readable.from(pack);
      };
      const container = await engine.create(spec(programs.showsPut));
      await engine.put(container, '/workspace', archive());
      const kept = keeper();
      const attachment = await engine.attach(container, kept.sink);
      await engine.start(container);
      await attachment.ended;
      expect(kept.all()).toBe('put there\n1000:1000 640 regular file\n1000:1000 777 symbolic link\n');
      const late = archive();
      expect(await faultOf(engine.put(container, '/workspace', late))).toBe('refused');
      expect(late.destroyed).toBe(true);
    });

    it('commits what a container wrote, with exactly the labels that were asked for', async () => {
      const { container } = await run(programs.writesFile);
      const reference = `${owner}/snapshot:1`;
      const labels = { [LABEL.owner]: owner, kind: 'snap "of" $HOME \\ it' };
      const id = await engine.commit(container, reference, labels);
      expect(await engine.image(reference)).toMatchObject({ id, labels });
      expect((await engine.image(reference))?.labels).toEqual(labels);
      expect(await engine.images({ [LABEL.owner]: owner })).toEqual([{ reference, labels }]);
      const run1 = (await engine.inspect(container))?.labels[LABEL.run] ?? '';
      expect(await engine.images({ [LABEL.run]: run1 })).toEqual([]);
      expect(await engine.images({ [LABEL.run]: '' })).toEqual([]);
      // What the container wrote, without the image that it was made from.
      const own = (await engine.lastLayerBytes(reference)) ?? 0;
      expect(own).toBeGreaterThan(9);
      expect(own).toBeLessThan(100_000);
      expect(await engine.lastLayerBytes(`${owner}/never-made:1`)).toBeNull();
      const { container: second, kept } = await run(programs.readsFile, { image: reference });
      expect(kept.all()).toBe('0123456789');
      await engine.remove(second);
      await Promise.all([engine.removeImage(reference), engine.removeImage(reference), engine.removeImage(reference)]);
      await engine.removeImage(reference);
      expect(await engine.image(reference)).toBeNull();
    });

    it('makes an image from a Dockerfile, with exactly the labels that were asked for, and tells of it', async () => {
      const network = `${owner}-build`;
      await engine.createNetwork(network, { [LABEL.owner]: owner });
      const made = async (lines: readonly string[], signal = new AbortController().signal) => {
        const context = tar.pack();
        context.entry({ name: 'some/Dockerfile' }, `${[`FROM ${image}`, ...lines].join('\n')}\n`);
        context.finalize();
        const kept = keeper();
        const labels = { [LABEL.owner]: owner, kind: 'made', 'drydock.image': '', 'drydock.machine': '' };
        const limits = { cpus: 1, memoryBytes: 256 * 2 ** 20 };
        const outcome = await engine.build({ context: Readable.from(context), dockerfile: 'some/Dockerfile', reference: `${owner}/made:1`, labels, network, limits, signal }, kept.sink);
        return { outcome, said: kept.all() };
      };
      const { outcome, said } = await made([`RUN ${programs.writesAndTells.shell[2]}`]);
      expect([outcome, said]).toEqual([{ kind: 'built' }, expect.stringMatching(/^Step 1\/[^]*Step 2\/[^]*written here/)]);
      const facts = await engine.image(`${owner}/made:1`);
      expect(facts?.labels).toEqual({ [LABEL.owner]: owner, kind: 'made' });
      expect(Math.abs((facts?.namedAt ?? 0) - Date.now())).toBeLessThan(60_000);
      // What its step wrote, without what the image that it was made from weighs.
      const own = (await engine.ownLayers(`${owner}/made:1`)) ?? [];
      expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
      const bytes = own.reduce((sum, layer) => sum + layer.bytes, 0);
      expect(bytes).toBeGreaterThan(9);
      expect(bytes).toBeLessThan(100_000);
      expect(await engine.ownLayers(`${owner}/never-made:1`)).toBeNull();
      expect((await run(programs.readsTold, { image: `${owner}/made:1` })).kept.all()).toBe('0123456789');
      expect(await made([`RUN ${programs.exits7.shell[2]}`])).toMatchObject({ outcome: { kind: 'failed', message: expect.stringContaining('7') } });
      expect(await made(['HALT now'])).toMatchObject({ outcome: { kind: 'failed', message: expect.stringMatching(/unknown instruction: HALT/) } });
      const stopped = new AbortController();
      const why = new Error('that is enough');
      const stopping = made([`RUN ${programs.sleeps.shell[2]}`], stopped.signal);
      setTimeout(() => stopped.abort(why), 1_500);
      await expect(stopping).rejects.toBe(why);
      await expect.poll(() => engine.removeNetwork(network).then(() => 'gone', String), { timeout: 10_000 }).toBe('gone');
    });

    it('reads a path of an ended container, and says when there is none', async () => {
      const { container } = await run(programs.writesFile);
      const archive = await engine.read(container, '/workspace/made');
      expect((await buffer(archive ?? Readable.from([]))).includes('0123456789')).toBe(true);
      expect(await engine.read(container, '/workspace/nothing')).toBeNull();
      expect(await faultOf(engine.read('never-made', '/'))).toBe('noSuchContainer');
      expect(await engine.writtenBytes(container)).toBeGreaterThanOrEqual(10);
      const running = await started(programs.sleeps);
      expect(await faultOf(engine.read(running, '/workspace'))).toBe('refused');
      expect(await faultOf(engine.commit(running, `${owner}/never:1`, { a: 'b' }))).toBe('refused');
      await engine.remove(running);
    });

    it('runs another process in a running container, apart from its log', async () => {
      const container = await started(programs.sleeps);
      const kept = keeper();
      const request = { command: programs.execShows.shell, user: '1000:1000', workingDirectory: '/tmp', environment: { GREETING: 'good day' } };
      expect(await engine.exec(container, request, kept.sink)).toEqual({ exitCode: 3, outOfMemory: false });
      expect(kept.of('stdout').toString()).toBe('good day\n1000\n/tmp\n');
      expect(kept.of('stderr').toString()).toBe('bad\n');
      await engine.stop(container, 5);
      const log = keeper();
      await (await engine.follow(container, { stdout: 0, stderr: 0 }, log.sink)).ended;
      expect(log.all()).toBe('ready\n');
      expect(await faultOf(engine.exec(container, request, kept.sink))).toBe('refused');
    });

    const inTerminal = (program: Program) => ({ command: program.shell, user: '1000:1000', workingDirectory: '/tmp', environment: { GREETING: 'hello' }, columns: 80, rows: 24 });

    /** Opens a terminal and resolves when its program has said that it is ready. */
    const opened = async (container: string, program: Program) => {
      const pieces: Buffer[] = [];
      const ready = Promise.withResolvers<void>();
      const terminal = await engine.openTerminal(container, inTerminal(program), (bytes) => {
        pieces.push(Buffer.from(bytes));
        if (Buffer.concat(pieces).includes('ready')) ready.resolve();
      });
      await ready.promise;
      return { terminal, text: () => Buffer.concat(pieces).toString() };
    };

    it('opens a terminal that can be typed into and resized, and gives its exit code', async () => {
      const container = await started(programs.sleeps);
      const { terminal, text } = await opened(container, programs.talks);
      await terminal.resize(101, 33);
      await terminal.write(Buffer.from('typed\n'));
      expect(await terminal.ended).toBe(4);
      expect(text()).toBe('readytyped 33 101 hello 1000 /tmp\r\n');
      await terminal.resize(80, 24);
      await terminal.write(Buffer.from('too late\n'));
      await terminal.close();
      await engine.remove(container);
    });

    it('ends what runs in a terminal that is closed', async () => {
      const container = await started(programs.sleeps);
      const look = () => engine.exec(container, { command: programs.isStillThere.shell, user: '1000:1000', workingDirectory: '/', environment: {} }, () => {});
      const { terminal } = await opened(container, programs.staysOn);
      expect((await look()).exitCode).toBe(0);
      await terminal.close();
      expect(await terminal.ended).toBeNull();
      expect((await look()).exitCode).toBe(1);
      await engine.remove(container);
    });

    it('ends a terminal with its container, and opens none without', async () => {
      const container = await started(programs.sleeps);
      const { terminal } = await opened(container, programs.staysOn);
      await engine.stop(container, 5);
      // The engine may have forgotten the process with its container, or tell what ended it.
      expect(await terminal.ended.catch((error: unknown) => error)).not.toBeUndefined();
      expect(await faultOf(engine.openTerminal(container, inTerminal(programs.talks), () => {}))).toBe('refused');
      await engine.remove(container);
      expect(await faultOf(engine.openTerminal(container, inTerminal(programs.talks), () => {}))).toBe('noSuchContainer');
    });

    it('measures a running container, and describes its limits', async () => {
      const described = spec(programs.sleeps);
      const container = await engine.create(described);
      expect(await engine.inspect(container)).toMatchObject({ startedAt: null, network: 'none', limits: { cpus: 1, memoryBytes: 256 * 2 ** 20 } });
      expect(await faultOf(engine.measure(container))).toBe('refused');
      const before = Date.now();
      await engine.start(container);
      const [first, second] = [await engine.measure(container), await engine.measure(container)];
      expect(second.at).toBeGreaterThan(first.at);
      expect(second.cpuMs).toBeGreaterThanOrEqual(first.cpuMs);
      expect(second.memoryBytes).toBeGreaterThan(0);
      expect(second.memoryBytes).toBeLessThan(256 * 2 ** 20);
      expect(Math.abs(((await engine.inspect(container))?.startedAt ?? 0) - before)).toBeLessThan(10_000);
      await engine.stop(container, 5);
      expect(await faultOf(engine.measure(container))).toBe('refused');
      await engine.remove(container);
      expect(await faultOf(engine.measure(container))).toBe('noSuchContainer');
    });

    it('makes networks for their owner, and forgets them', async () => {
      const labels = { [LABEL.owner]: owner, [LABEL.run]: 'networked' };
      const name = `${owner}-net`;
      await engine.createNetwork(name, labels);
      await engine.createNetwork(name, labels);
      expect(await engine.networks(labels)).toEqual([{ name, labels }]);
      expect(await faultOf(engine.createNetwork(name, { [LABEL.owner]: 'another' }))).toBe('refused');
      const container = await engine.create(spec(programs.sleeps, { network: { bridge: name } }));
      expect((await engine.inspect(container))?.network).toBe('bridge');
      await engine.start(container);
      expect(await faultOf(engine.removeNetwork(name))).toBe('refused');
      await engine.remove(container);
      await engine.removeNetwork(name);
      await engine.removeNetwork(name);
      expect(await engine.networks(labels)).toEqual([]);
    });

    it('puts a container into the network of another', async () => {
      const holder = await started(programs.sleeps);
      const { exit, container } = await run(programs.hello, { network: { of: holder } });
      const { network, joins } = (await engine.inspect(container)) ?? {};
      expect([exit.exitCode, network]).toEqual([0, 'joined']);
      expect([holder, (await engine.inspect(holder))?.name]).toContain(joins);
    });

    it('tells what it is made of and how it is set up', async () => {
      const details = await engine.details();
      expect(details.versions['engine']).toMatch(/^\d+\.\d+/);
      expect(details.storageDriver).toMatch(/\S/);
      expect(details.rootDirectory).toMatch(/^\//);
      expect(Object.values(details.limits).every((limit) => typeof limit === 'boolean')).toBe(true);
    });

    it('describes an image without its being run', async () => {
      const container = await engine.create(spec(programs.quiet));
      await engine.commit(container, `drydock/${owner}:described`, { [LABEL.owner]: owner, said: 'in-its-labels' });
      expect(await engine.describeImage(`drydock/${owner}:described`)).toContain('in-its-labels');
      expect(await faultOf(engine.describeImage('drydock/never-made:1'))).toBe('noSuchImage');
    });

    it('takes one writer after the other where the input is kept open', async () => {
      const container = await engine.create(spec(programs.echoes, { stdin: 'kept', keepsLog: false, readOnly: true }));
      const kept = keeper();
      const first = await engine.attach(container, kept.sink);
      await engine.start(container);
      first.stdin?.write('one\n');
      await expect.poll(() => kept.all()).toBe('one\n');
      first.detach();
      const again = keeper();
      const second = await engine.attach(container, again.sink);
      second.stdin?.write('two\n');
      await expect.poll(() => again.all()).toBe('two\n');
      await engine.stop(container, 0);
    });

    it('hands over standard input and its end', async () => {
      const container = await engine.create(spec(programs.echoes, { stdin: 'once' }));
      const kept = keeper();
      const attachment = await engine.attach(container, kept.sink);
      await engine.start(container);
      attachment.stdin?.end('said to it\n');
      await attachment.ended;
      expect(kept.all()).toBe('said to it\n');
    });

    it.each([0, 1, 777_777, 2_000_001])('goes on from the log after an attachment that was cut after %i bytes', async (cutAfter) => {
      const container = await engine.create(spec(programs.mixed));
      const kept = keeper();
      let seen = 0;
      const cut = Promise.withResolvers<void>();
      const attachment = await engine.attach(container, (stream, bytes) => {
        if (seen >= cutAfter) return cut.resolve();
        seen += bytes.length;
        return kept.sink(stream, bytes);
      });
      await engine.start(container);
      await cut.promise;
      attachment.detach();
      await expect(attachment.ended).rejects.toThrow();
      const held = { stdout: kept.of('stdout').length, stderr: kept.of('stderr').length };
      const rest = keeper();
      await (await engine.follow(container, held, rest.sink)).ended;
      expect(Buffer.concat([kept.of('stdout'), rest.of('stdout')]).equals(mixed.stdout)).toBe(true);
      expect(Buffer.concat([kept.of('stderr'), rest.of('stderr')]).equals(mixed.stderr)).toBe(true);
    });

    it('tells what happens to labelled containers only', async () => {
      const seen: ContainerEvent[] = [];
      const removed = Promise.withResolvers<void>();
      const abort = new AbortController();
      let ends = 0;
      const watch = (event: ContainerEvent): void => {
        seen.push(event);
        if (event.kind === 'removed') removed.resolve();
      };
      await engine.events(`${LABEL.run}=watched`, watch, () => (ends += 1), abort.signal);
      await run(programs.quiet);
      const { container } = await run(programs.quiet, { labels: { [LABEL.owner]: owner, [LABEL.run]: 'watched' } });
      await engine.remove(container);
      await removed.promise;
      expect(seen.map(({ kind }) => kind)).toEqual(['started', 'ended', 'removed']);
      expect(seen.every((event) => event.container === container && event.labels[LABEL.owner] === owner)).toBe(true);
      abort.abort();
      expect(ends).toBe(0);
    });
  });
};
