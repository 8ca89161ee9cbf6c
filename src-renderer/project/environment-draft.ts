import { environment as environmentSchema, type Environment } from '../../src-main/contract/project.ts';

/** An environment while it is typed: the same, with its variables as the lines that they are typed as. */
export interface EnvironmentDraft {
  readonly environment: Environment;
  readonly variables: string;
}

export const draftOf = (environment: Environment): EnvironmentDraft => ({
  environment,
  variables: Object.entries(environment.variables).map(([name, value]) => `${name}=${value}`).join('\n'),
});

/** What is wrong with the draft, by field, in words. */
export type Mistakes = Readonly<Partial<Record<'image' | 'variables' | 'setup' | 'lockFiles' | 'limits', string>>>;

export interface ReadDraft {
  readonly environment: Environment;
  readonly mistakes: Mistakes;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

const readVariables = (text: string): { variables: Environment['variables']; mistake: string | undefined } => {
  const variables: Record<string, string> = {};
  let mistake: string | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const cut = line.indexOf('=');
    const name = (cut < 0 ? line : line.slice(0, cut)).replace(/^\s*export\s+/, '').trim();
    if (!NAME.test(name)) mistake ??= `Line ${at + 1}: a name has letters, digits and underscores, and begins with no digit.`;
    else if (Object.hasOwn(variables, name)) mistake ??= `Line ${at + 1}: ${name} stands twice.`;
    else variables[name] = cut < 0 ? '' : line.slice(cut + 1);
  }
  return { variables, mistake };
};

/** The environment that a draft means, and what keeps it from being saved. */
export const readDraft = (draft: EnvironmentDraft): ReadDraft => {
  const { variables, mistake } = readVariables(draft.variables);
  const environment = { ...draft.environment, variables };
  const parsed = environmentSchema.safeParse(environment);
  const mistakes: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) mistakes[String(issue.path[0])] ??= `${issue.message[0]?.toUpperCase()}${issue.message.slice(1)}.`;
  if (mistake !== undefined) mistakes['variables'] = mistake;
  return { environment, mistakes };
};

const key = (projectId: string): string => `drydock.environment.${projectId}`;

/** Keeps what was typed over a reload, until it is saved. A full or forbidden storage must not stop the typing. */
export const keepEnvironment = (projectId: string, draft: EnvironmentDraft | null): void => {
  try {
    if (draft) localStorage.setItem(key(projectId), JSON.stringify(draft));
    else localStorage.removeItem(key(projectId));
  } catch {
    // It is still on screen.
  }
};

/** What was typed and never saved; null when there is none, or when it is of another form. */
export const keptEnvironment = (projectId: string): EnvironmentDraft | null => {
  try {
    const kept = JSON.parse(localStorage.getItem(key(projectId)) ?? 'null') as Partial<EnvironmentDraft> | null;
    const loose = environmentSchema.omit({ image: true, variables: true }).safeParse(kept?.environment);
    const image = kept?.environment?.image;
    if (!loose.success || typeof kept?.variables !== 'string') return null;
    return { environment: { ...loose.data, image: typeof image === 'string' ? image : null, variables: {} }, variables: kept.variables };
  } catch {
    return null;
  }
};
