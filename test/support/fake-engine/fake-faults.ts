import { EngineFailure, type ContainerEngine, type EngineFault } from '../../../src-main/ports/container-engine.ts';

export type EngineCall = keyof ContainerEngine;

/** What is wrong with a fake engine. Every call of it passes here first. */
export class FakeFaults {
  #gone = false;
  #hanging = false;
  readonly #pending = new Set<() => void>();
  readonly #planned: { call: EngineCall; inCalls: number; fault: EngineFault }[] = [];
  /** Every call so far, in order. */
  readonly calls: EngineCall[] = [];

  get gone(): boolean {
    return this.#gone;
  }

  setGone(gone: boolean): void {
    this.#gone = gone;
  }

  /** From now on calls get no answer; they reject with timedOut when `timeOut` is called. */
  hang(): void {
    this.#hanging = true;
  }

  timeOut(): void {
    for (const expire of [...this.#pending]) expire();
  }

  /** Answers again; what hangs already goes on hanging. */
  recover(): void {
    this.#hanging = false;
    this.#gone = false;
  }

  /** The nth call of this kind from now on (1 is the next) fails, without an effect. */
  failAt(call: EngineCall, nth: number, fault: EngineFault): void {
    this.#planned.push({ call, inCalls: nth, fault });
  }

  async pass(call: EngineCall): Promise<void> {
    this.calls.push(call);
    for (const planned of this.#planned) if (planned.call === call) planned.inCalls -= 1;
    const due = this.#planned.findIndex(({ inCalls, call: kind }) => kind === call && inCalls === 0);
    const [failing] = due < 0 ? [] : this.#planned.splice(due, 1);
    if (failing !== undefined) throw new EngineFailure(failing.fault);
    if (this.#gone) throw new EngineFailure({ kind: 'unavailable', message: 'connection refused' });
    if (!this.#hanging) return;
    await new Promise<never>((_, reject) => {
      const expire = (): void => {
        this.#pending.delete(expire);
        reject(new EngineFailure({ kind: 'timedOut', call, afterMs: 30_000 }));
      };
      this.#pending.add(expire);
    });
  }
}
