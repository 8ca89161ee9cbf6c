import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import type { Run } from '../../contract/run.ts';
import { refuse } from '../refusal.ts';
import type { StepContext } from './step.ts';

/** Where the files that were given along with a brief lie, outside of the workspace: they are no part of a result. */
const ATTACHMENTS = 'drydock/attachments';
/** Above what can be attached. */
const MOST_BYTES = 16 * 2 ** 20;

/** Puts a run's attachments, which only root could change, into its work container that has not run yet. */
export const putAttachments = async ({ deps, engine, project }: Pick<StepContext, 'deps' | 'engine' | 'project'>, run: Run, container: string): Promise<void> => {
  const { attachments } = run.order.text;
  if (attachments.length === 0) return;
  const archive = pack();
  const own = { uid: 0, gid: 0 } as const;
  for (const name of ['drydock', ATTACHMENTS]) archive.entry({ ...own, name, type: 'directory', mode: 0o755 });
  // Of two with the same name the later one counts, as in a folder.
  for (const { name, blob } of new Map(attachments.map((each) => [each.name, each])).values()) {
    const { bytes } = await deps.depot.blob(project, blob, MOST_BYTES);
    if (bytes === null) return refuse('tooLarge', `The attachment ${name} is too large.`, 'Take it out of the brief, then launch it again.');
    archive.entry({ ...own, name: `${ATTACHMENTS}/${name}`, mode: 0o444 }, Buffer.from(bytes));
  }
  archive.finalize();
  await engine.put(container, '/', Readable.from(archive));
};
