import { Readable } from 'node:stream';
import { gitFailure } from './git-failure.ts';
import type { GitPlace } from './git-place.ts';
import { runGit, startGit } from './run-git.ts';

/** Below this number of objects they are stored one by one, so that small increments do not leave a pack each. git's own limit for a push. */
const looseLimit = 100;

export interface Transfer {
  /** Where the objects are readable, including those of `without`. */
  readonly from: GitPlace;
  readonly to: GitPlace;
  /** Commits or trees whose objects are wanted. */
  readonly wanted: readonly string[];
  /** Commits or trees whose objects the receiver has, every one. */
  readonly without: readonly string[];
}

/** Copies what `wanted` reaches and `without` does not. Safe beside others: objects appear whole or not at all. */
export async function transferObjects({ from, to, wanted, without }: Transfer): Promise<void> {
  const sender = startGit(from, ['pack-objects', '--revs', '--stdout', '--thin', '--delta-base-offset', '--quiet']);
  try {
    sender.stdin.end([...wanted, ...without.map((id) => `^${id}`), ''].join('\n'));
    const { objects, pack } = await readPackHeader(sender.stdout);
    if (objects === null) {
      throw gitFailure(sender.verb, await sender.ended, sender.stderr());
    }
    const receive = objects < looseLimit ? ['unpack-objects', '-q'] : ['index-pack', '--stdin', '--fix-thin'];
    const [exitCode] = await Promise.all([sender.ended, objects === 0 ? drain(pack) : runGit(to, receive, { input: pack })]);
    if (exitCode !== 0) throw gitFailure(sender.verb, exitCode, sender.stderr());
  } finally {
    sender.kill();
  }
}

/** Bytes of a pack's header: signature, version, number of objects (gitformat-pack). */
const packHeaderBytes = 12;

/** The number of objects that a pack announces, and the whole pack; null when the stream ends before it is said. */
export async function readPackHeader(source: Readable): Promise<{ objects: number | null; pack: Readable }> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let head = Buffer.alloc(0);
  while (head.length < packHeaderBytes) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const announced = head.length >= packHeaderBytes && head.toString('latin1', 0, 4) === 'PACK';
  return { objects: announced ? head.readUInt32BE(8) : null, pack: Readable.from(joined(head, chunks), { objectMode: false }) };
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function drain(stream: Readable): Promise<void> {
  for await (const _ of stream) void _;
}
