import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areas, type AttackCase } from './cases.ts';

/** The table stands between these in the document. */
const FROM = '<!-- cases: `npm run test:attacks -- --write` writes what follows -->';
const TO = '<!-- end of cases -->';
const DOCUMENT = join(import.meta.dirname, '../../docs/security.md');

const short = (file: string): string => file.replace(/^test\//, '').replace(/\.test\.ts$/, '');
const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);

const row = ({ tried, outcome, proofs, without = [] }: AttackCase): string =>
  `| ${cell(tried)} | ${cell(outcome)} | ${without.map(cell).join('; ') || '–'} | ${proofs.map(({ file, test }) => cell(`${short(file)} “${test}”`)).join('; ')} |`;

/** Every case as Markdown. */
export const securityTable = (): string =>
  areas.map(({ title, cases }) => [`### ${title}`, '', '| case | outcome | succeeds without | tried by |', '|---|---|---|---|', ...cases.map(row)].join('\n')).join('\n\n');

/** The document, and what it would be with the table as it is. */
export const securityDocument = (): { readonly path: string; readonly now: string; readonly wanted: string } => {
  const now = readFileSync(DOCUMENT, 'utf8');
  const [before, after] = [now.indexOf(FROM), now.indexOf(TO)];
  if (before === -1 || after === -1) throw new Error(`${DOCUMENT} has no place for the table: ${FROM} … ${TO}`);
  return { path: DOCUMENT, now, wanted: `${now.slice(0, before)}${FROM}\n\n${securityTable()}\n\n${now.slice(after)}` };
};
