import { buildApp } from './lib/build-app.mjs';
import { runTests } from './lib/run-tests.mjs';
import { endWith } from './lib/setup-error.mjs';
import { setUp } from './setup.mjs';

/**
 * `npm test`: everything set up, then every test. Quiet but for failures, the names of skipped tests,
 * and the last line: `N passed, N failed, N skipped`.
 */
try {
  const ready = await setUp({ quiet: true, engine: 'required', browser: true });
  await buildApp(ready);
  const { passed, failed, pending, skipped, ok, output } = await runTests({ ...ready, args: process.argv.slice(2) });
  if (!ok) process.stdout.write(output);
  if (passed + failed === 0) process.stdout.write('No test ran: that is a failure too.\n');
  for (const { name, reason } of skipped) process.stdout.write(`skipped: ${name} — ${reason}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed, ${pending} skipped\n`);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  endWith(error);
}
