import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LABEL, type ContainerSpec } from '../../src-main/domain/container-spec.ts';
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
      readsEveryFile: false,
      tmpfs: {},
      openStdin: false,
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
      const { container: second, kept } = await run(programs.readsFile, { image: reference });
      expect(kept.all()).toBe('0123456789');
      await engine.remove(second);
      await Promise.all([engine.removeImage(reference), engine.removeImage(reference), engine.removeImage(reference)]);
      await engine.removeImage(reference);
      expect(await engine.image(reference)).toBeNull();
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

    it('hands over standard input and its end', async () => {
      const container = await engine.create(spec(programs.echoes, { openStdin: true }));
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
