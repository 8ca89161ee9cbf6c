'use strict';
/**
 * The relay: what runs inside the container that owns a run's network. It is handed over as `node -e <this file>`, so nothing has to
 * be put into the container; it needs Node 18 and nothing else.
 *
 * The network has one interface, loopback. On it the relay opens two doors, 3128 (HTTP proxy) and 3129 (model endpoint), and carries
 * what comes in to Drydock's service over its own standard input and output. It decides nothing: names, addresses, rules, keys and
 * budgets are the service's.
 *
 * The stream is made of frames:
 *
 *     session u32 | length u32 | payload, at most 64 KiB | kind u8
 *
 * Each session carries one HTTP/2 connection (here is the client), and each of its streams one TCP connection; the header `door` says
 * through which it came. A service begins a session with a number above all before it: what belonged to older ones is ended, and
 * their frames are ignored. Between services the relay goes on: it accepts, reads nothing, forwards nothing, and waits.
 *
 * A service may be killed in the middle of a frame. So whoever greets first sends a gap: more zeros than a frame can hold. They fill
 * up a frame that was cut short, whose kind, coming last, is then zero and no kind at all; and since a session's number never begins
 * with a zero byte, the reader skips the rest and stands at the beginning of a frame. Nothing inside of a frame can look like a gap.
 */
const dgram = require('node:dgram');
const dns = require('node:dns');
const fs = require('node:fs');
const http2 = require('node:http2');
const net = require('node:net');
const { Duplex } = require('node:stream');

const setting = (name, otherwise) => Number(process.env[`DRYDOCK_RELAY_${name}`] || otherwise);

const KIND = { hello: 1, beat: 2, bytes: 3, end: 4 };
const HEADER_BYTES = 8;
const PAYLOAD_BYTES = 65_536;
/** Header, payload and kind of the largest frame: a shorter run of zeros could be inside of one. */
const GAP = Buffer.alloc(HEADER_BYTES + PAYLOAD_BYTES + 1);

/** A beat a second each way; after five without any frame the service is gone. Ticks are counted, not time: sleep does not count. */
const TICK_MS = setting('TICK_MS', 1_000);
const SILENT_TICKS = 5;

/** How long a connection waits for a service before it is reset. */
const WAIT_MS = setting('WAIT_MS', 600_000);
/** Connections forwarded at once, and those that wait beside them; of more than that the oldest, likely given up by now, goes. */
const CONNECTIONS = 64;
const WAITING = 512;

/** A stream's window: with larger ones twenty slow readers would fill this container's memory. */
const STREAM_WINDOW = 256 * 1024;
/** Bounds what is under way in the frames, so that neither side ever has to stop reading in order to go on writing. */
const CONNECTION_WINDOW = 1024 * 1024;
/** With its own header of nine bytes it fills a frame of ours. */
const H2_FRAME_BYTES = PAYLOAD_BYTES - 9;
/** More than the window lets be under way: reached only when nobody reads standard output. */
const UNSENT_BYTES = 4 * 1024 * 1024;
const H2_MEMORY_MB = 64;

const DOORS = [3128, 3129];
/** Where the doors are opened; a test has them wherever there is room. */
const PORTS = (process.env.DRYDOCK_RELAY_PORTS || DOORS.join()).split(',').map(Number);
const LOOPBACK = '127.0.0.1';

const { NGHTTP2_CONNECT_ERROR } = http2.constants;
const ignore = () => {};

// Not process.stdout, whose errors are the process's own.
const output = new net.Socket({ fd: 1, readable: false, writable: true });

// ── frames ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const sendFrame = (number, kind, payload) => {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32BE(number, 0);
  header.writeUInt32BE(payload.length, 4);
  output.cork();
  output.write(header);
  if (payload.length > 0) output.write(payload);
  output.write(Buffer.of(kind));
  output.uncork();
};

const NOTHING = Buffer.alloc(0);
/** For what can be left out: nothing is added to what nobody takes. */
const sendIfTaken = (number, kind, payload = NOTHING) => {
  if (output.writableLength < UNSENT_BYTES) sendFrame(number, kind, payload);
};

/** Takes frames out of the stream. Calls `onFrame(session, kind, payload)`, and `onLost()` when the bytes are no frames: then it waits for a gap. */
class FrameReader {
  #onFrame;
  #onLost;
  #header = Buffer.alloc(HEADER_BYTES);
  #headerHeld = 0;
  #body = null;
  #bodyHeld = 0;
  /** Zeros seen in a row while looking for a gap; null: not looking. */
  #zeros = 0;

  constructor(onFrame, onLost) {
    this.#onFrame = onFrame;
    this.#onLost = onLost;
  }

