import type { Finding } from '../../contract/result.ts';
import { binaryFindings } from './binary.ts';
import { capped } from './capped.ts';
import type { ChangedFile } from './changed-file.ts';
import { dependencyFindings } from './dependency.ts';
import { invisibleCharacterFindings } from './invisible-character.ts';
import { runsOnYourMachineFindings } from './runs-on-your-machine.ts';
import { secretFindings } from './secret.ts';
import { skippedTestFindings } from './skipped-test.ts';
import { weakenedTestFindings } from './weakened-test.ts';

const KINDS = [secretFindings, runsOnYourMachineFindings, weakenedTestFindings, skippedTestFindings, dependencyFindings, invisibleCharacterFindings, binaryFindings];

/**
 * What review should know of the content of changed files, kind by kind; of each kind the first, and how many more. One kind takes up
 * to a second for tens of MiB, so that whoever has other things to do does them in between.
 */
export function* contentFindings(files: readonly ChangedFile[]): Generator<Finding[], void> {
  for (const find of KINDS) yield capped(find(files));
}
