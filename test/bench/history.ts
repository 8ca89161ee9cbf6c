import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DURABLE, pathIn } from '../../src-main/adapters/sqlite/places.ts';
import { historyStatement } from '../../src-main/adapters/sqlite/history.ts';
import { openStore } from '../../src-main/adapters/sqlite/open-store.ts';
import type { HistoryQuery } from '../../src-main/contract/endpoints.ts';
import { sampleBrief, sampleProject, sampleProjectId, sampleRun } from '../support/sample-documents.ts';
import { inMs, median, timed, type Bench, type Row } from './row.ts';

const execute = promisify(execFile);
const RUNS = 10_000;

const QUERIES: readonly { readonly what: string; readonly query: HistoryQuery }[] = [
  { what: 'the newest 100', query: { limit: 100 } },
  { what: 'the newest 500 failed ones of a project', query: { limit: 500, projectId: sampleProjectId(1), states: ['failed'] } },
];

/** The statement as text, its values in place. */
const asText = (query: HistoryQuery): string => {
  const { page, values } = historyStatement(query, null);
  const all = [...values, query.limit];
  return page.replace(/\?/g, () => {
    const value = all.shift() ?? 0;
    return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
  });
};

const hasShell = (): Promise<boolean> => execute('sqlite3', ['--version']).then(() => true, () => false);

/** Milliseconds of one statement in the shell: many of them in one process, without what none of them takes. */
const inShell = async (database: string, statement: string, script: string, times: number): Promise<number> => {
  const run = async (count: number): Promise<number> => {
    await writeFile(script, `.mode list\n.output /dev/null\n${`${statement};\n`.repeat(count)}`);
    return timed(() => execute('sqlite3', ['-readonly', database, `.read ${script}`]));
  };
  const startup = median([await run(0), await run(0), await run(0)]);
  return ((await run(times)) - startup) / times;
};

/** The history of 10,000 runs through the store's own thread, beside the same statement in the sqlite3 shell. */
export const history: Bench = async ({ quick }) => {
  const times = quick ? 50 : 500;
  const directory = await mkdtemp(join(tmpdir(), 'drydock-bench-'));
  const store = openStore({ directory });
  try {
    store.commit({ at: 0, events: [], projects: [sampleProject(1), sampleProject(2)] });
    for (let from = 1; from <= RUNS; from += 500) {
      const numbers = Array.from({ length: 500 }, (_, index) => from + index);
      const briefs = numbers.map((number) => sampleBrief(number, `goal ${number} in a few words`, (number % 2) + 1));
      const runs = briefs.map((brief) => sampleRun(brief.number, brief, {
        endedAt: 9_000 + brief.number,
        state: brief.number % 3 === 0 ? { name: 'failed', phase: 'working', reason: { kind: 'commandFailed', exitCode: 1, outOfMemory: false } } : { name: 'reviewable' },
      }));
      store.commit({ at: from, events: [], briefs, runs });
    }
    const rows: Row[] = [];
    const shell = await hasShell();
    for (const { what, query } of QUERIES) {
      const { runs } = await store.history(query);
      const row = { what: `history of ${RUNS} runs, ${what}`, unit: 'ratio', target: { at: 'most', value: 2 } } as const;
      const own: number[] = [];
      const other: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        own.push((await timed(async () => {
          for (let done = 0; done < times; done += 1) await store.history(query);
        })) / times);
        if (shell) other.push(await inShell(pathIn(directory, DURABLE), asText(query), join(directory, 'script.sql'), times));
      }
      const drydock = `${inMs(median(own))} (${runs.length} rows)`;
      if (shell) rows.push({ ...row, drydock, raw: `sqlite3 shell ${inMs(median(other))}`, value: median(own) / median(other), note: 'a query asked and answered through the store’s thread, one after the other' });
      else rows.push({ ...row, drydock, raw: null, value: null, note: 'skipped: there is no sqlite3 on this machine' });
    }
    return rows;
  } finally {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
};
