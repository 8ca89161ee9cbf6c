import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { fleetRecords } from './fleet-records.ts';
import { history } from './history.ts';
import { idle } from './idle.ts';
import { launch } from './launch.ts';
import { log } from './log.ts';
import { isMet, type Bench, type Row } from './row.ts';
import { redaction } from './redaction.ts';
import { relay } from './relay.ts';
import { seal } from './seal.ts';
import { slots } from './slots.ts';
import { windowBoard } from './window/board.ts';
import { windowLog } from './window/log.ts';
import { windowReview } from './window/review.ts';
import { windowStart } from './window/start.ts';
import { workspace } from './workspace.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  launch, slots, log, workspace, history, 'fleet-records': fleetRecords, relay, seal, redaction, idle,
  'window-start': windowStart, 'window-log': windowLog, 'window-review': windowReview, 'window-board': windowBoard,
};

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean', default: false } } });
const unknown = (values.only ?? []).filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`No measurement is called ${unknown.join(', ')}; there are: ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exit(2);
}

const verdict = (row: Row): string => {
  const met = isMet(row);
  if (row.value === null) return 'skipped';
  return met === null ? '' : met ? 'met' : 'missed';
};

const shown = ({ value, unit }: Pick<Row, 'value' | 'unit'>): string => {
  if (value === null) return '-';
  if (unit === 'ratio') return `${value.toFixed(2)} ×`;
  return unit === 'requests' ? String(value) : `${value.toFixed(1)} ${unit}`;
};

const targetOf = ({ target, unit }: Row): string => (target === null ? '' : `${target.at === 'most' ? '≤' : '≥'} ${shown({ value: target.value, unit })}`);

const print = (rows: readonly (Row & { bench: string })[]): void => {
  const cells = [
    ['measurement', 'what', 'Drydock', 'raw tool', 'measured', 'target', ''],
    ...rows.map((row) => [row.bench, row.what, row.drydock, row.raw ?? '', shown(row), targetOf(row), verdict(row)]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  for (const line of cells) process.stdout.write(`${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`);
  const notes = rows.filter((row) => row.note !== undefined);
  if (notes.length > 0) process.stdout.write('\n');
  for (const { bench, what, note } of notes) process.stdout.write(`${bench}, ${what}: ${note}\n`);
};

const rows: (Row & { bench: string })[] = [];
for (const [bench, measure] of Object.entries(BENCHES)) {
  if (values.only !== undefined && !values.only.includes(bench)) continue;
  process.stderr.write(`measuring ${bench} …\n`);
  for (const row of await measure({ quick: values.quick })) rows.push({ bench, ...row });
}
print(rows);

const results = join(import.meta.dirname, '../../test-results');
await mkdir(results, { recursive: true });
const report = {
  at: new Date().toISOString(),
  quick: values.quick,
  machine: { cpus: cpus().length, loadAverage: loadavg()[0] },
  rows: rows.map((row) => ({ ...row, met: isMet(row) })),
};
await writeFile(join(results, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
process.exit(0);
