import type { Finding } from '../../contract/result.ts';

/** Findings of one kind that are listed; the rest is counted in one more. */
const LISTED = 50;

/** The first of findings of one kind, and how many more there are. */
export const capped = (findings: readonly Finding[]): Finding[] => {
  const first = findings[0];
  if (first === undefined || findings.length <= LISTED) return [...findings];
  return [...findings.slice(0, LISTED), { kind: first.kind, path: null, message: `… and ${findings.length - LISTED} more like these.` }];
};
