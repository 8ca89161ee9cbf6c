import type { Readable } from 'node:stream';
import { PLAIN, type ContainerSpec } from '../../../src-main/domain/container-spec.ts';
import {
  EngineFailure,
  type Attachment,
  type BuildOutcome,
  type BuildRequest,
  type ContainerEngine,
  type ContainerEvent,
  type ContainerFacts,
  type EngineFacts,
  type EngineDetails,
  type ExecRequest,
  type ExitFacts,
  type ImageFacts,
  type LayerFacts,
  type OutputPosition,
  type OutputSink,
  type ContainerUsage,
  type Terminal,
  type TerminalRequest,
  type TerminalSink,
} from '../../../src-main/ports/container-engine.ts';
import { FakeContainer } from './fake-container.ts';
import { FakeFaults, type EngineCall } from './fake-faults.ts';
import { FakeFiles } from './fake-files.ts';
import { carries, FakeImages } from './fake-images.ts';
import { fakeTerminal } from './fake-terminal.ts';
import type { FakeProcess, FakeProgram, ProgramEntry } from './fake-program.ts';

type Labels = Readonly<Record<string, string>>;

const refused = (message: string): EngineFailure => new EngineFailure({ kind: 'refused', message });

const requireSomeLabel = (labels: Labels): void => {
  if (Object.keys(labels).length === 0) throw refused('containers and images are only listed by label');
};

interface Watcher {
  readonly label: string;
  readonly onEvent: (event: ContainerEvent) => void;
  readonly onEnd: () => void;
}

export interface FakeEngineOptions {
  /** References of images that are there from the beginning. */
  readonly images?: readonly string[];
  /** The first entry that matches a container's command is what it runs. */
  readonly programs?: readonly ProgramEntry[];
  /** Stands for one second of a grace period; by default a real one. */
  readonly secondMs?: number;
}

/** A container engine in memory: containers are functions. It keeps to the same conformance suite as the real one. */
export class FakeEngine implements ContainerEngine {
  readonly faults = new FakeFaults();
  /** How it says it is set up: a rootless one of this machine without anything to find fault with. */
  engineDetails: EngineDetails = {
    versions: { engine: '29.6.0', containerd: '2.2.0', runc: '1.3.4' },
    securityOptions: ['name=seccomp,profile=builtin', 'name=apparmor', 'name=rootless', 'name=cgroupns'],
    storageDriver: 'overlay2',
    fileSystem: 'extfs',
    cgroupVersion: '2',
    operatingSystem: 'A system of no name',
    isLiveRestored: true,
    isExperimental: false,
    insecureRegistries: [],
    limits: { memory: true, swap: true, processes: true, cpus: true },
    rootDirectory: '/nowhere/of/the/fake',
    isLocal: true,
    socket: null,
  };
  readonly #images = new FakeImages();
  readonly #containers = new Map<string, FakeContainer>();
  readonly #networks = new Map<string, Labels>();
  readonly #programs: ProgramEntry[];
  readonly #watchers = new Set<Watcher>();
  readonly #secondMs: number;
  #lost = new AbortController();
  #made = 0;

  constructor(options: FakeEngineOptions = {}) {
    this.#programs = [...(options.programs ?? [])];
    this.#secondMs = options.secondMs ?? 1_000;
    for (const reference of options.images ?? ['drydock/base:latest']) this.#images.add(this.#id('sha256:'), reference, {});
  }

  /** A program that later containers run when `matches` says so; the newest goes first. */
  program(matches: ProgramEntry['matches'], run: FakeProgram): void {
    this.#programs.unshift({ matches, run });
  }

  /** An image that is there without a container having made it. */
  addImage(reference: string, labels: Labels, namedAt = Date.now()): string {
    const id = this.#id('sha256:');
    this.#images.add(id, reference, labels, new FakeFiles(), namedAt);
    return id;
  }

  /** One more name of an image, as the builder gives it that had made the same before. */
  nameImage(id: string, reference: string): void {
    this.#images.require(id).tags.add(reference);
  }

