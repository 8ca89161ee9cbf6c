import { resolve } from 'node:path';
import type { LandingPreview, LandingReceipt, LandingTarget } from '../../contract/landing.ts';
import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { asFault, CommandFailure, EXIT, wrongUse } from '../failure.ts';
import { findRun } from '../find-run.ts';
import { oneLine } from '../sanitise.ts';

interface LandOptions {
  readonly branch?: string;
  readonly onto?: string;
  readonly patch?: string;
  readonly workingTree?: true;
  readonly overwrite?: true;
  readonly message?: string;
  readonly exclude?: string[];
  readonly dryRun?: true;
}

/** `drydock land ID`: delivers the selected result, exactly as the preview says. */
export function addLand(line: CommandLine): void {
  line.program
    .command('land <id>')
    .description('deliver the selected result as a branch, into the working tree, or as a patch')
    .option('--branch <name>', 'a new branch')
    .option('--onto <branch>', 'with --branch: build on this branch instead of the base of the run')
    .option('--working-tree', 'into the working tree; the index and HEAD stay')
    .option('--overwrite', 'with --working-tree: also over files that you changed')
    .option('--patch <file>', 'a patch file; - for stdout')
    .option('--message <text>', 'with --branch: the commit message')
    .option('--exclude <path...>', 'leave these paths out')
    .option('--dry-run', 'only say what would change')
    .action(withService<LandOptions>(line, land));
}

async function land({ client, output, options, surroundings }: Task<LandOptions>, id = ''): Promise<number> {
  const target = targetOf(options, surroundings.cwd);
  if (options.dryRun && options.exclude) {
    throw wrongUse('--dry-run changes nothing, so it cannot leave paths out.', 'Use one of the two.');
  }
  const { run } = await findRun(client, id);
  if (options.exclude) {
    await client.runs.setIncluded({ commandId: newCommandId(), runId: run.id, paths: options.exclude, included: false });
  }
  const preview = await client.runs.previewLanding({ runId: run.id, target }).catch((error: unknown) => Promise.reject(withOption(error)));
  const lines = previewInWords(preview);
  if (preview.mergedWith !== undefined && run.order.text.checks.length > 0) lines.push('note: the checks ran without what it is merged with.');
  if (options.dryRun) {
    for (const text of lines) await output.line(text);
    await output.data({ ok: preview.conflicts.length === 0, runId: run.id, preview });
    return preview.conflicts.length === 0 ? EXIT.done : EXIT.refused;
  }
  for (const text of lines) await output.note(text);
  if (preview.conflicts.length > 0) throw conflict(preview);
  const receipt = await client.runs.land({ commandId: newCommandId(), runId: run.id, target, token: preview.token });
  await tell(output, receipt);
  await output.data({ ok: true, runId: run.id, ...receipt });
  return EXIT.done;
}

function targetOf({ branch, onto, patch, workingTree, overwrite, message }: LandOptions, cwd: string): LandingTarget {
  if ([branch, patch, workingTree].filter((way) => way !== undefined).length !== 1) {
    throw wrongUse('Where to: --branch NAME, --working-tree or --patch FILE, one of them.', 'For example: drydock land 12 --branch fix-parser');
  }
  if (branch !== undefined) return { kind: 'branch', name: branch, onto: onto ?? null, message: message ?? '' };
  if (onto !== undefined || message !== undefined) throw wrongUse('--onto and --message go with --branch.', 'Leave them out, or land as a branch.');
  if (patch === undefined) return { kind: 'workingTree', overwriteChanged: overwrite === true };
  return { kind: 'patch', file: patch === '-' ? null : resolve(cwd, patch) };
}

/** A branch that is there already can be built on; here that is an option with a name. */
function withOption(error: unknown): unknown {
  const fault = asFault(error);
  const branch = fault.detail?.['branch'];
  if (fault.code !== 'branchExists' || typeof branch !== 'string') return error;
  return new CommandFailure({ ...fault, next: `Choose another name, or build on it: --branch ${branch} --onto ${branch}` });
}

function previewInWords(preview: LandingPreview): string[] {
  return [
    ...preview.refs.map((ref) => `ref ${oneLine(ref.name)}: ${ref.from?.slice(0, 12) ?? 'new'} → ${ref.to?.slice(0, 12) ?? 'a new commit'}`),
    ...preview.paths.map((path) => `${path.change.padEnd(6)} ${oneLine(path.path)}${path.dirty ? '  (you changed it)' : ''}`),
    ...preview.conflicts.map((path) => `conflict ${oneLine(path)}`),
    ...preview.notes.map((note) => `note: ${oneLine(note)}`),
  ];
}

function conflict({ conflicts }: LandingPreview): CommandFailure {
  return new CommandFailure({
    code: 'conflict',
    message: `It cannot be merged cleanly: ${conflicts.slice(0, 10).map(oneLine).join(', ')}${conflicts.length > 10 ? ' …' : ''}.`,
    next: 'Leave these paths out with --exclude, land without --onto, or land as a patch and merge by hand.',
    detail: { paths: conflicts },
  });
}

async function tell(output: Task<unknown>['output'], receipt: LandingReceipt): Promise<void> {
  if (receipt.patch !== null) return output.isJson ? undefined : output.out.write(receipt.patch);
  for (const ref of receipt.refs) await output.line(`${oneLine(ref.name)} ${ref.to}`);
  if (receipt.file !== null) await output.line(receipt.file);
  else if (receipt.refs.length === 0) await output.line(`${receipt.paths.length} ${receipt.paths.length === 1 ? 'file' : 'files'} changed in the working tree.`);
}
