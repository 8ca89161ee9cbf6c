import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program in this one's place: same streams, signals passed on, its exit status as the answer
 * (128 + number for a signal, as shells have it).
 */
export function runVisible(program, args, { cwd, env, stdio = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio, windowsHide: true });
    const pass = (signal) => {
      // A terminal sends the interrupt to the whole group: passing it on would make it two.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    const stop = () => signals.forEach((signal) => process.off(signal, pass));
    child.on('error', (error) => (stop(), reject(error)));
    child.on('close', (status, signal) => (stop(), resolve(status ?? 128 + (constants.signals[signal] ?? 0))));
  });
}
