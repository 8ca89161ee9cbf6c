import type { Readable } from 'node:stream';
import type { LogStream } from '../contract/log.ts';
import type { Limits } from '../contract/project.ts';
import type { ContainerSpec } from '../domain/container-spec.ts';

/** Ways in which a call to the engine fails. `unavailable` and `timedOut` say nothing about what exists. */
export type EngineFault =
  | { readonly kind: 'unavailable'; readonly message: string }
  | { readonly kind: 'timedOut'; readonly call: string; readonly afterMs: number }
  | { readonly kind: 'noSuchContainer'; readonly name: string }
  | { readonly kind: 'noSuchImage'; readonly reference: string }
  | { readonly kind: 'nameTaken'; readonly name: string }
  | { readonly kind: 'diskFull'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string };

/** The one thing that an engine adapter throws. */
export class EngineFailure extends Error {
  readonly fault: EngineFault;
  constructor(fault: EngineFault, options?: ErrorOptions) {
    super('message' in fault ? fault.message : JSON.stringify(fault), options);
    this.name = 'EngineFailure';
    this.fault = fault;
  }
}

export interface EngineFacts {
  /** In words for a person: where the engine was found. */
  readonly source: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly architecture: string;
  readonly cpus: number;
  readonly memoryBytes: number;
}

/** What is under the engine and how it is set up, as far as it tells. */
export interface EngineDetails {
  /** Versions of its parts in their own words: `engine`, `containerd`, `runc`; absent where it does not tell. */
  readonly versions: Readonly<Record<string, string>>;
  /** `name=seccomp,profile=default`, `name=rootless` … */
  readonly securityOptions: readonly string[];
  readonly storageDriver: string;
  /** Under the storage driver, in the engine's word: `extfs`, `xfs`; null: it does not tell. */
  readonly fileSystem: string | null;
  readonly cgroupVersion: string | null;
  readonly operatingSystem: string;
  readonly isLiveRestored: boolean;
  readonly isExperimental: boolean;
  /** Registries that it trusts without TLS, besides those on loopback. */
  readonly insecureRegistries: readonly string[];
  readonly limits: { readonly memory: boolean; readonly swap: boolean; readonly processes: boolean; readonly cpus: boolean };
  /** Where its images and containers are, as its machine names it. */
  readonly rootDirectory: string;
  /** Whether that machine is this one, as far as the connection and its name tell. */
  readonly isLocal: boolean;
  /** The socket that it is reached by; null: by another way. */
  readonly socket: string | null;
}

export interface ImageFacts {
  readonly id: string;
  readonly sizeBytes: number;
  readonly architecture: string;
  readonly labels: Readonly<Record<string, string>>;
  /** When it last got a name: one that the builder had made before is older than its newest name. */
  readonly namedAt: number;
}

export interface LayerFacts {
  /** The same wherever the layer is shared. */
  readonly id: string;
  readonly bytes: number;
}

export interface ContainerFacts {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'created' | 'running' | 'ended';
  /** Set when ended. */
  readonly exit: ExitFacts | null;
  /** Its removal has begun: whatever its exit says, somebody killed it, and it is as good as gone. */
  readonly beingRemoved?: boolean;
  /** When it was last started; null: never. */
  readonly startedAt: number | null;
  /** Its standard input was opened. */
  readonly takesInput?: boolean;
  /** `joined`: that of another container; `bridge`: one that leads out. */
  readonly network: 'none' | 'joined' | 'bridge';
  /** Whose network was joined, by name or id. */
  readonly joins?: string;
  /** null: none is set. */
  readonly limits: { readonly cpus: number | null; readonly memoryBytes: number | null };
}

export interface ExitFacts {
  readonly exitCode: number;
  readonly outOfMemory: boolean;
}

/**
 * Takes output as it comes. A returned promise holds the stream back until it settles. The bytes belong to the
 * caller only during the call.
 */
export type OutputSink = (stream: LogStream, bytes: Uint8Array) => void | Promise<void>;

/** Output already held, in bytes of each stream: what a resumed reader skips. */
export interface OutputPosition {
  readonly stdout: number;
  readonly stderr: number;
}

export interface Attachment {
  /** Present when the container's standard input was opened. */
  readonly stdin: NodeJS.WritableStream | null;
  /** Settles when the output has ended and every byte was taken. Rejects when the connection broke first. */
  readonly ended: Promise<void>;
  /** Lets go without touching the container. */
  detach(): void;
}

