import type { FakeService } from './fake-service.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { NOW } from './canned.ts';

const sgr = (codes: string, text: string): string => `\x1b[${codes}m${text}\x1b[0m`;

/** Output of an install, a test run and a build in the colours that such tools have. */
export const colouredWork = [
  `${sgr('1', '> api@2.4.0 test')}`,
  `${sgr('1', '> vitest run --reporter=verbose')}`,
  '',
  ` ${sgr('1;46;30', ' RUN ')} ${sgr('36', 'v5.1.1')} ${sgr('90', '/workspace')}`,
  '',
  ` ${sgr('32', '✓')} test/parser.test.ts ${sgr('2', '(12 tests)')} ${sgr('32', '48ms')}`,
  ` ${sgr('32', '✓')} test/retry.test.ts ${sgr('2', '(4 tests)')} ${sgr('33', '1204ms')}`,
  ` ${sgr('31', '❯')} test/client.test.ts ${sgr('2', '(9 tests |')} ${sgr('31', '1 failed')}${sgr('2', ')')}`,
  `   ${sgr('31', '× gives up after the third attempt')}`,
  `     ${sgr('31', 'AssertionError: expected 4 to be 3 // Object.is equality')}`,
  `     ${sgr('32', '- Expected')}  ${sgr('31', '+ Received')}`,
  `      ${sgr('36', '❯')} test/client.test.ts:${sgr('2', '81:22')}`,
  `      ${sgr('7', ' inverse ')} ${sgr('7;35', ' inverse magenta ')} ${sgr('4', 'underlined')} ${sgr('3', 'italic')} ${sgr('9', 'struck')} ${sgr('1;4;34', 'bold blue underlined')}`,
  Array.from({ length: 8 }, (_, at) => sgr(`3${at}`, `text${at}`)).join(' ') + ' ' + Array.from({ length: 8 }, (_, at) => sgr(`9${at}`, `text${at}`)).join(' '),
  Array.from({ length: 8 }, (_, at) => sgr(`4${at}`, ` bg ${at} `)).join('') + ' ' + Array.from({ length: 8 }, (_, at) => sgr(`30;10${at}`, ` bg ${at} `)).join(''),
  Array.from({ length: 36 }, (_, at) => sgr(`38;5;${16 + at * 6}`, '██')).join(''),
  Array.from({ length: 60 }, (_, at) => sgr(`48;2;${at * 4};${255 - at * 4};${(at * 9) % 255}`, ' ')).join('') + ` ${sgr('38;2;20;20;20', 'near black')} ${sgr('38;2;250;250;250', 'near white')} ${sgr('38;2;255;105;180;48;2;40;0;60', ' pink on plum ')}`,
  `downloading 12 %\rdownloading 57 %\rdownloading 100 %`,
].join('\n') + '\n';

export const setupOutput = Array.from({ length: 24 }, (_, at) => `${sgr('90', `npm http fetch GET 200 https://packages.example/package-${at}`)} ${sgr('36', `${20 + at}ms`)}`).join('\n') + '\nadded 214 packages in 9s\n';

/** A run with every phase up to its work, as it is in the middle of that. */
export const writeWholeRun = (service: FakeService, run: Run['id'], ended: boolean): void => {
  const at = (ms: number) => ({ at: NOW + ms });
  service.writeLog(run, 'Base: main at 1a2b3c4\n', 'drydock', false, at(-289_000));
  service.writeLog(run, setupOutput, 'setup', false, at(-285_000));
  service.writeLog(run, colouredWork, 'work', false, at(-249_000));
  service.writeLog(run, 'warning: 3 call sites were not rewritten\n', 'work', false, { ...at(-200_000), stream: 'stderr' });
  service.writeLog(run, 'src/http/retry.ts: 3 call sites rewritten\n', 'work', false, at(-190_000));
  if (!ended) return;
  service.writeLog(run, 'Check 1 on the base: npm test\n', 'drydock', false, at(-58_000));
  service.writeLog(run, '12 passed, 0 failed\n', 'check:0:base', false, at(-57_000));
  service.writeLog(run, 'Check 1 on the result: npm test\n', 'drydock', false, at(-50_000));
  service.writeLog(run, '13 passed, 0 failed\n', 'check:0:result', false, at(-49_000));
  service.writeLog(run, 'Check 2 on the base: npm run test:retry\n', 'drydock', false, at(-45_000));
  service.writeLog(run, '1 failed: no retry\n', 'check:1:base', false, at(-44_000));
  service.writeLog(run, 'Check 2 on the result: npm run test:retry\n', 'drydock', false, at(-40_000));
  service.writeLog(run, '1 passed\n', 'check:1:result', true, at(-39_000));
};
