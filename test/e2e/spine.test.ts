import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';

describe('the spine, in real containers', () => {
  let test: TestDrydock;
  beforeAll(async () => {
    test = await startDrydock();
  });
  afterAll(() => test.dispose());

  it('runs a sample brief, checks it on both sides and shows the diff', async () => {
    const { client } = test;
    const project = await client.projects.addSample({ commandId: newCommand() });
    const brief = await client.briefs.find({ number: 1 });
    expect(brief.projectId).toBe(project.id);
    const launched = await client.briefs.launch({ commandId: newCommand(), briefId: brief.id });
    const run = await runEnd(test, launched.id);
    expect(run.state).toEqual({ name: 'reviewable' });
    const { files } = await client.runs.changes({ runId: run.id });
    expect(files.map((file) => [file.kind, file.path, file.additions, file.deletions])).toEqual([['modified', 'src/price.js', 1, 1]]);
    const evidence = await client.runs.evidence({ runId: run.id });
    expect(evidence.items.map((item) => item.verdict)).toEqual(['passed']);
    expect((await wholeLog(test, run.id, 'work')).toString()).toMatch(/Looking for Math.floor[\s\S]*Done\n$/);
    // What only the log says: the test runner's own words.
    await expect.poll(async () => (await client.history.query({ text: 'duration_ms', limit: 10 })).runs.map(({ runId, files: changed }) => [runId, changed]), { timeout: 15_000 }).toEqual([[run.id, 1]]);
    // A run has ended a moment before the last of its containers is removed.
    await expect.poll(() => test.labelled(), { timeout: 15_000 }).toEqual({ containers: [], images: [] });
  });
});
