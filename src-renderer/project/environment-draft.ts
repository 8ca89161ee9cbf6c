import { z } from 'zod';
import { DEFAULT_NETWORK, injectedHeader, networkPolicy, networkRule } from '../../src-main/contract/network.ts';
import { environment as environmentSchema, serviceSpec, type Environment } from '../../src-main/contract/project.ts';
import { issueInWords } from '../../src-main/domain/issue-in-words.ts';
import { canonicalNetwork, wrongNetworkRows } from './network-mistakes.ts';
import { serviceDraftOf, serviceOf, wrongServiceFields, type ServiceDraft } from './service-draft.ts';
import { readVariables, variableLines } from './variable-lines.ts';

/** An environment while it is typed: the same, with its variables as the lines that they are typed as, also those of its services. */
export interface EnvironmentDraft {
  readonly environment: Environment;
  readonly variables: string;
  readonly services: readonly ServiceDraft[];
}

export const draftOf = (environment: Environment): EnvironmentDraft => ({
  environment,
  variables: variableLines(environment.variables),
  services: environment.services.map(serviceDraftOf),
});

/** What is wrong with the draft, by field, in words; what is in rows is said by each of them. */
export type Mistakes = Readonly<Partial<Record<'image' | 'variables' | 'setup' | 'lockFiles' | 'limits' | 'secrets' | 'network', string>>>;

export interface ReadDraft {
  readonly environment: Environment;
  readonly mistakes: Mistakes;
  /** How many fields and rows have to be corrected. */
  readonly wrong: number;
}

/** The environment that a draft means, and what keeps it from being saved. */
export const readDraft = (draft: EnvironmentDraft): ReadDraft => {
  const { variables, mistake } = readVariables(draft.variables);
  const environment = { ...draft.environment, ...canonicalNetwork(draft.environment), variables, services: draft.services.map(serviceOf) };
  const parsed = environmentSchema.safeParse(environment);
  const mistakes: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) {
    const words = issueInWords(issue);
    mistakes[String(issue.path[0])] ??= `${words[0]?.toUpperCase()}${words.slice(1)}.`;
  }
  if (mistake !== undefined) mistakes['variables'] = mistake;
  const [rows, fields] = [wrongNetworkRows(environment), wrongServiceFields(draft.services)];
  // What the schema says of a row is said, and counted, by the row.
  const told = [...(rows > 0 ? ['network', 'inject'] : []), ...(fields > 0 ? ['services'] : [])];
  for (const field of told) delete mistakes[field];
  return { environment, mistakes, wrong: Object.keys(mistakes).length + rows + fields };
};

const key = (projectId: string): string => `drydock.environment.${projectId}`;

/** What was typed and not saved yet, and the environment that it was made from (null: not known any more). */
export interface KeptDraft {
  readonly draft: EnvironmentDraft;
  readonly from: Environment | null;
}

/** Keeps what was typed over a reload, until it is saved. A full or forbidden storage must not stop the typing. */
export const keepEnvironment = (projectId: string, kept: KeptDraft | null): void => {
  try {
    if (kept) localStorage.setItem(key(projectId), JSON.stringify(kept));
    else localStorage.removeItem(key(projectId));
  } catch {
    // It is still on screen.
  }
};

const looseNetwork = networkPolicy.extend({ rules: z.array(networkRule.extend({ host: z.string(), port: z.number().nullable() })) }).default(DEFAULT_NETWORK);
const looseHeaders = z.array(injectedHeader.extend({ host: z.string(), header: z.string() })).default([]);

const looseService = serviceSpec.extend({ name: z.string(), image: z.string(), variables: z.string(), health: z.string() });

/** Typed values may not be saveable yet: image, variables and hosts are kept as they were typed. */
const loose = z.object({
  draft: z.object({ environment: environmentSchema.extend({ image: z.string().nullable(), variables: z.unknown(), network: looseNetwork, inject: looseHeaders }), variables: z.string(), services: z.array(looseService).optional() }),
  from: environmentSchema.nullable().catch(null),
});

/** What was typed and never saved; null when there is none, or when it is of another form. */
export const keptEnvironment = (projectId: string): KeptDraft | null => {
  try {
    const kept = loose.safeParse(JSON.parse(localStorage.getItem(key(projectId)) ?? 'null'));
    if (!kept.success) return null;
    const { draft, from } = kept.data;
    return { draft: { ...draft, environment: { ...draft.environment, variables: {} }, services: draft.services ?? draft.environment.services.map(serviceDraftOf) }, from };
  } catch {
    return null;
  }
};
