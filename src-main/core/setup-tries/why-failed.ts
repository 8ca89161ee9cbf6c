import type { SetupFailure } from '../../contract/setup-try.ts';
import type { Run } from '../../contract/run.ts';
import { explainSetup } from '../../domain/environment/setup-failure.ts';
import { visibleLine } from '../../domain/visible-text.ts';
import type { Deps } from '../deps.ts';

/** Bytes of the end of a log that are looked at. */
const TAIL_BYTES = 16 * 1024;

/** Why a try did not end sealed, from the end of its log; null: it did, or was stopped. A log that cannot be read explains nothing, and hides nothing. */
export const whyFailed = async ({ logs }: Pick<Deps, 'logs'>, run: Run): Promise<SetupFailure | null> => {
  const name = { run: run.id, turn: 1 };
  const read = async (): Promise<string> => {
    const { length } = await logs.read(name, 0, 1);
    const slice = await logs.read(name, Math.max(0, length - TAIL_BYTES), TAIL_BYTES);
    const bytes = Buffer.from(slice.bytes, 'base64');
    // Drydock's own lines say nothing of the script.
    const said = slice.marks.flatMap(({ offset, source }, at) => (source === 'setup' ? [bytes.subarray(offset - slice.offset, (slice.marks[at + 1]?.offset ?? length) - slice.offset)] : []));
    return Buffer.concat(said).toString('utf8');
  };
  const text = await read().catch(() => '');
  return explainSetup(run, text.split('\n').map(visibleLine));
};
