import { writeSync } from 'node:fs';
import { createLogStore } from '../../src-main/adapters/files/log-store.ts';
import { patternAt } from './byte-pattern.ts';
import { sampleRunId } from './sample-documents.ts';

/** Appends a known pattern, resumed where the log says, and says after each flush how much is safe. Ends by being killed. */
const [directory = '', segmentBytes = '65536'] = process.argv.slice(2);
const logs = createLogStore({ directory, segmentBytes: Number(segmentBytes) });
const log = await logs.open({ run: sampleRunId(1), turn: 1 });
for (let round = 0; ; round += 1) {
  for (const stream of ['stdout', 'stderr'] as const) {
    const from = log.held('work', stream);
    await log.append('work', stream, patternAt(stream, from, 1 + ((from * 7 + round) % 9_000)));
  }
  if (round % 4 !== 0) continue;
  const safe = `${log.held('work', 'stdout')} ${log.held('work', 'stderr')}\n`;
  await log.flush();
  writeSync(1, safe);
}
