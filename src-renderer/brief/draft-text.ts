import { z } from 'zod';
import { briefText, check, type BriefText } from '../../src-main/contract/brief.ts';
import { issueInWords } from '../../src-main/domain/issue-in-words.ts';

const typed = z.array(z.string());

/** A brief while it is typed: the same form, with rows that are still empty and folders that still end in a slash. */
export const draftText = briefText.extend({
  goal: z.string(),
  context: z.string(),
  constraints: z.string(),
  scope: z.strictObject({ inPlay: typed, offLimits: typed, workingDirectory: z.string() }),
  checks: z.array(check.extend({ command: z.string(), keep: typed })),
  criteria: typed,
  labels: typed,
});

export type Sendable = { readonly ok: true; readonly text: BriefText } | { readonly ok: false; readonly message: string };

const FIELD: Readonly<Record<string, string>> = {
  goal: 'Goal',
  context: 'Context',
  scope: 'Scope',
  constraints: 'Constraints',
  checks: 'Checks',
  criteria: 'Criteria',
  output: 'Output',
  runsWith: 'Runs with',
  stopCondition: 'Stop condition',
  timeBudgetMinutes: 'Time budget',
  labels: 'Labels',
  after: 'After',
  attachments: 'Attachments',
};

const SCOPE: Readonly<Record<string, string>> = { inPlay: 'In play', offLimits: 'Off limits', workingDirectory: 'Working directory' };

/** What a field of the contract is called on screen. */
const fieldWord = (field: string): string => FIELD[field] ?? field;

/** The same for a place within one. */
const placeWord = ([field, part]: readonly PropertyKey[]): string => {
  if (field === 'scope') return SCOPE[String(part)] ?? 'Scope';
  if (field === 'checks' && typeof part === 'number') return `Check ${part + 1}`;
  return fieldWord(String(field ?? 'The brief'));
};

/** The working directory that a draft means: as it is typed it may still begin with ./ or end in a slash. */
export const folderOf = (draft: BriefText): string => draft.scope.workingDirectory.trim().replace(/^(\.\/)+/, '').replace(/\/+$/, '');

/** The brief that a draft means, without what is only begun; or which field cannot be sent, and why. */
export const sendable = (draft: BriefText): Sendable => {
  const parsed = briefText.safeParse({
    ...draft,
    scope: { ...draft.scope, workingDirectory: folderOf(draft) },
    checks: draft.checks.filter((each) => each.command.trim() !== ''),
  });
  if (parsed.success) return { ok: true, text: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, message: `${placeWord(issue?.path ?? [])} ${issue ? issueInWords(issue) : 'cannot be saved like this'}.` };
};

/** The six fields and the rest in which two texts differ, as the screen names them. */
export const differences = (a: BriefText, b: BriefText): string[] => {
  const of: Readonly<Record<string, unknown>> = b;
  return Object.entries(a).flatMap(([field, value]) => (JSON.stringify(value) === JSON.stringify(of[field]) ? [] : [fieldWord(field)]));
};

/** Whether two texts say the same. Both come from one schema, so that their fields stand in one order. */
export const sameText = (a: BriefText, b: BriefText): boolean => JSON.stringify(a) === JSON.stringify(b);
