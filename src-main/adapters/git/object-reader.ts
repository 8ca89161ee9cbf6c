import { failure, gitFailure } from './git-failure.ts';
import type { GitPlace } from './git-place.ts';
import { type RunningGit, startGit } from './run-git.ts';

/** The content of many objects in the order asked for, from one `cat-file --batch`, never more than a few chunks in memory. */
export class ObjectReader {
  readonly #git: RunningGit;
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(place: GitPlace, ids: Iterable<string>) {
    this.#git = startGit(place, ['cat-file', '--batch', '--buffer']);
    this.#chunks = this.#git.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    void ask(this.#git, ids);
  }

  /** The next object's size; its content must be read before the one after it. */
  async next(): Promise<number> {
    let end = this.#held.indexOf(0x0a);
    while (end === -1) {
      if (!(await this.#more())) throw await this.#broken();
      end = this.#held.indexOf(0x0a);
    }
    const answer = this.#held.toString('latin1', 0, end);
    this.#held = this.#held.subarray(end + 1);
    const [id, type, size] = answer.split(' ');
    if (size === undefined) {
      throw failure('gitFailed', `The object ${id} is ${type}.`, 'Run git fsck in the repository.', { object: id ?? '' });
    }
    return Number(size);
  }

  /** The content of the object that `next` announced, in pieces. */
  async *content(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      if (this.#held.length === 0 && !(await this.#more())) throw await this.#broken();
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
    if (this.#held.length === 0 && !(await this.#more())) throw await this.#broken();
    this.#held = this.#held.subarray(1);
  }

  /** Ends the process, whatever it is doing. */
  close(): void {
    this.#git.kill();
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
    return true;
  }

  async #broken(): Promise<Error> {
    return gitFailure(this.#git.verb, await this.#git.ended, this.#git.stderr());
  }
}

/** Ids written to git at a time. */
const batch = 1_000;

/** Ids go in while contents come out; neither waits for the other but through the pipe. */
async function ask(git: RunningGit, ids: Iterable<string>): Promise<void> {
  let lines: string[] = [];
  const send = async (): Promise<void> => {
    const text = lines.join('');
    lines = [];
    if (git.stdin.destroyed || git.stdin.write(text)) return;
    await new Promise<void>((settle) => {
      git.stdin.once('drain', settle);
      git.stdin.once('close', settle);
    });
  };
  for (const id of ids) {
    lines.push(`${id}\n`);
    if (lines.length >= batch) await send();
  }
  if (lines.length > 0) await send();
  git.stdin.end();
}
