import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFile, root } from './places.mjs';

/**
 * Runs vitest and answers with `{ passed, failed, skipped, ok, output }`; `skipped` is a list of names with reasons.
 * What vitest prints goes to a terminal as it comes and is kept back elsewhere, for the caller to show on failure.
 * A test file that could not be loaded counts as one failed test.
 */
export async function runTests({ node, env, args }) {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-tests-'));
  const counts = join(folder, 'counts.json');
  const skips = join(folder, 'skips.json');
  try {
    const reporters = [
      '--reporter=dot',
      '--reporter=json',
      `--reporter=${join(root, 'scripts/lib/skipped-tests-reporter.mjs')}`,
    ];
    const command = [packageFile('vitest', 'vitest.mjs'), 'run', ...reporters, `--outputFile.json=${counts}`, ...args];
    const { status, output } = await follow(node, command, { ...env, DRYDOCK_SKIPPED_TESTS: skips });
    const count = countOf(read(counts));
    const ok = status === 0 && count.failed === 0 && count.passed > 0;
    return { ...count, skipped: read(skips) ?? [], ok, output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countOf(report) {
  if (report === undefined) return { passed: 0, failed: 0, pending: 0 };
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    pending: report.numPendingTests + report.numTodoTests,
  };
}

function follow(node, args, env) {
  return new Promise((resolve, reject) => {
    const live = process.stderr.isTTY === true;
    const streams = live ? process.stderr : 'pipe';
    const child = spawn(node, args, {
      cwd: root,
      env: live ? env : { ...env, NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', streams, streams],
    });
    const kept = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => kept.push(chunk));
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, pass);
    child.on('error', reject);
    child.on('close', (status, signal) =>
      resolve({ status: status ?? 128 + constants.signals[signal], output: Buffer.concat(kept).toString() }),
    );
  });
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
