import type { DoctorReport } from '../../contract/endpoints.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { engineLookedFor } from '../engine-looked-for.ts';
import { EXIT } from '../failure.ts';
import type { Output } from '../output.ts';
import { oneLine } from '../sanitise.ts';

const signs = { ok: '✓', note: '·', warning: '!', missing: '✗', broken: '✗' } as const;
const colours = { ok: 'green', note: 'grey', warning: 'amber', missing: 'red', broken: 'red' } as const;

/** `drydock doctor`: every prerequisite with its fix. It reports and changes nothing. */
export function addDoctor(line: CommandLine): void {
  line.program.command('doctor').description('report on what Drydock needs on this machine').action(withService(line, doctor));
}

async function doctor({ client, output }: Task<unknown>): Promise<number> {
  await engineLookedFor(client);
  const report = await client.service.doctor({});
  await printItems(output, report.items);
  if (report.hardening.length > 0) await output.line('\nHow well the engine holds containers in');
  await printItems(output, report.hardening);
  await output.data({ ...report });
  return report.ok ? EXIT.done : EXIT.unavailable;
}

async function printItems(output: Output, items: readonly (DoctorReport['items'] | DoctorReport['hardening'])[number][]): Promise<void> {
  for (const { name, state, message, next } of items) {
    await output.line(`${output.paint(colours[state], signs[state])} ${name}: ${oneLine(message)}`);
    if (state !== 'ok' && next !== '') await output.line(`    Next: ${oneLine(next)}`);
  }
}
