import type { Attachment } from '../../contract/brief.ts';
import type { CommandId, ProjectId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireProject } from '../require.ts';

/** Largest attachment: it travels in one message and is held in memory on its way. */
const MOST_BYTES = 10 * 2 ** 20;

/** Takes a file into the project's depot, where it is kept as long as the project. Fault: tooLarge. */
export const attachFile = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; projectId: ProjectId; name: string; bytes: string },
): Promise<Attachment> =>
  once(input.commandId, async () => {
    const project = requireProject(deps.store, input.projectId);
    const bytes = Buffer.from(input.bytes, 'base64');
    if (bytes.length > MOST_BYTES) refuse('tooLarge', `${input.name} has ${bytes.length} bytes; an attachment has at most ${MOST_BYTES} (10 MiB).`, 'Attach a smaller file, or put it into the repository.');
    const blob = await deps.depot.store(project, bytes);
    const answer: Attachment = { name: input.name, size: bytes.length, blob };
    return () => ({ answer, change: { events: [{ subject: project.id, type: 'fileAttached', data: answer }] } });
  });
