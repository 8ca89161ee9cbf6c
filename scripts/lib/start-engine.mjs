import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { whyNoAnswer } from '../../resources/engine/find-engine.mjs';
import { installPackages } from './debian.mjs';
import { machineFolder } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';
import { withLock } from './with-lock.mjs';

const endpoint = { kind: 'socket', path: '/var/run/docker.sock' };
const PROGRAMS = ['/usr/sbin/dockerd', '/usr/bin/dockerd', '/usr/local/bin/dockerd', '/usr/local/sbin/dockerd'];
// A first start makes its storage and its network; later ones take one to two seconds.
const READY_MS = 60_000;
const LOOK_MS = 100;
const LAST_LINES = 15;

/**
 * Installs Docker where it is missing and starts its daemon, for root on Debian and Ubuntu. The daemon outlives
 * this process and this clone; its log is in the user's cache folder. Two at once start one.
 */
export async function startEngine(progress) {
  await withLock('/run/drydock-engine.lock', async () => {
    if (await answers()) return;
    if (findDaemon() === undefined) {
      await progress.step('Installing Docker', (note) =>
        installPackages(['docker.io', 'iptables', 'ca-certificates'], note),
      );
    }
    await progress.step('Starting Docker', startDaemon);
  });
}

async function startDaemon() {
  if (existsSync('/run/systemd/system')) {
    const started = await runCommand('systemctl', ['start', 'docker'], { timeoutMs: READY_MS });
    if (started.ok && (await becomesReady(() => undefined))) return;
    throw new SetupError(
      'Docker is installed but `systemctl start docker` failed: look at `journalctl -u docker`.',
      started.output,
    );
  }
  const program = findDaemon();
  if (program === undefined)
    throw new SetupError(
      'docker.io is installed but there is no dockerd: is the package complete? Try `apt-get install --reinstall docker.io`.',
    );
  forgetDeadDaemon('/run/docker.pid', 'dockerd');
  forgetDeadDaemon('/run/docker/containerd/containerd.pid', 'containerd');
  const first = await launch(program, []);
  if (first.ready) return;
  // Nested in another container, overlay may be refused; copying whole layers works everywhere.
  const storage = /graphdriver|storage-driver|overlay/i.test(first.log);
  const second = storage
    ? await launch(program, ['--storage-driver', existsSync('/usr/bin/fuse-overlayfs') ? 'fuse-overlayfs' : 'vfs'])
    : first;
  if (!second.ready)
    throw new SetupError(
      `Docker did not start: ${second.reason}. The end of its log (${second.logFile}) is above.`,
      second.log,
    );
}

async function launch(program, args) {
  const logFile = join(machineFolder(), 'dockerd.log');
  mkdirSync(machineFolder(), { recursive: true, mode: 0o700 });
  const log = openSync(logFile, 'w', 0o600);
  // A group of its own: an interrupt at the terminal that started Drydock must not end the engine.
  const child = spawn(program, args, { cwd: '/', detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  let ended;
  child.on('error', (error) => (ended = error.message));
  child.on('exit', (status, signal) => (ended = `it ended with ${signal ?? `status ${status}`}`));
  child.unref();
  const ready = await becomesReady(() => ended);
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  if (!ready && ended === undefined) child.kill('SIGTERM');
  return { ready, reason: ended ?? `no answer within ${READY_MS / 1000} s`, log: lines, logFile };
}

async function becomesReady(ended) {
  const limit = Date.now() + READY_MS;
  while (Date.now() < limit) {
    if (await answers()) return true;
    if (ended() !== undefined) return false;
    await sleep(LOOK_MS);
  }
  return false;
}

async function answers() {
  return (await whyNoAnswer(endpoint)) === undefined;
}

function findDaemon() {
  return PROGRAMS.find((path) => existsSync(path));
}

/**
 * After a crash or in a restored machine the number in a pid file may belong to anybody, or to a process that is dead
 * but not yet reaped (where nothing reaps, as in a container, it stays so); the daemon would then refuse to start.
 */
function forgetDeadDaemon(pidFile, name) {
  if (!existsSync(pidFile)) return;
  const pid = readFileSync(pidFile, 'utf8').trim();
  const [, holder, state] =
    /^\d+ \((.*)\) (\S)/s.exec(existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '') ?? [];
  if (holder !== name || state === 'Z') rmSync(pidFile);
}
