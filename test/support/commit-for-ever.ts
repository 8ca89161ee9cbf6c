import { writeSync } from 'node:fs';
import { openStore } from '../../src-main/adapters/sqlite/open-store.ts';
import { sampleBrief, sampleProject, sampleRun } from './sample-documents.ts';

/** Commits one brief with its run after the other and says each number once it is acknowledged. Ends by being killed. */
const [directory = ''] = process.argv.slice(2);
const store = openStore({ directory });
store.commit({ at: 1, events: [], projects: [sampleProject(1)] });
for (let number = store.nextBriefNumber(); ; number += 1) {
  const brief = sampleBrief(number);
  store.commit({ at: number, events: [{ subject: brief.id, type: 'created', data: { number } }], briefs: [brief], runs: [sampleRun(number, brief)] });
  store.saveProgress([{ runId: sampleRun(number, brief).id, logLength: number, logEnded: false, lastLine: '', workedMs: 0, touched: null }]);
  writeSync(1, `${number}\n`);
}
