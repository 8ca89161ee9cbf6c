import { spawn } from 'node:child_process';

// Enough for any tool's last words; npm and apt can write megabytes.
const KEPT_CHARACTERS = 20_000;

/**
 * Runs a program and answers with what it wrote: `{ ok, status, output, stdout }`, `output` being the end of both streams.
 * Never throws for a program that fails or is missing (status 127), nor for one stopped after `timeoutMs` (status 124).
 */
export function runCommand(program, args, { cwd, env, input, timeoutMs, onLine } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      // What is kept is shown later, wherever that may be.
      env: { ...(env ?? process.env), NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    let stdout = '';
    let late = false;
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => ((late = true), child.kill('SIGKILL')), timeoutMs);
    const keep = (chunk) => {
      output = (output + chunk).slice(-KEPT_CHARACTERS);
      const last = String(chunk).trimEnd().split('\n').at(-1);
      if (last) onLine?.(last.trim());
    };
    child.stdout.on('data', (chunk) => ((stdout += chunk), keep(chunk)));
    child.stderr.on('data', keep);
    child.on('error', (error) => end(127, `${output}${error.message}\n`));
    child.on('close', (status, signal) =>
      end(late ? 124 : (status ?? 128), signal && !late ? `${output}ended by ${signal}\n` : output),
    );
    if (input !== undefined) {
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    }
    function end(status, text) {
      clearTimeout(timer);
      resolve({
        ok: status === 0,
        status,
        output: late ? `${text}stopped after ${timeoutMs / 1000} s\n` : text,
        stdout,
      });
    }
  });
}
