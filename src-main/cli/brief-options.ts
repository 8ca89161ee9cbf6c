import { briefText, type BaseChoice, type BriefText } from '../contract/brief.ts';
import { issuesInWords } from '../domain/issue-in-words.ts';
import { wrongUse } from './failure.ts';

/** What the command line can say about a brief; it goes before what the brief's file says. */
export interface BriefOptions {
  readonly script?: string;
  readonly goal?: string;
  readonly check?: readonly string[];
  readonly failsThenPasses?: readonly string[];
  readonly checkTimeout?: string;
  readonly base?: string;
  readonly directory?: string;
  readonly timeBudget?: string;
  readonly internet?: 'off' | 'allow' | 'full';
}

/** Longest goal made of a command, in characters: it is a card's title. */
const TITLE = 120;

/** The brief that the options make of a file's brief, or of nothing. Refuses what the contract does not allow. */
export function briefOf(file: BriefText | undefined, options: BriefOptions): BriefText {
  const start = file ?? briefText.parse({});
  const timeoutSeconds = options.checkTimeout === undefined ? {} : { timeoutSeconds: Number(options.checkTimeout) };
  const checksOf = (commands: readonly string[] | undefined, expect: string) =>
    (commands ?? []).map((command) => ({ command, expect, ...timeoutSeconds }));
  const made = {
    ...start,
    goal: options.goal ?? (start.goal || titleOf(options.script)),
    scope: { ...start.scope, ...(options.directory === undefined ? {} : { workingDirectory: options.directory.replace(/^\.\/?|\/+$/g, '') }) },
    checks: [...start.checks, ...checksOf(options.check, 'passes'), ...checksOf(options.failsThenPasses, 'failsThenPasses')],
    ...(options.timeBudget === undefined ? {} : { timeBudgetMinutes: Number(options.timeBudget) }),
    runsWith: {
      ...start.runsWith,
      ...(options.script === undefined ? {} : { mode: 'script', command: options.script }),
      ...(options.base === undefined ? {} : { base: baseOf(options.base) }),
      ...(options.internet === undefined ? {} : { internet: options.internet === 'allow' ? 'allowlist' : options.internet }),
    },
  };
  const parsed = briefText.safeParse(made);
  if (parsed.success) return parsed.data;
  throw wrongUse(`This makes no brief: ${issuesInWords(parsed.error.issues, 'the brief').join('; ')}.`, 'Correct the option; `drydock run --help` lists them.');
}

function titleOf(script: string | undefined): string {
  const first = (script ?? '').split('\n', 1)[0] ?? '';
  return first.length <= TITLE ? first : `${first.slice(0, TITLE - 1)}…`;
}

/** `head`, `working-tree`, `branch:NAME`, `commit:ID`; a bare word is a commit when it looks like one, else a branch. */
export function baseOf(word: string): BaseChoice {
  if (word === 'head' || word === 'HEAD') return { kind: 'head' };
  if (word === 'working-tree') return { kind: 'workingTree' };
  const [, kind, rest = ''] = /^(branch|commit):(.*)$/.exec(word) ?? [];
  if (kind === 'branch') return { kind: 'branch', name: rest };
  if (kind === 'commit') return { kind: 'commit', commit: rest };
  return /^[0-9a-f]{7,64}$/.test(word) ? { kind: 'commit', commit: word } : { kind: 'branch', name: word };
}
