import { describe, expect, it } from 'vitest';
import { DEFAULT_ENVIRONMENT } from '../../../src-main/domain/environment/default-environment.ts';
import { explainSetup } from '../../../src-main/domain/environment/setup-failure.ts';
import type { FailureReason, RunState } from '../../../src-main/contract/run.ts';
import { cannedSetupTry } from '../../renderer/support/canned-setup-try.ts';
import { projectIdOf } from '../../renderer/support/canned.ts';

const explain = (lines: readonly string[], exitCode = 1, outOfMemory = false) => ended({ name: 'failed', phase: 'settingUp', reason: { kind: 'commandFailed', exitCode, outOfMemory } }, lines);
const ended = (state: RunState, lines: readonly string[]) => explainSetup(cannedSetupTry(projectIdOf('sample'), state, { ...DEFAULT_ENVIRONMENT, setupTimeoutSeconds: 90 }).run, lines);

describe('why a setup failed', () => {
  it.each([
    ['bash: line 3: pnpm: command not found', 127, 'pnpm is not in the image.'],
    ['sh: 1: pnpm: not found', 127, 'pnpm is not in the image.'],
    ["/usr/bin/env: ‘node’: No such file or directory", 127, 'node is not in the image.'],
    ['npm error code EAI_AGAIN', 1, 'Something on the network could not be reached.'],
    ['fatal: unable to access: Could not resolve host: git.example', 128, 'Something on the network could not be reached.'],
    ['Temporary failure resolving deb.example', 100, 'Something on the network could not be reached.'],
    ['npm error code E401', 1, 'A server refused the request: it wants a credential, or another one.'],
    ['fatal: could not read Username for https://git.example', 128, 'A server refused the request: it wants a credential, or another one.'],
    ['git@git.example: Permission denied (publickey).', 128, 'A server refused the request: it wants a credential, or another one.'],
    ['E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)', 100, 'The script does something that only root of its container may do.'],
    ['tar: write error: No space left on device', 2, 'The disk is full.'],
    ['bash: line 1: NPM_TOKEN: unbound variable', 1, 'The variable NPM_TOKEN has no value.'],
    ['bash: -c: line 4: syntax error near unexpected token `fi', 2, 'The script, or a file that it runs, is not written correctly.'],
    ['', 126, 'A file could not be run: it is no program, or may not be executed.'],
    ['', 137, 'It was killed, most likely for want of memory.'],
    ['1 test failed', 3, 'The command ended with status 3.'],
  ])('%s', (line, exitCode, cause) => {
    expect(explain(['begun', line], exitCode)).toMatchObject({ cause, exitCode, next: expect.stringMatching(/./) });
  });

  it('is certain of memory and time, whatever the output says', () => {
    expect(explain(['bash: line 3: pnpm: command not found'], 1, true)?.cause).toBe('It ran out of memory.');
    expect(explain(['connection refused'], 124)?.cause).toBe('It took longer than its 90 s.');
  });

  it('names the command that was nearest, and leaves that line out of the last ones', () => {
    const lines = ['a', 'drydock: line 7 ended with status 2: make -j4', 'drydock: line 2 ended with status 2: ( cd lib && ./build )', ''];
    expect(explain(lines, 2)).toMatchObject({ command: 'make -j4', line: 7, lastLines: ['a'] });
  });

  it('keeps twelve lines at most, and reads no sign from further up', () => {
    const lines = ['connection refused', ...Array.from({ length: 12 }, (_, at) => `line ${at}`)];
    expect(explain(lines, 5)).toMatchObject({ cause: 'The command ended with status 5.', lastLines: lines.slice(1) });
  });

  it('says what a fault says, and that a container was taken away; of what did not fail it says nothing', () => {
    const reason: FailureReason = { kind: 'fault', fault: { code: 'imageMissing', message: 'The image x is not on this machine.', next: 'Pull it.' } };
    expect(ended({ name: 'failed', phase: 'preparing', reason }, [])).toMatchObject({ cause: 'The image x is not on this machine.', next: 'Pull it.', command: null, exitCode: null });
    expect(ended({ name: 'lost', phase: 'settingUp' }, ['x'])?.cause).toBe('Its container was ended from outside.');
    expect(ended({ name: 'reviewable' }, [])).toBeNull();
    expect(ended({ name: 'cancelled', phase: 'settingUp' }, [])).toBeNull();
  });
});
