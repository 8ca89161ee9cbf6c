import { stringify } from 'yaml';
import { z } from 'zod';
import { injectedHeader, networkBudget, networkPolicy, networkRule } from '../../contract/network.ts';
import { environment, limits, serviceSpec, servicesOf, type Environment } from '../../contract/project.ts';
import { secretName, secretUse } from '../../contract/secret.ts';
import { meantOf, namedIssue, unknownField } from '../issue-in-words.ts';
import { readYaml } from '../yaml-text.ts';
import { DEFAULT_ENVIRONMENT } from './default-environment.ts';

/** Where a repository keeps its environment. */
export const ENVIRONMENT_FILE = '.drydock/environment.yaml';

const HEADER = '# How Drydock makes the containers of this repository. Names of secrets stand here, never their values; limits only lower your own.\n';
/** Version of the file format. */
const FORMAT = 1;

/** The fields of an environment, none of them needed, none without a name. Defaults of the contract are left out here: what a file does not say stays open. */
const environmentFile = z
  .strictObject({
    drydock: z.literal(FORMAT),
    image: environment.shape.image,
    dockerfile: environment.shape.dockerfile.unwrap(),
    setup: environment.shape.setup,
    maintenance: environment.shape.maintenance.unwrap(),
    setupAsRoot: environment.shape.setupAsRoot.unwrap(),
    variables: environment.shape.variables,
    /** A bare name is a variable of setup. */
    secrets: z.array(z.union([secretName.transform((name) => ({ name, file: null })), secretUse.strict()])).max(64),
    network: networkPolicy.extend({ rules: z.array(networkRule.strict()).max(256), budget: networkBudget.strict() }).partial().strict(),
    inject: z.array(injectedHeader.strict()).max(32),
    services: servicesOf(serviceSpec.extend({ variables: serviceSpec.shape.variables.default({}) }).strict()),
    lockFiles: environment.shape.lockFiles,
    limits: limits.partial().strict(),
    warm: environment.shape.warm.unwrap(),
    setupTimeoutSeconds: environment.shape.setupTimeoutSeconds,
  })
  .partial();
export type EnvironmentFile = z.infer<typeof environmentFile>;

export type ParsedEnvironmentFile = { readonly ok: true; readonly file: EnvironmentFile } | { readonly ok: false; readonly problems: readonly string[] };

const inLine = (line: number | null, message: string): string => (line === null ? message : `line ${line}: ${message}`);

/** A few problems, each with its place; a file of nothing but nonsense is not repeated word by word. */
const MOST_PROBLEMS = 20;

const notHere = (path: readonly PropertyKey[], key: string): string =>
  path[0] === 'secrets' && /value|secret|token|password/i.test(key) ? `${[...path, key].join('.')}: a secret’s value never stands in a file; only its name and use do` : unknownField(path, key);

/** Reads an environment file. Fields that do not exist, or have the wrong form, are refused by name and line. Never throws. */
export const parseEnvironmentFile = (text: string): ParsedEnvironmentFile => {
  const yaml = readYaml(text.replace(/^\uFEFF/, ''));
  if (!yaml.ok) return { ok: false, problems: [inLine(yaml.problem.line, yaml.problem.message)] };
  const parsed = environmentFile.safeParse(yaml.value);
  if (parsed.success) return { ok: true, file: parsed.data };
  const problems = parsed.error.issues.flatMap(meantOf).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => inLine(yaml.lineOf(issue.path, key), notHere(issue.path, key)))
      : [inLine(yaml.lineOf(issue.path), namedIssue(issue, 'the file'))],
  );
  return { ok: false, problems: problems.slice(0, MOST_PROBLEMS) };
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The fields of a map that are not as by default. */
const changed = <T extends object>(value: T, usual: T): Partial<T> => {
  const fields = (Object.keys(value) as (keyof T)[]).filter((key) => !isSame(value[key], usual[key]));
  return Object.fromEntries(fields.map((key) => [key, value[key]])) as Partial<T>;
};

const ORDER = ['image', 'dockerfile', 'setup', 'maintenance', 'setupAsRoot', 'variables', 'secrets', 'network', 'inject', 'services', 'lockFiles', 'limits', 'warm', 'setupTimeoutSeconds'] as const satisfies readonly (keyof Environment)[];

/** Writes an environment as YAML: what is not as by default, and setup. `parseEnvironmentFile` gives the same back. */
export const writeEnvironmentFile = (made: Environment): string => {
  const fields: Record<string, unknown> = {
    ...changed(made, DEFAULT_ENVIRONMENT),
    setup: made.setup,
    network: changed(made.network, DEFAULT_ENVIRONMENT.network),
    limits: changed(made.limits, DEFAULT_ENVIRONMENT.limits),
    secrets: made.secrets.map(({ name, file }) => (file === null ? name : { name, file })),
  };
  const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  const kept = ORDER.filter((key) => fields[key] !== undefined && !isEmpty(fields[key]));
  return HEADER + stringify({ drydock: FORMAT, ...Object.fromEntries(kept.map((key) => [key, fields[key]])) }, { lineWidth: 0 });
};