  take(chunk) {
    let at = 0;
    while (at < chunk.length) {
      if (this.#zeros !== null) at = this.#lookForGap(chunk, at);
      else if (this.#body !== null) at = this.#fillBody(chunk, at);
      else if (this.#headerHeld === 0 && chunk[at] === 0) at += 1;
      else at = this.#fillHeader(chunk, at);
    }
  }

  #lookForGap(chunk, from) {
    for (let at = from; at < chunk.length; at += 1) {
      if (chunk[at] === 0) this.#zeros += 1;
      else if (this.#zeros >= GAP.length) {
        this.#zeros = null;
        return at;
      } else this.#zeros = 0;
    }
    return chunk.length;
  }

  #fillHeader(chunk, at) {
    const taken = chunk.copy(this.#header, this.#headerHeld, at, at + HEADER_BYTES - this.#headerHeld);
    this.#headerHeld += taken;
    if (this.#headerHeld < HEADER_BYTES) return at + taken;
    this.#headerHeld = 0;
    const length = this.#header.readUInt32BE(4);
    if (length > PAYLOAD_BYTES) this.#lose();
    else {
      this.#body = Buffer.allocUnsafe(length + 1);
      this.#bodyHeld = 0;
    }
    return at + taken;
  }

  #fillBody(chunk, at) {
    const body = this.#body;
    const taken = chunk.copy(body, this.#bodyHeld, at, at + body.length - this.#bodyHeld);
    this.#bodyHeld += taken;
    if (this.#bodyHeld < body.length) return at + taken;
    this.#body = null;
    const kind = body[body.length - 1];
    if (kind > KIND.end) this.#lose();
    else if (kind > 0) this.#onFrame(this.#header.readUInt32BE(0), kind, body.subarray(0, -1));
    return at + taken;
  }

  #lose() {
    this.#zeros = 0;
    this.#onLost();
  }
}

// ── sessions ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The bytes of one session's HTTP/2 connection, to and from frames. */
class Carrier extends Duplex {
  #number;

  constructor(number) {
    super({ allowHalfOpen: true });
    this.#number = number;
  }

  // What comes is pushed as it comes: the windows bound it, and a greeting behind it must always be read.
  _read() {}

  _writev(chunks, done) {
    const bytes = chunks.length === 1 ? chunks[0].chunk : Buffer.concat(chunks.map(({ chunk }) => chunk));
    this._write(bytes, null, done);
  }

  _write(bytes, _encoding, done) {
    for (let at = 0; at < bytes.length && !this.destroyed; at += PAYLOAD_BYTES) sendFrame(this.#number, KIND.bytes, bytes.subarray(at, at + PAYLOAD_BYTES));
    if (output.writableLength < UNSENT_BYTES) done();
    else output.once('drain', () => done());
  }
}

/** The highest number that was greeted with; and the session that lives, if one does. */
let highest = 0;
let live = null;

class Session {
  silentTicks = 0;
  connections = new Set();
  #over = false;

  constructor(number) {
    this.number = number;
    this.carrier = new Carrier(number);
    this.http2 = http2.connect('http://drydock', {
      createConnection: () => this.carrier,
      settings: { initialWindowSize: STREAM_WINDOW, maxFrameSize: H2_FRAME_BYTES, enablePush: false },
      maxSessionMemory: H2_MEMORY_MB,
    });
    const over = () => this.end(true);
    this.http2.on('error', over).on('close', over).on('goaway', over);
    this.carrier.on('error', over).on('close', over);
    this.http2.once('connect', () => this.http2.setLocalWindowSize(CONNECTION_WINDOW));
    answerQuestions(this.http2);
  }

  /** Ends what was answered, keeps what was not: nothing of it has been read. */
  end(tell) {
    if (this.#over) return;
    this.#over = true;
    if (live === this) live = null;
    if (tell) sendIfTaken(this.number, KIND.end);
    const unanswered = [...this.connections].filter((connection) => connection.leave());
    waiting.unshift(...unanswered);
    this.http2.destroy();
    this.carrier.destroy();
  }
}

const parsed = (bytes) => {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
};

const greet = (number, payload) => {
  const nonce = parsed(payload)?.nonce;
  if (typeof nonce !== 'string' || output.writableLength >= UNSENT_BYTES) return;
  const behind = number <= highest ? highest : null;
  output.write(GAP);
  sendFrame(number, KIND.hello, Buffer.from(JSON.stringify({ nonce, behind })));
  if (behind !== null) return;
  live?.end(false);
  highest = number;
  live = new Session(number);
  forwardWaiting();
};

const reader = new FrameReader(
  (number, kind, payload) => {
    if (kind === KIND.hello) return greet(number, payload);
    if (live?.number !== number) return;
    live.silentTicks = 0;
    if (kind === KIND.beat) sendIfTaken(number, KIND.beat);
    else if (kind === KIND.bytes) live.carrier.push(payload);
    else live.end(false);
  },
  () => live?.end(true),
);

const tick = () => {
  if (live === null) return;
  live.silentTicks += 1;
  if (live.silentTicks >= SILENT_TICKS) live.end(true);
};

// ── connections ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Oldest first. */
const waiting = [];

/**
 * One TCP connection. Its stream is opened before a byte of it is read, and it is read only when the service has answered: until
 * then it can be offered to the next service as if nothing had been.
 */
class Connection {
  #socket;
  #door;
  #stream = null;
  #answered = false;
  #timer;

  constructor(socket, door) {
    this.#socket = socket;
    this.#door = door;
    this.#timer = setTimeout(() => this.cut(), WAIT_MS);
    socket.on('error', ignore);
    socket.on('close', (failed) => this.#closed(failed));
  }

  /** A reset, not an end: what was cut off must not look whole. */
  cut() {
    this.#socket.resetAndDestroy();
  }

  offer(session) {
    session.connections.add(this);
    const stream = session.http2.request({ ':method': 'POST', ':path': '/', door: String(this.#door) }, { endStream: false, waitForTrailers: true });
    this.#stream = stream;
    // Either side's end has trailers; without them it is a break, which HTTP/2 alone would show as an end.
    let whole = false;
    stream.on('wantTrailers', () => stream.sendTrailers({ whole: '1' }));
    stream.on('response', (headers) => (headers[':status'] === 200 && this.#stream === stream ? this.#carry() : this.cut()));
    stream.on('trailers', () => (whole = true));
    stream.on('end', () => (whole ? this.#socket.end() : this.cut()));
    stream.on('error', ignore);
    stream.on('close', () => {
      if (this.#stream !== stream) return;
      if (!whole) this.cut();
      session.connections.delete(this);
      forwardWaiting();
    });
  }

  /** The session is over. True: this connection can be offered again. */
  leave() {
    this.#stream = null;
    if (!this.#answered) return !this.#socket.destroyed;
    this.cut();
    return false;
  }

  #carry() {
    this.#answered = true;
    clearTimeout(this.#timer);
    this.#socket.pipe(this.#stream);
    this.#stream.pipe(this.#socket, { end: false });
  }

  #closed(failed) {
    clearTimeout(this.#timer);
    const place = waiting.indexOf(this);
    if (place >= 0) waiting.splice(place, 1);
    if (this.#stream === null || this.#stream.closed) return;
    // Both ends were reached, and the last bytes are on their way; anything else is a break.
    if (failed || !this.#socket.readableEnded) this.#stream.close(NGHTTP2_CONNECT_ERROR);
  }
}

const forwardWaiting = () => {
  while (live !== null && waiting.length > 0 && live.connections.size < CONNECTIONS) waiting.shift().offer(live);
};

const openDoor = (door, port) =>
  new Promise((resolve, reject) => {
    const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (socket) => {
      waiting.push(new Connection(socket, door));
      forwardWaiting();
      if (waiting.length > WAITING) waiting.shift().cut();
    });
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port, backlog: 511 }, () => {
      server.off('error', reject).on('error', ignore);
      resolve(server.address().port);
    });
  });

// ── questions ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const linesOf = (path) => {
  try {
    return fs.readFileSync(path, 'utf8').split('\n').filter((line) => line !== '');
  } catch {
    return null;
  }
};

const fieldsOf = (line) => line.trim().split(/\s+/);

/** null: cannot be read. Interfaces that are down, as the kernel's tunnel drivers put into every network, lead nowhere. */
const interfaces = () =>
  linesOf('/proc/net/dev')
    ?.slice(2)
    .map((line) => line.split(':')[0].trim())
    .filter((name) => (Number(linesOf(`/sys/class/net/${name}/flags`)?.[0] ?? 1) & 1) === 1) ?? null;

/** Interfaces that a route leads over. Without IPv6 there is no list of its routes. */
const routes = () => {
  const first = linesOf('/proc/net/route');
  return first === null ? null : [...first.slice(1).map((line) => fieldsOf(line)[0]), ...(linesOf('/proc/net/ipv6_route') ?? []).map((line) => fieldsOf(line).at(-1))];
};

/** `connected`, `silent`, or the code of the system's error. */
const tryAddress = ([host, port], waitMs) =>
  new Promise((resolve) => {
    const socket = net.connect({ host, port });
    const done = (outcome) => {
      resolve({ host, port, outcome });
      socket.destroy();
    };
    socket.setTimeout(waitMs, () => done('silent'));
    socket.on('connect', () => done('connected')).on('error', (error) => done(error.code ?? 'failed'));
  });

const resolvers = () =>
  (linesOf('/etc/resolv.conf') ?? [])
    .map(fieldsOf)
    .filter(([word]) => word === 'nameserver')
    .map(([, address]) => address);

const lookUp = (name) => new Promise((resolve) => dns.lookup(name, (error, address) => resolve(error ? null : address)));

/** Whether anything comes back from a name server at this address. */
const askNameServer = (address, name, waitMs) =>
  new Promise((resolve) => {
    const socket = dgram.createSocket(net.isIPv6(address) ? 'udp6' : 'udp4');
    let timer = null;
    const done = (answered) => {
      clearTimeout(timer);
      socket.close(() => resolve(answered));
    };
    timer = setTimeout(() => done(false), waitMs);
    socket.once('message', () => done(true));
    socket.once('error', () => done(false));
    const labels = name.split('.').map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)]));
    // Number 1, recursion wanted, one question: the name's addresses.
    const question = Buffer.concat([Buffer.from('000101000001000000000000', 'hex'), ...labels, Buffer.from('0000010001', 'hex')]);
    socket.connect(53, address, (error) => (error ? done(false) : socket.send(question)));
  });

/** The status with which the proxy answers a request for a name; null: none came. */
const askProxy = (name, waitMs) =>
  new Promise((resolve) => {
    const socket = net.connect({ host: LOOPBACK, port: opened[0] });
    let said = '';
    const done = () => {
      resolve(Number(/^HTTP\/1\.[01] (\d{3})/.exec(said)?.[1] ?? Number.NaN) || null);
      socket.destroy();
    };
    socket.setTimeout(waitMs, done);
    socket.on('data', (bytes) => {
      said += bytes.toString('latin1');
      if (said.includes('\r\n')) done();
    });
    socket.on('error', done).on('end', done);
    socket.write(`CONNECT ${name}:443 HTTP/1.1\r\nHost: ${name}:443\r\n\r\n`);
  });

const memoryBytes = () => {
  const counted = linesOf('/sys/fs/cgroup/memory.current') ?? linesOf('/sys/fs/cgroup/memory/memory.usage_in_bytes');
  return counted === null ? process.memoryUsage.rss() : Number(counted[0]);
};

const QUESTIONS = {
  /** What the network looks like from inside. What is right is the service's to say. */
  'self-test': async ({ name, addresses, waitMs, answerMs }) => {
    const servers = [...new Set([LOOPBACK, ...resolvers()])];
    const [lookedUp, answers, tried, denied] = await Promise.all([
      lookUp(name),
      Promise.all(servers.map((server) => askNameServer(server, name, waitMs))),
      Promise.all(addresses.map((address) => tryAddress(address, waitMs))),
      askProxy(name, answerMs),
    ]);
    return { interfaces: interfaces(), routes: routes(), lookedUp, nameServers: servers.filter((_server, index) => answers[index]), tried, denied };
  },
  state: () => ({ connections: live?.connections.size ?? 0, waiting: waiting.length, memoryBytes: memoryBytes(), residentBytes: process.memoryUsage.rss() }),
};

/** The service cannot open a stream, so it is given one: a question a line, `{ id, ask, … }`, an answer a line, `{ id, … }`. */
const answerQuestions = (session) => {
  const stream = session.request({ ':method': 'POST', ':path': '/', door: 'control' }, { endStream: false });
  let held = '';
  stream.setEncoding('utf8');
  stream.on('error', ignore);
  stream.on('data', (text) => {
    const lines = (held + text).split('\n');
    held = lines.pop();
    for (const line of lines) void answer(stream, line);
  });
};

const answer = async (stream, line) => {
  const { id, ask, ...what } = JSON.parse(line);
  const said = await Promise.resolve(QUESTIONS[ask]?.(what)).catch((error) => ({ failed: String(error) }));
  if (stream.writable) stream.write(`${JSON.stringify({ id, ...said })}\n`);
};

// ── start ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

let opened = [];

const start = async () => {
  opened = await Promise.all(DOORS.map((door, index) => openDoor(door, PORTS[index])));
  // A fault in one connection must not take the network from the others for good: the session ends, and the service begins the next.
  process.on('uncaughtException', () => live?.end(true));
  process.on('unhandledRejection', () => live?.end(true));
  output.on('error', ignore);
  process.stderr.write(`relay on ${opened.join(' and ')}\n`);
  setInterval(tick, TICK_MS);
  // Into one buffer, since a frame is copied out of it; and not process.stdin, since its end is no end of ours.
  const onread = { buffer: Buffer.allocUnsafe(PAYLOAD_BYTES), callback: (length, buffer) => reader.take(buffer.subarray(0, length)) };
  new net.Socket({ fd: 0, readable: true, writable: false, onread }).on('error', ignore);
};

start().catch((error) => {
  process.stderr.write(`relay cannot start: ${error.message}\n`);
  process.exit(1);
});
