import type { BlobId } from '../../contract/ids.ts';
import type { Internet, NetworkPolicy } from '../../contract/network.ts';
import type { Environment } from '../../contract/project.ts';

/** An environment with the content of the Dockerfile that it names; null: it names none, or the base has no such file. */
export interface DescribedEnvironment {
  readonly environment: Environment;
  readonly dockerfile: BlobId | null;
}

export interface NeededApproval {
  readonly field: keyof Environment;
  /** What is different, in words. */
  readonly message: string;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const WIDTH: Readonly<Record<Internet, number>> = { off: 0, allowlist: 1, full: 2 };

/** What of a list the other one does not have, in exactly the same form. */
const added = <T>(before: readonly T[], after: readonly T[]): T[] => after.filter((each) => !before.some((known) => isSame(known, each)));

const list = (names: readonly string[]): string => [...new Set(names)].join(', ');

const widerNetwork = (before: NetworkPolicy, after: NetworkPolicy): string[] => {
  const presets = added(before.presets, after.presets);
  const rules = added(before.rules, after.rules);
  const budget = (Object.keys(after.budget) as (keyof NetworkPolicy['budget'])[]).filter((name) => after.budget[name] > before.budget[name]);
  return [
    ...(WIDTH[after.mode] > WIDTH[before.mode] ? [`the internet is ${after.mode} instead of ${before.mode}`] : []),
    ...(presets.length > 0 ? [`reaches ${list(presets)}`] : []),
    ...(rules.length > 0 ? [`reaches ${list(rules.map(({ host }) => host))}`] : []),
    ...(budget.length > 0 ? [`more of ${list(budget)}`] : []),
  ];
};

const sorted = (variables: Environment['variables']): [string, string][] => Object.entries(variables).toSorted(([a], [b]) => (a < b ? -1 : 1));

/**
 * What of a described environment the user has yet to approve before it is given internet or secrets: each thing that decides what runs with
 * them, or where it may go. What only takes away needs no approval, but for the scripts: any other script is another program.
 */
export const neededApproval = (approved: DescribedEnvironment, described: DescribedEnvironment): NeededApproval[] => {
  const { environment: before } = approved;
  const { environment: after } = described;
  const when = (field: keyof Environment, isNeeded: boolean, message: string): NeededApproval[] => (isNeeded ? [{ field, message }] : []);
  const variables = sorted(after.variables).filter(([name, value]) => before.variables[name] !== value);
  const gone = Object.keys(before.variables).filter((name) => !Object.hasOwn(after.variables, name));
  const secrets = added(before.secrets, after.secrets);
  const inject = added(before.inject, after.inject);
  const services = added(before.services, after.services);
  return [
    ...when('image', before.image !== after.image, after.image === null ? 'no image of its own any more' : `the image is ${after.image}`),
    ...when('dockerfile', after.dockerfile !== null && (before.dockerfile !== after.dockerfile || approved.dockerfile !== described.dockerfile), before.dockerfile === after.dockerfile ? `${after.dockerfile} says something else` : `the image is made from ${after.dockerfile}`),
    ...when('dockerfile', after.dockerfile === null && before.dockerfile !== null, 'the image is not made from a Dockerfile any more'),
    ...when('setup', before.setup !== after.setup, 'setup is another script'),
    ...when('maintenance', before.maintenance !== after.maintenance, 'maintenance is another script'),
    ...when('setupAsRoot', after.setupAsRoot && !before.setupAsRoot, 'setup runs as root of its container'),
    ...when('variables', variables.length + gone.length > 0, `other values of ${list([...variables.map(([name]) => name), ...gone])}`),
    ...when('secrets', secrets.length > 0, `setup is given ${list(secrets.map(({ name, file }) => (file === null ? name : `${name} as ${file}`)))}`),
    ...widerNetwork(before.network, after.network).flatMap((message) => when('network', true, message)),
    ...when('inject', inject.length > 0, `the proxy adds ${list(inject.map(({ secret, header, host }) => `${secret} as ${header} for ${host}`))}`),
    ...when('services', services.length > 0, `beside a run there is ${list(services.map(({ name, image }) => `${name} (${image})`))}`),
  ];
};
