import type { FileChange } from '../../contract/result.ts';
import type { Run } from '../../contract/run.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { EXIT } from '../failure.ts';
import { findRun } from '../find-run.ts';
import { hunkInWords, hunksLeftOut } from '../hunks-left-out.ts';
import { forTerminal, oneLine } from '../sanitise.ts';

const signs = { added: 'A', modified: 'M', deleted: 'D', renamed: 'R', typeChanged: 'T', modeChanged: 'M' } as const;

/** `drydock diff ID`: the selected result as a patch, or its files with --stat. */
export function addDiff(line: CommandLine): void {
  line.program
    .command('diff <id>')
    .description('the selected result as a patch that `git apply` takes')
    .option('--stat', 'only the files, with counts')
    .action(withService<{ stat?: true }>(line, diff));
}

async function diff(task: Task<{ stat?: true }>, id = ''): Promise<number> {
  const { client, output, options } = task;
  const { run } = await findRun(client, id);
  if (options.stat) return stat(task, run);
  const { patch } = await client.runs.patch({ runId: run.id });
  if (patch === '') await output.note('Nothing is changed.');
  if (output.isJson) await output.data({ ok: true, runId: run.id, patch, excluded: run.excluded, excludedHunks: await hunksLeftOut(client, run) });
  else await output.out.write(output.out.isTTY ? forTerminal(patch) : patch);
  return EXIT.done;
}

async function stat({ client, output }: Task<unknown>, run: Run): Promise<number> {
  const changes = await client.runs.changes({ runId: run.id });
  const excludedHunks = await hunksLeftOut(client, run);
  const excluded = new Set(changes.excluded);
  for (const file of changes.files) {
    const counts = file.binary ? 'binary' : `+${file.additions} −${file.deletions}`;
    const name = oneLine(file.oldPath === null ? file.path : `${file.oldPath} → ${file.path}`);
    await output.line(`${signs[file.kind]} ${counts.padEnd(12)} ${name}${excluded.has(file.path) ? '  (left out)' : ''}`);
    for (const hunk of excludedHunks) if (hunk.path === file.path) await output.line(`    left out   ${hunkInWords(hunk)}`);
  }
  await output.line(totalsOf(changes.files));
  if (changes.truncated) await output.note('The list was cut; the patch holds everything.');
  await output.data({ ok: true, runId: run.id, ...changes, excludedHunks });
  return EXIT.done;
}

function totalsOf(files: readonly FileChange[]): string {
  const sum = (side: 'additions' | 'deletions') => files.reduce((total, file) => total + file[side], 0);
  return files.length === 0 ? 'Nothing is changed.' : `${files.length} ${files.length === 1 ? 'file' : 'files'}, +${sum('additions')} −${sum('deletions')}`;
}
