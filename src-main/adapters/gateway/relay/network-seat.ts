import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { NETWORK_OFF, type NetworkEntry } from '../../../contract/network.ts';
import { aheadRelaySpec, containerName, relaySpec } from '../../../domain/container-spec.ts';
import { EngineFailure, type ContainerEngine } from '../../../ports/container-engine.ts';
import { SeatFailure, type NetworkSeat, type Seat, type SeatRequest } from '../../../ports/network-seat.ts';
import type { Clock } from '../../../ports/surroundings.ts';
import { closedDoor } from './closed-door.ts';
import { keptAuthority } from './kept-authority.ts';
import { RelayLink } from './relay-link.ts';
import type { CreateRunProxy, RunProxy } from './run-proxy.ts';
import { surprisesIn } from './self-test.ts';

const PROXY_DOOR = '3128';
/** From an attached relay to its first word: Node's start, on a machine that is busy with other containers. */
const ANSWER_MS = 30_000;
/** For one address or name server: in a sealed network each answer is immediate. */
const PROBE_MS = 500;
/** For the proxy's answer, on a busy machine, and for the whole of the self-test. */
const DENIAL_MS = 20_000;
const SELF_TEST_MS = 30_000;

export interface NetworkSeatOptions {
  /** The data directory: what a seat keeps between two services lies below `seats/`. */
  readonly directory: string;
  /** The relay's program, resources/relay/relay.cjs. */
  readonly relaySource: string;
  readonly createProxy: CreateRunProxy;
  /** What a container must not reach: addresses of the host, with ports to try. */
  readonly hostAddresses: () => readonly (readonly [host: string, port: number])[];
  readonly clock: Clock;
}

const within = async <T>(clock: Clock, ms: number, work: Promise<T>, what: string): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const stop = clock.after(ms, () => late.reject(new Error(`${what} took more than ${ms / 1_000} s`)));
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    stop();
  }
};

const notEnforced = (surprises: readonly string[], options?: ErrorOptions): SeatFailure =>
  new SeatFailure(
    {
      code: 'policyNotEnforced',
      message: `The network of this run is not sealed as it must be: ${surprises.join('; ')}.`,
      next: 'The run was not started. Look at how the container engine sets up networks, then try again.',
      detail: { surprises: [...surprises] },
    },
    options,
  );

const gone = (message: string, options?: ErrorOptions): SeatFailure =>
  new SeatFailure({ code: 'engineFailed', message, next: 'Try the run again.' }, options);

/** The relay that the run has, or a new one that is not started; says which. */
const requireHolder = async (engine: ContainerEngine, request: SeatRequest, source: string): Promise<{ holder: string; running: boolean; made: boolean }> => {
  const { runId, turn, owner, image } = request;
  const holder = containerName(runId, turn, 'relay');
  const found = await engine.inspect(holder);
  if (found === null) {
    await engine.create(relaySpec({ runId, turn, owner, image, source }));
    return { holder, running: false, made: true };
  }
  // Containers that joined its network keep what is left of it: a new relay would not be theirs.
  if (found.state === 'ended') throw gone('The network of this run ended while Drydock was not there: its relay is no longer running.');
  return { holder, running: found.state === 'running', made: false };
};

/** A relay that is attached to, and the proxy that its connections are led to. */
class HeldRelay {
  readonly holder: string;
  readonly #options: NetworkSeatOptions;
  readonly #link: RelayLink;
  /** Names that the self-test asked for: no attempt of the run's. */
  readonly #ownNames = new Set<string>();
  #proxy: RunProxy | null = null;

  constructor(options: NetworkSeatOptions, engine: ContainerEngine, holder: string, running: boolean) {
    this.holder = holder;
    this.#options = options;
    const doors: Readonly<Record<string, (connection: Duplex) => void>> = { [PROXY_DOOR]: (connection) => (this.#proxy === null ? connection.destroy() : this.#proxy.accept(connection)) };
    this.#link = new RelayLink({
      attach: (sink) => engine.attach(holder, sink),
      start: async () => (running ? undefined : engine.start(holder)),
      hasEnded: async () => (await engine.inspect(holder))?.state !== 'running',
      onConnection: (door, connection) => (doors[door] ?? closedDoor)(connection),
      clock: options.clock,
    });
  }

  get lost(): Promise<void> {
    return this.#link.lost;
  }

