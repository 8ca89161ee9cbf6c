import type { Finding, FindingKind } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { isFindingOut } from '../../src-main/domain/review/left-out.ts';

export type Severity = 'high' | 'look' | 'note';

/** Each kind of finding in plain words, the gravest first. */
const KINDS: readonly { readonly kind: FindingKind; readonly severity: Severity; readonly title: string; readonly why: string }[] = [
  { kind: 'secret', severity: 'high', title: 'Looks like a secret', why: 'What lands in a repository stays in its history.' },
  { kind: 'runsOnYourMachine', severity: 'high', title: 'Runs on your machine', why: 'Hooks, scripts of packages and settings of editors run outside of the container once this is landed.' },
  { kind: 'weakenedTest', severity: 'high', title: 'A test says less than before', why: 'Checks that pass may pass because of it.' },
  { kind: 'invisibleCharacter', severity: 'high', title: 'Invisible characters', why: 'The text may read as something else than it is.' },
  { kind: 'nestedRepository', severity: 'high', title: 'A repository within', why: 'It is not part of the result.' },
  { kind: 'commandFailed', severity: 'look', title: 'The command failed', why: 'The result may be partial.' },
  { kind: 'skippedTest', severity: 'look', title: 'A test is skipped', why: 'It no longer speaks for the result.' },
  { kind: 'outOfScope', severity: 'look', title: 'Outside of the scope', why: 'The brief did not ask for changes here.' },
  { kind: 'dependency', severity: 'look', title: 'Dependencies changed', why: 'Code of others comes in or goes.' },
  { kind: 'leftOut', severity: 'look', title: 'Left out of the result', why: '' },
  { kind: 'largeFile', severity: 'look', title: 'Large file', why: '' },
  { kind: 'binary', severity: 'look', title: 'Binary file', why: 'It is not shown as text.' },
  { kind: 'note', severity: 'note', title: 'Notes', why: '' },
];

export interface FindingGroup {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly findings: readonly Finding[];
}

/** Findings by kind, the gravest kinds first. */
export const groupFindings = (findings: readonly Finding[]): FindingGroup[] =>
  KINDS.map((kind) => ({ ...kind, findings: findings.filter((finding) => finding.kind === kind.kind) })).filter((group) => group.findings.length > 0);

const SEVERITY = new Map(KINDS.map(({ kind, severity }) => [kind, severity]));

export interface FindingCount {
  readonly high: number;
  readonly all: number;
  /** Red where one of them is grave. */
  readonly tone: 'red' | 'amber';
}

/** How many findings ask for a look, and their colour wherever they are counted; notes ask for none. */
export const countFindings = (findings: readonly Finding[]): FindingCount => {
  const is = (severity: Severity): number => findings.filter(({ kind }) => SEVERITY.get(kind) === severity).length;
  const high = is('high');
  return { high, all: high + is('look'), tone: high > 0 ? 'red' : 'amber' };
};

/** What was found in what is chosen of a run's result: what is left out is not counted. */
export const findingsOf = (run: Run): readonly Finding[] => run.turns.at(-1)?.result?.findings.filter((finding) => !isFindingOut(finding, run)) ?? [];
