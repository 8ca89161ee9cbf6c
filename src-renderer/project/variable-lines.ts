import type { Environment } from '../../src-main/contract/project.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Variables as the lines that they are typed as. */
export const variableLines = (variables: Environment['variables']): string =>
  Object.entries(variables).map(([name, value]) => `${name}=${value}`).join('\n');

/** What typed lines mean, and what is wrong with the first that means nothing. */
export const readVariables = (text: string): { variables: Environment['variables']; mistake: string | undefined } => {
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
