import { withService, type CommandLine, type Task } from '../command-line.ts';
import { engineLookedFor } from '../engine-looked-for.ts';
import { EXIT } from '../failure.ts';
import { oneLine } from '../sanitise.ts';

const signs = { ok: '✓', warning: '!', missing: '✗' } as const;
const colours = { ok: 'green', warning: 'amber', missing: 'red' } as const;

/** `drydock doctor`: every prerequisite with its fix. It reports and changes nothing. */
export function addDoctor(line: CommandLine): void {
  line.program.command('doctor').description('report on what Drydock needs on this machine').action(withService(line, doctor));
}

async function doctor({ client, output }: Task<unknown>): Promise<number> {
  await engineLookedFor(client);
  const report = await client.service.doctor({});
  for (const { name, state, message, next } of report.items) {
    await output.line(`${output.paint(colours[state], signs[state])} ${name}: ${oneLine(message)}`);
    if (state !== 'ok' && next !== '') await output.line(`    Next: ${oneLine(next)}`);
  }
  await output.data({ ...report });
  return report.ok ? EXIT.done : EXIT.unavailable;
}