  /** Resolves when the relay has answered. */
  async open(): Promise<void> {
    try {
      await within(this.#options.clock, ANSWER_MS, this.#link.open(), 'the first answer of its relay');
    } catch (error) {
      if (error instanceof EngineFailure) throw error;
      throw gone(`The network of this run could not be made: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
    }
  }

  /** From here on connections are led to this proxy; those that another one carries are ended. */
  async lead(proxy: RunProxy): Promise<void> {
    const before = this.#proxy;
    this.#proxy = proxy;
    await before?.close();
  }

  isOwn({ host }: Pick<NetworkEntry, 'host'>): boolean {
    return this.#ownNames.has(host);
  }

  async selfTest(): Promise<void> {
    const { clock, hostAddresses } = this.#options;
    const name = `self-test-${randomBytes(8).toString('hex')}.drydock.invalid`;
    const addresses = hostAddresses();
    this.#ownNames.add(name);
    let answer: unknown;
    try {
      answer = await within(clock, SELF_TEST_MS, this.#link.ask({ ask: 'self-test', name, addresses, waitMs: PROBE_MS, answerMs: DENIAL_MS }), 'the test');
    } catch (error) {
      throw notEnforced([`it could not be tested from inside: ${error instanceof Error ? error.message : String(error)}`], { cause: error });
    }
    const surprises = surprisesIn(answer, addresses.length);
    if (surprises.length > 0) throw notEnforced(surprises);
  }

  async leave(): Promise<void> {
    await this.#link.leave();
    await this.#proxy?.close();
  }
}

/** The proxy of a run, which goes on where an earlier one of it ended. */
const openProxy = async (options: NetworkSeatOptions, request: SeatRequest, onEntry: SeatRequest['onEntry']): Promise<RunProxy> => {
  const kept = keptAuthority(options.directory, request.runId);
  const { network, secrets, turn, entries } = request;
  const before = await kept.read();
  const proxy = await options.createProxy({ network, secrets, turn, kept: before, entries, onEntry });
  if (proxy.keep !== null && proxy.keep !== before) await kept.write(proxy.keep);
  return proxy;
};

/** Leads a relay's connections to a proxy of the run's own: the run's seat, once the relay has answered. */
const seatOf = async (options: NetworkSeatOptions, engine: ContainerEngine, request: SeatRequest, relay: HeldRelay): Promise<Seat> => {
  let open = true;
  const proxy = await openProxy(options, request, (entry) => {
    if (open && !relay.isOwn(entry)) request.onEntry(entry);
  });
  await relay.lead(proxy);
  const leave = async (): Promise<void> => {
    open = false;
    await relay.leave();
  };
  return {
    holder: containerName(request.runId, request.turn, 'relay'),
    authority: proxy.authorityPem,
    lost: relay.lost,
    selfTest: () => relay.selfTest(),
    leave,
    close: async () => {
      await leave();
      await engine.remove(relay.holder);
      await keptAuthority(options.directory, request.runId).remove();
    },
  };
};

/** Seats whose network a relay in a container of its own holds; all that is decided about connections is decided here. */
export const createNetworkSeat = (options: NetworkSeatOptions): NetworkSeat => ({
  open: async (engine, request) => {
    const { holder, running, made } = await requireHolder(engine, request, options.relaySource);
    const relay = new HeldRelay(options, engine, holder, running);
    // Before it is opened: a relay that goes on has connections that wait.
    const seat = await seatOf(options, engine, request, relay);
    try {
      await relay.open();
      return seat;
    } catch (error) {
      await seat.leave();
      if (made) await engine.remove(holder).catch(() => {});
      throw error;
    }
  },
  ahead: async (engine, { warm, owner, image }) => {
    const holder = await engine.create(aheadRelaySpec({ warm, owner, image, source: options.relaySource }));
    const relay = new HeldRelay(options, engine, holder, false);
    const discard = async (): Promise<void> => {
      await relay.leave();
      await engine.remove(holder);
    };
    try {
      // Allows nothing, and answers that to whoever asks: as yet, the self-test alone.
      await relay.lead(await options.createProxy({ network: { ...NETWORK_OFF, mode: 'allowlist' }, secrets: new Map(), turn: 1, kept: null, entries: [], onEntry: () => {} }));
      await relay.open();
      await relay.selfTest();
    } catch (error) {
      await discard().catch(() => {});
      throw error;
    }
    return {
      holder,
      lost: relay.lost,
      take: async (request) => {
        try {
          const [seat] = await Promise.all([seatOf(options, engine, request, relay), engine.rename(holder, containerName(request.runId, request.turn, 'relay'))]);
          return seat;
        } catch (error) {
          await discard().catch(() => {});
          throw error;
        }
      },
      discard,
    };
  },
});
