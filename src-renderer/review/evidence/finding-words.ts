import type { Finding, FindingKind } from '../../../src-main/contract/result.ts';

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
  { kind: 'binary', severity: 'look', title: 'Binary file', why: 'It cannot be read as text.' },
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

/** How many findings ask for a look; notes do not. */
export const countFindings = (findings: readonly Finding[]): { readonly high: number; readonly all: number } => {
  const groups = groupFindings(findings).filter(({ severity }) => severity !== 'note');
  const sum = (of: readonly FindingGroup[]): number => of.reduce((total, group) => total + group.findings.length, 0);
  return { high: sum(groups.filter(({ severity }) => severity === 'high')), all: sum(groups) };
};
