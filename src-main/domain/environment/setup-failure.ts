import type { SetupFailure } from '../../contract/setup-try.ts';
import type { Run } from '../../contract/run.ts';
import { reasonInWords } from '../words.ts';

/** What the log says of the command that ended a script, where bash runs it: `FAILED_COMMAND_TRAP` writes it. */
const FAILED_COMMAND = /^drydock: line (\d+) ended with status (\d+): (.*)$/;

/** The beginning of a script for bash that says which of its commands ended it, and where. On the script's own first line, so that lines keep their numbers. */
export const FAILED_COMMAND_TRAP = `trap 'case $- in *e*) printf "drydock: line %s ended with status %s: %.300s\\n" "$LINENO" "$?" "$BASH_COMMAND" ;; esac' ERR; `;

const MOST_LINES = 12;

interface Cause {
  readonly cause: string;
  readonly next: string;
}

/** What a line of output says about the cause; the first that fits counts. */
const SIGNS: readonly { readonly sign: RegExp; readonly tell: (found: RegExpExecArray) => Cause }[] = [
  {
    sign: /no space left on device|disk quota exceeded|\bENOSPC\b/i,
    tell: () => ({ cause: 'The disk is full.', next: 'Free disk space (Fleet says what takes it), then try again.' }),
  },
  {
    // `sh: 1: pnpm: not found`, `bash: line 3: pnpm: command not found`, `env: ‘node’: No such file or directory`
    sign: /(?:^|: )(?:env: )?[‘'"]?([\w.+/-]{1,64})[’'"]?: (?:command )?not found$|^\/usr\/bin\/env: [‘'"]?([\w.+-]+)[’'"]?: No such file/,
    tell: ([, name, other]) => ({ cause: `${name ?? other} is not in the image.`, next: `Choose an image that has ${name ?? other}, or install it in the setup script; packages of the distribution need setup as root.` }),
  },
  {
    sign: /could not open lock file|are you root|must be (?:run as )?root|requires? (?:superuser|root)|permission denied.*(?:\/usr\/|\/var\/lib\/|\/etc\/)|(?:\/usr\/|\/var\/lib\/|\/etc\/).*permission denied/i,
    tell: () => ({ cause: 'The script does something that only root of its container may do.', next: 'Switch on setup as root of its container, or install below the home folder.' }),
  },
  {
    sign: /\b(?:401|403)\b.*(?:unauthori[sz]ed|forbidden)|\b(?:unauthori[sz]ed|forbidden)\b|\bE(?:401|403)\b|authentication (?:failed|required)|could not read (?:username|password)|permission denied \(publickey/i,
    tell: () => ({ cause: 'A server refused the request: it wants a credential, or another one.', next: 'Give setup the secret that it asks for, under Secrets, then try again.' }),
  },
  {
    sign: /could not resolve host|temporary failure (?:in name resolution|resolving)|name or service not known|getaddrinfo|EAI_AGAIN|ENOTFOUND|connection refused|ECONNREFUSED|network is unreachable|ENETUNREACH|no route to host|ETIMEDOUT|connection timed out|failed to connect to/i,
    tell: () => ({ cause: 'Something on the network could not be reached.', next: 'Look at whether this machine reaches it, and at the address; then try again.' }),
  },
  {
    sign: /(?:^|: )(\w{1,64}): unbound variable|(?:^|: )(\w{1,64}): parameter not set/,
    tell: ([, name, other]) => ({ cause: `The variable ${name ?? other} has no value.`, next: `Give ${name ?? other} a value under Variables, or under Secrets; or write \${${name ?? other}:-} where it may be empty.` }),
  },
  { sign: /syntax error/i, tell: () => ({ cause: 'The script, or a file that it runs, is not written correctly.', next: 'Look at the line that is named, then try again.' }) },
];

const fromOutput = (lines: readonly string[]): Cause | null => {
  for (const { sign, tell } of SIGNS) {
    const found = lines.toReversed().map((line) => sign.exec(line)).find((each) => each !== null);
    if (found) return tell(found);
  }
  return null;
};

const fromStatus = (exitCode: number, outOfMemory: boolean, run: Run): Cause | null => {
  const { setupTimeoutSeconds, limits } = run.order.environment;
  if (outOfMemory || exitCode === 137) return { cause: outOfMemory ? 'It ran out of memory.' : 'It was killed, most likely for want of memory.', next: `Give it more than ${Math.round(limits.memoryBytes / 2 ** 20)} MiB under Limits, or have it do less at once.` };
  if (exitCode === 124) return { cause: `It took longer than its ${setupTimeoutSeconds} s.`, next: 'Give it more time, or look at what it waits for: nothing answers its questions.' };
  if (exitCode === 127) return { cause: 'A command is not in the image.', next: 'Choose an image that has it, or install it in the setup script.' };
  if (exitCode === 126) return { cause: 'A file could not be run: it is no program, or may not be executed.', next: 'Look at its first line and its mode, or run it by its interpreter.' };
  return null;
};

/** Explains why a try did not end sealed, from the run and the last lines of its log. null: it did not fail. */
export const explainSetup = (run: Run, output: readonly string[]): SetupFailure | null => {
  const { state } = run;
  const lines = output.map((line) => line.trimEnd()).filter((line) => line !== '');
  // Of one failure a script that calls others tells several times; what it tells first was the nearest.
  const told = lines.slice(-MOST_LINES).map((line) => FAILED_COMMAND.exec(line)).find((each) => each !== null);
  const shown = lines.filter((line) => !FAILED_COMMAND.test(line)).slice(-MOST_LINES);
  const place = { command: told?.[3] ?? null, line: told?.[1] === undefined ? null : Number(told[1]), lastLines: shown };
  if (state.name === 'lost') return { ...place, exitCode: null, cause: 'Its container was ended from outside.', next: 'Try again; somebody, or the engine, took it away.' };
  if (state.name !== 'failed') return null;
  const { reason } = state;
  if (reason.kind === 'fault') return { ...place, command: null, line: null, exitCode: null, cause: reason.fault.message, next: reason.fault.next };
  const { exitCode, outOfMemory } = reason;
  const certain = outOfMemory || exitCode === 124 ? fromStatus(exitCode, outOfMemory, run) : null;
  const cause = certain ?? fromOutput(shown) ?? fromStatus(exitCode, outOfMemory, run) ?? { cause: reasonInWords(reason), next: 'Read the last lines, correct the setup script, then try again.' };
  return { ...place, exitCode, ...cause };
};