export interface ExecRequest {
  readonly command: readonly string[];
  readonly user: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** An image to be made by the engine's own builder. */
export interface BuildRequest {
  /** A tar of what the Dockerfile may copy from, itself among it. */
  readonly context: Readable;
  /** Its path in the context. */
  readonly dockerfile: string;
  /** `name:tag` of what is made. */
  readonly reference: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The network, by its name, that its steps run in. */
  readonly network: string;
  readonly limits: Pick<Limits, 'cpus' | 'memoryBytes'>;
  /** Ends the build, and the container of its step with it. */
  readonly signal: AbortSignal;
}

/** `failed`: the Dockerfile's own doing, in the engine's words. */
export type BuildOutcome = { readonly kind: 'built' } | { readonly kind: 'failed'; readonly message: string };

/** What a running container uses, at one moment. */
export interface ContainerUsage {
  /** Milliseconds by the engine's clock, with a fraction: only differences mean something. */
  readonly at: number;
  /** Processor time since its start over all cores: cores in use are this difference by that of `at`. */
  readonly cpuMs: number;
  /** Without the file cache that the kernel takes back when it needs memory, as the engine's own tools count. */
  readonly memoryBytes: number;
}

export interface TerminalRequest {
  readonly command: readonly string[];
  readonly user: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly rows: number;
}

/** A process of a running container with a terminal of its own. */
export interface Terminal {
  /** Resolves when the connection has taken the bytes: whoever sends much waits. Fine when it has ended. */
  write(bytes: Uint8Array): Promise<void>;
  /** Fine when it has ended. */
  resize(columns: number, rows: number): Promise<void>;
  /** Hangs up: no output comes any more, and what runs in the terminal is ended as far as the image has the means (/bin/sh, grep). */
  close(): Promise<void>;
  /** The exit code, after all output was taken; null after `close`. Rejects when the connection broke or the container went away. */
  readonly ended: Promise<number | null>;
}

/** As OutputSink, for the one stream of a terminal. */
export type TerminalSink = (bytes: Uint8Array) => void | Promise<void>;

export interface ContainerEvent {
  readonly kind: 'started' | 'ended' | 'removed';
  readonly container: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * A container engine. Every call has a timeout of its own and rejects with EngineFailure. Containers are named by id
 * or by name. Nothing here mounts a host path, and only labelled objects are listed.
 */
export interface ContainerEngine {
  facts(): Promise<EngineFacts>;
  /** How it is built and set up. */
  details(): Promise<EngineDetails>;
  image(reference: string): Promise<ImageFacts | null>;
  /** Rejects with nameTaken when a container of that name exists. Resolves to the container's id. */
  create(spec: ContainerSpec): Promise<string>;
  /** Unpacks a tar stream below `directory` of a container that never ran (a running one may hold hostile files). */
  put(container: string, directory: string, archive: Readable): Promise<void>;
  start(container: string): Promise<void>;
  /** Attach before `start` and every byte is seen once; resolves when the engine has accepted the connection. */
  attach(container: string, sink: OutputSink): Promise<Attachment>;
  /** Reads the engine's stored log from its beginning without the first bytes named by `skip`, then follows it to the container's end. */
  follow(container: string, skip: OutputPosition, sink: OutputSink): Promise<Attachment>;
  /** Runs one more process in a running container, to its end. Its output never reaches the engine's log. */
  exec(container: string, request: ExecRequest, sink: OutputSink): Promise<ExitFacts>;
  /** Opens a terminal in a running container. Rejects with refused when it does not run. */
  openTerminal(container: string, request: TerminalRequest, sink: TerminalSink): Promise<Terminal>;
  /** Rejects with refused when it does not run. */
  measure(container: string): Promise<ContainerUsage>;
  /** Resolves when the container has ended, however long it takes; rejects when that cannot be known. */
  wait(container: string, signal?: AbortSignal): Promise<ExitFacts>;
  /** Asks the container to end and kills it after the grace, in seconds. Fine when it has ended or is gone. */
  stop(container: string, graceSeconds: number): Promise<void>;
  /** Kills and removes. Fine when it is gone. */
  remove(container: string): Promise<void>;
  /** Gives a container another name; its id stays. Rejects with nameTaken when a container of that name exists. */
  rename(container: string, name: string): Promise<void>;
  /** null: a successful look found none. */
  inspect(container: string): Promise<ContainerFacts | null>;
  /** Apparent size in bytes of what the container wrote (a sparse file counts whole). */
  writtenBytes(container: string): Promise<number>;
  /** Makes an image of a stopped container's file system; resolves to its id. `reference` is `name:tag`. */
  commit(container: string, reference: string, labels: Readonly<Record<string, string>>): Promise<string>;
  /**
   * Makes an image from a Dockerfile, however long that takes; the sink is given what the builder and the steps say. Rejects with the
   * signal's reason when that aborts. The archive is ended in every case.
   */
  build(request: BuildRequest, sink: OutputSink): Promise<BuildOutcome>;
  /** Fine when it is gone. By its id it is refused while it has several names, a container, or an image that was made from it. */
  removeImage(reference: string): Promise<void>;
  /** Bytes of the image's last layer: what its removal frees while nothing else is made from it. null: no such image. */
  lastLayerBytes(reference: string): Promise<number | null>;
  /** Layers that the image has above the one that it was made from, as the engine's history tells. null: no such image, or the history does not tell. */
  ownLayers(reference: string): Promise<readonly LayerFacts[] | null>;
  /** All that the engine would tell about an image: its configuration with variables and commands, and its history, as text. */
  describeImage(reference: string): Promise<string>;
  /** Makes a network that leads out and has no neighbours. Fine when there is one of that name with these labels. */
  createNetwork(name: string, labels: Readonly<Record<string, string>>): Promise<void>;
  /** Fine when it is gone. Rejects with refused while a container is in it. */
  removeNetwork(name: string): Promise<void>;
  /** Names of networks that carry every one of these labels. */
  networks(labels: Readonly<Record<string, string>>): Promise<readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[]>;
  /** A tar of one path of a container that is not running; null when there is no such path. */
  read(container: string, path: string): Promise<Readable | null>;
  /** Containers that carry every one of these labels. */
  containers(labels: Readonly<Record<string, string>>): Promise<readonly ContainerFacts[]>;
  /** References (`name:tag`, or the id of an untagged one) of images that carry every one of these labels. */
  images(labels: Readonly<Record<string, string>>): Promise<readonly { readonly reference: string; readonly labels: Readonly<Record<string, string>> }[]>;
  /** Pushes what happens to labelled containers until `signal` aborts; `onEnd` is called once when the engine goes away. */
  events(label: string, onEvent: (event: ContainerEvent) => void, onEnd: () => void, signal: AbortSignal): Promise<void>;
}
