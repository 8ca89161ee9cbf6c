import { mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './setup-error.mjs';

const LOOK_MS = 200;
// A first build on a slow line; whoever waits longer than that is told about it.
const PATIENCE_MS = 20 * 60_000;
// Removing a lock that was left behind takes microseconds.
const RECOVERY_MS = 10_000;

/**
 * Runs `work` while no other process holds the lock file. A lock whose holder is gone is taken over.
 * Throws when another one holds it for longer than twenty minutes.
 */
export async function withLock(path, work, { patienceMs = PATIENCE_MS } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const started = Date.now();
  while (!take(path)) {
    removeAbandoned(path);
    if (Date.now() - started > patienceMs) {
      throw new SetupError(`another set-up holds ${path}: wait for it, or delete that file if none is running`);
    }
    await sleep(LOOK_MS);
  }
  try {
    return await work();
  } finally {
    unlinkSync(path);
  }
}

function take(path) {
  try {
    writeFileSync(path, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Under a lock of its own, so that two who saw the same dead holder cannot remove a third one's fresh lock. */
function removeAbandoned(path) {
  if (!isAbandoned(path)) return;
  const recovery = `${path}.recovery`;
  if (!take(recovery)) {
    if (ageOf(recovery) > RECOVERY_MS) remove(recovery);
    return;
  }
  try {
    if (isAbandoned(path)) remove(path);
  } finally {
    remove(recovery);
  }
}

function isAbandoned(path) {
  let content;
  try {
    content = readFileSync(path, 'utf8');
  } catch {
    return false;
  }
  // The moment between creating the file and writing into it.
  if (content === '') return ageOf(path) > RECOVERY_MS;
  const [pid, start] = content.split(' ');
  return !isAlive(Number(pid)) || startOf(pid) !== start;
}

/** When a process began, as Linux counts it: numbers of processes are used again. Elsewhere the number has to do. */
function startOf(pid) {
  try {
    return (
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[19] ?? '-'
    );
  } catch {
    return '-';
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function ageOf(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function remove(path) {
  try {
    unlinkSync(path);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
