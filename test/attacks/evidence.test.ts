import { afterAll, beforeAll, expect, it } from 'vitest';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

let test: TestDrydock;
let small: SmallProject;
beforeAll(async () => {
  test = await startDrydock();
  small = await addSmallProject(test);
});
afterAll(async () => {
  await test.dispose();
  await small.remove();
});

/** A liar in every place outside of the workspace that a test command could meet, and in what it says; tests that are taken away, skipped and weakened. */
const FORGE = String.raw`
mkdir -p ~/.local/bin ~/bin ~/.config/npm
printf '#!/bin/sh\necho PASS; exit 0\n' | tee /tmp/liar ~/.local/bin/node ~/.local/bin/npm > ~/bin/node; chmod +x /tmp/liar ~/.local/bin/* ~/bin/node
echo 'script-shell=/tmp/liar' > ~/.npmrc
echo 'exec /tmp/liar' | tee ~/.bashrc ~/.profile > ~/.bash_profile
echo 'PASS'; echo '# tests 3'; echo '# pass 3'; echo '# fail 0'
echo 'export const total = () => Number.NaN;' > src/price.js
sed -i "s/^test('rounds/test.skip('rounds/; s/assert.equal(total(\[{ price: 1.15, count: 1 }\]), 1.15)/assert.ok(true)/" tests/*
`;

it('a forged test runner, a false “PASS” and edited tests change no outcome of a check, and the edits are named', async () => {
  const launched = await small.script(FORGE, {
    checks: [{ command: 'npm test' }, { command: 'echo "PASS 3 of 3"; exit 1' }, { command: 'for each in /tmp/liar ~/.npmrc ~/.bash_profile ~/bin ~/.local; do ls -d "$each"; done 2>/dev/null | grep . && exit 1; echo clean' }],
  });
  const run = await runEnd(test, launched.id);
  expect(run.state).toEqual({ name: 'reviewable' });
  expect((await wholeLog(test, run.id, 'work')).toString()).toContain('# pass 3');
  const outcomes = run.turns[0]?.checks.filter(({ side }) => side === 'result').map(({ check, exitCode }) => [check, exitCode]);
  expect(outcomes).toEqual([[0, 1], [1, 1], [2, 0]]);
  const kinds = new Set(run.turns[0]?.result?.findings.map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(['weakenedTest', 'skippedTest']));
});
