import type { Duplex } from 'node:stream';
import type { FrozenNetwork } from '../../../contract/network.ts';
import type { Clock } from '../../../ports/surroundings.ts';
import type { Authority } from './authority.ts';
import type { Budget } from './budget.ts';
import type { Ledger } from './ledger.ts';

/** Every address of a name. Rejects with the system's code when there is none. */
export type Resolve = (name: string) => Promise<readonly string[]>;
/** Connects to an address; resolves when the connection stands. */
export type Dial = (to: { readonly address: string; readonly port: number }) => Promise<Duplex>;

/** Replaces secrets in one stream of bytes by as many others, whatever pieces they come in. */
export interface Redactor {
  push(bytes: Buffer): Buffer;
  end(): Buffer;
}
export type Redact = (secrets: readonly string[]) => Redactor;

/** What the parts of one run's proxy share. */
export interface ProxyContext {
  readonly network: FrozenNetwork;
  readonly secrets: ReadonlyMap<string, string>;
  readonly budget: Budget;
  readonly ledger: Ledger;
  readonly authority: Authority | null;
  readonly resolve: Resolve;
  readonly dial: Dial;
  readonly redact: Redact;
  /** Certificate authorities that hosts of the world are verified by. */
  readonly trust: () => readonly string[];
  readonly clock: Clock;
}
