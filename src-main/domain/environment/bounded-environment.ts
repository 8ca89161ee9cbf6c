import type { NetworkBudget } from '../../contract/network.ts';
import type { Environment, Limits } from '../../contract/project.ts';
import { DEFAULT_ENVIRONMENT } from './default-environment.ts';
import type { EnvironmentFile } from './environment-file.ts';

export interface BoundedEnvironment {
  readonly environment: Environment;
  /** What the file asks for beyond the user's own limits, and does not get. */
  readonly problems: readonly string[];
}

/** The smaller of two numbers for each name; a larger wish is told. */
const smaller = <T extends Record<string, number>>(own: T, asked: { readonly [Name in keyof T]?: number | undefined }, told: (name: string, wish: number, limit: number) => void): T =>
  Object.fromEntries(
    Object.entries(own).map(([name, limit]) => {
      const wish = asked[name] ?? limit;
      if (wish > limit) told(name, wish, limit);
      return [name, Math.min(wish, limit)];
    }),
  ) as T;

/**
 * The environment that a repository's file describes, within what the user has: limits, the network's budget, containers made ahead and
 * the time for setup are the smaller ones, and stay the user's own where the file is silent. Everything else it does not name is as by default.
 */
export const boundedEnvironment = (file: EnvironmentFile, own: Environment): BoundedEnvironment => {
  const problems: string[] = [];
  const told = (prefix: string) => (name: string, wish: number, limit: number): void => {
    problems.push(`${prefix}${name}: the file asks for ${wish}; yours is ${limit}, and that holds`);
  };
  const { drydock: _format, limits = {}, network = {}, warm, setupTimeoutSeconds, ...described } = file;
  const { budget = {}, ...policy } = network;
  const named = Object.fromEntries(Object.entries({ warm, setupTimeoutSeconds }).filter(([, value]) => value !== undefined));
  const counts = smaller({ warm: own.warm, setupTimeoutSeconds: own.setupTimeoutSeconds }, named, told(''));
  return {
    environment: {
      ...DEFAULT_ENVIRONMENT,
      ...withoutUndefined(described),
      network: { ...DEFAULT_ENVIRONMENT.network, ...withoutUndefined(policy), budget: smaller<NetworkBudget>(own.network.budget, budget, told('network.budget.')) },
      limits: smaller<Limits>(own.limits, limits, told('limits.')),
      ...counts,
    },
    problems,
  };
};

type Defined<T> = { [Name in keyof T]: Exclude<T[Name], undefined> };

const withoutUndefined = <T extends object>(value: T): Partial<Defined<T>> => Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<Defined<T>>;