  /** The socket is gone: connections break, calls are refused. Containers go on unless they are told to `die`. */
  goAway(containers: 'survive' | 'die' = 'survive'): void {
    this.faults.setGone(true);
    this.#lost.abort();
    this.#lost = new AbortController();
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const { onEnd } of watchers) onEnd();
    if (containers === 'die') for (const container of this.#containers.values()) container.kill();
  }

  comeBack(): void {
    this.faults.recover();
  }

  /** A container as somebody else would see or remove it. */
  container(name: string): FakeContainer | null {
    return this.#containers.get(name) ?? [...this.#containers.values()].find(({ spec }) => spec.name === name) ?? null;
  }

  facts = (): Promise<EngineFacts> =>
    this.#call('facts', () => ({ source: 'fake', version: '20.10.24', apiVersion: '1.41', architecture: 'amd64', cpus: 4, memoryBytes: 16 * 2 ** 30 }));

  details = (): Promise<EngineDetails> => this.#call('facts', () => this.engineDetails);

  image = (reference: string): Promise<ImageFacts | null> => this.#call('image', () => this.#images.facts(reference));

  create = (spec: ContainerSpec): Promise<string> =>
    this.#call('create', () => {
      const { files } = this.#images.require(spec.image);
      if (this.container(spec.name) !== null) throw new EngineFailure({ kind: 'nameTaken', name: spec.name });
      const container = new FakeContainer(this.#id(''), spec, files);
      this.#containers.set(container.id, container);
      return container.id;
    });

  put = (name: string, directory: string, archive: Readable): Promise<void> =>
    this.#call('put', async () => {
      try {
        const container = this.#require(name);
        if (container.state !== 'created') throw refused(`files are only put into a container that never ran; ${name} did`);
        await container.files.unpack(directory, archive);
      } catch (error) {
        archive.destroy();
        throw error;
      }
    });

  start = (name: string): Promise<void> =>
    this.#call('start', () => {
      const container = this.#require(name);
      if (container.state !== 'created') return;
      const { network } = container.spec;
      if (typeof network === 'object' && 'bridge' in network && !this.#networks.has(network.bridge)) throw refused(`network ${network.bridge} not found`);
      const program = this.#programFor(container.spec.command);
      this.#tell('started', container);
      container.run(program, () => this.#tell('ended', container));
    });

  attach = (name: string, sink: OutputSink): Promise<Attachment> =>
    this.#call('attach', () => this.#require(name).read(sink, null, this.#lost.signal));

  follow = (name: string, skip: OutputPosition, sink: OutputSink): Promise<Attachment> =>
    this.#call('follow', () => ({ ...this.#require(name).read(sink, skip, this.#lost.signal), stdin: null }));

  exec = (name: string, request: ExecRequest, sink: OutputSink): Promise<ExitFacts> =>
    this.#call('exec', async () => {
      const container = this.#require(name);
      if (container.state !== 'running') throw refused(`${name} is not running`);
      const write: FakeProcess['write'] = async (stream, bytes) => {
        await sink(stream, Buffer.from(bytes));
      };
      const { user, workingDirectory, environment, signal } = request;
      const process = { ...container.process(request.command, write), user, workingDirectory, environment, stdin: null };
      const run = async (): Promise<ExitFacts> => ({ exitCode: await this.#programFor(request.command)(process), outOfMemory: false });
      return this.#whileConnected(Promise.race([run(), container.ended.promise.then(() => ({ exitCode: 137, outOfMemory: false }))]), signal);
    });

  openTerminal = (name: string, request: TerminalRequest, sink: TerminalSink): Promise<Terminal> =>
    this.#call('openTerminal', () => {
      const container = this.#require(name);
      if (container.state !== 'running') throw refused(`${name} is not running`);
      return fakeTerminal(container, this.#programFor(request.command), request, sink, this.#lost.signal);
    });

  /** A container of the fake uses half a core and 1 MiB. */
  measure = (name: string): Promise<ContainerUsage> =>
    this.#call('measure', () => {
      const container = this.#require(name);
      if (container.state !== 'running') throw refused(`${name} is not running`);
      const at = performance.now();
      return { at, cpuMs: at / 2, memoryBytes: 2 ** 20 };
    });

  wait = (name: string, signal?: AbortSignal): Promise<ExitFacts> =>
    this.#call('wait', () => {
      signal?.throwIfAborted();
      return this.#whileConnected(this.#require(name).ended.promise, signal);
    });

  stop = (name: string, graceSeconds: number): Promise<void> =>
    this.#call('stop', async () => {
      const container = this.container(name);
      if (container === null || container.state !== 'running') return;
      container.terminate();
      const timer = setTimeout(() => container.kill(), graceSeconds * this.#secondMs);
      await container.ended.promise;
      clearTimeout(timer);
    });

  remove = (name: string): Promise<void> =>
    this.#call('remove', async () => {
      const container = this.container(name);
      if (container === null) return;
      if (container.state === 'running') {
        container.kill();
        await container.ended.promise;
      }
      if (!this.#containers.delete(container.id)) return;
      container.ended.reject(new EngineFailure({ kind: 'noSuchContainer', name }));
      this.#tell('removed', container);
    });

  rename = (name: string, to: string): Promise<void> =>
    this.#call('rename', () => {
      const container = this.#require(name);
      if (this.container(to) !== null) throw new EngineFailure({ kind: 'nameTaken', name: to });
      container.spec = { ...container.spec, name: to };
    });

  inspect = (name: string): Promise<ContainerFacts | null> => this.#call('inspect', () => this.container(name)?.facts() ?? null);

  writtenBytes = (name: string): Promise<number> =>
    this.#call('writtenBytes', () => {
      const { files, imageFiles } = this.#require(name);
      return files.bytesBeyond(imageFiles);
    });

  commit = (name: string, reference: string, labels: Labels): Promise<string> =>
    this.#call('commit', () => {
      const container = this.#require(name);
      if (container.state === 'running') throw refused(`${name} is running; only a stopped container is committed`);
      const id = this.#id('sha256:');
      this.#images.add(id, reference, labels, container.files.copy());
      return id;
    });

  /** FROM, and RUN of a program that it knows. */
  build = ({ context, dockerfile, reference, labels, limits, signal }: BuildRequest, sink: OutputSink): Promise<BuildOutcome> =>
    this.#call('build', async () => {
      signal.throwIfAborted();
      const given = new FakeFiles();
      await given.unpack('/', context);
      const lines = (given.text(`/${dockerfile}`) ?? '').split('\n').filter((line) => line !== '');
      let files = new FakeFiles();
      for (const [at, line] of lines.entries()) {
        await sink('stdout', Buffer.from(`Step ${at + 1}/${lines.length} : ${line}\n`));
        const [verb, rest] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
        if (verb === 'FROM') {
          const from = this.#images.find(rest);
          if (from === null) return { kind: 'failed', message: `no such image: ${rest}` };
          files = from.files;
          continue;
        }
        if (verb !== 'RUN') return { kind: 'failed', message: `unknown instruction: ${verb}` };
        const spec = { ...PLAIN, name: 'build', image: reference, command: ['/bin/sh', '-c', rest], user: '0', workingDirectory: '/', environment: {}, labels: {}, network: 'none', limits: { ...limits, processes: 0 } } as const;
        const step = new FakeContainer(this.#id(''), spec, files);
        const output = step.read(sink, null, this.#lost.signal);
        step.run(this.#programFor(spec.command), () => {});
        const stop = (): void => step.kill();
        signal.addEventListener('abort', stop, { once: true });
        await output.ended;
        signal.throwIfAborted();
        const { exitCode } = await step.ended.promise;
        if (exitCode !== 0) return { kind: 'failed', message: `The command '/bin/sh -c ${rest}' returned a non-zero code: ${exitCode}` };
        files = step.files.copy();
      }
      this.#images.add(this.#id('sha256:'), reference, Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')), files);
      return { kind: 'built' };
    });

  removeImage = (reference: string): Promise<void> => this.#call('removeImage', () => this.#images.remove(reference));

  lastLayerBytes = (reference: string): Promise<number | null> => this.#call('image', () => this.#images.lastLayerBytes(reference));

  ownLayers = (reference: string): Promise<readonly LayerFacts[] | null> =>
    this.#call('image', () => {
      const found = this.#images.facts(reference);
      return found === null ? null : [{ id: found.id, bytes: found.sizeBytes }];
    });

  describeImage = (reference: string): Promise<string> => this.#call('describeImage', () => JSON.stringify(this.#images.require(reference).labels));

  createNetwork = (name: string, labels: Labels): Promise<void> =>
    this.#call('createNetwork', () => {
      const known = this.#networks.get(name);
      if (known !== undefined && !carries(known, labels)) throw refused(`the network ${name} is somebody else's`);
      this.#networks.set(name, labels);
    });

  removeNetwork = (name: string): Promise<void> =>
    this.#call('removeNetwork', () => {
      const isIn = ({ spec: { network } }: FakeContainer): boolean => typeof network === 'object' && 'bridge' in network && network.bridge === name;
      if ([...this.#containers.values()].some((container) => container.state === 'running' && isIn(container))) throw refused(`${name} has active endpoints`);
      this.#networks.delete(name);
    });

  networks = (labels: Labels): Promise<readonly { readonly name: string; readonly labels: Labels }[]> =>
    this.#call('networks', () => {
      requireSomeLabel(labels);
      return [...this.#networks].filter(([, own]) => carries(own, labels)).map(([name, own]) => ({ name, labels: own }));
    });

  read = (name: string, path: string): Promise<Readable | null> =>
    this.#call('read', () => {
      const container = this.#require(name);
      if (container.state === 'running') throw refused(`${name} is running; only a stopped container is read`);
      return container.files.pack(path);
    });

  containers = (labels: Labels): Promise<readonly ContainerFacts[]> =>
    this.#call('containers', () => {
      requireSomeLabel(labels);
      return [...this.#containers.values()].map((container) => container.facts()).filter((facts) => carries(facts.labels, labels));
    });

  images = (labels: Labels): Promise<readonly { readonly reference: string; readonly labels: Labels }[]> =>
    this.#call('images', () => {
      requireSomeLabel(labels);
      return this.#images.list(labels);
    });

  events = (label: string, onEvent: (event: ContainerEvent) => void, onEnd: () => void, signal: AbortSignal): Promise<void> =>
    this.#call('events', () => {
      const watcher = { label, onEvent, onEnd };
      if (signal.aborted) return;
      this.#watchers.add(watcher);
      signal.addEventListener('abort', () => this.#watchers.delete(watcher), { once: true });
    });

  async #call<T>(call: EngineCall, work: () => T | Promise<T>): Promise<T> {
    await this.faults.pass(call);
    return work();
  }

  #whileConnected<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const lost = this.#lost.signal;
    const onLost = (): void => reject(new EngineFailure({ kind: 'unavailable', message: 'the connection broke' }));
    const onAbort = (): void => reject(signal?.reason);
    lost.addEventListener('abort', onLost, { once: true });
    signal?.addEventListener('abort', onAbort, { once: true });
    return Promise.race([work, promise]).finally(() => {
      lost.removeEventListener('abort', onLost);
      signal?.removeEventListener('abort', onAbort);
    });
  }

  #tell(kind: ContainerEvent['kind'], { id, spec }: FakeContainer): void {
    for (const { label, onEvent } of [...this.#watchers]) {
      const [name = '', value] = label.split('=', 2);
      const carried = spec.labels[name];
      if (carried !== undefined && (value === undefined || value === carried)) onEvent({ kind, container: id, labels: spec.labels });
    }
  }

  #require(name: string): FakeContainer {
    const container = this.container(name);
    if (container === null) throw new EngineFailure({ kind: 'noSuchContainer', name });
    return container;
  }

  #programFor(command: readonly string[]): FakeProgram {
    const entry = this.#programs.find(({ matches }) => matches(command));
    if (entry === undefined) throw refused(`the fake engine knows no program for ${JSON.stringify(command)}`);
    return entry.run;
  }

  #id(prefix: string): string {
    this.#made += 1;
    return `${prefix}${this.#made.toString(16).padStart(64, '0')}`;
  }
}
