import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import type { BriefText } from '../../contract/brief.ts';
import { briefText } from '../../contract/brief.ts';
import type { BriefId, CommandId, ProjectId } from '../../contract/ids.ts';
import type { Project } from '../../contract/project.ts';
import type { Brief } from '../../contract/brief.ts';
import { DEFAULT_ENVIRONMENT } from '../../domain/environment/default-environment.ts';
import { freeColour } from '../../domain/project-colours.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { SAMPLE_BRIEFS } from './sample-briefs.ts';

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

/** Adds the sample repository, in the data directory, with three script briefs in the backlog. Added already: the known one is the answer. */
export const addSample = (deps: Deps, once: Once, input: { commandId: CommandId }): Promise<Project> =>
  once(input.commandId, async () => {
    const folder = join(deps.dataDirectory, 'sample');
    if (!(await exists(folder))) {
      await deps.makeSample(folder).catch(async (error: unknown) => {
        if (!(await exists(folder))) throw error;
      });
    }
    const facts = await deps.depot.inspect(folder);
    return () => {
      const known = deps.store.projects().find((project) => project.path === facts.path);
      // Added twice at once: the first is the project.
      if (known !== undefined) return { answer: known, change: { events: [] } };
      const at = deps.clock.now();
      const id = `prj_${deps.ids.random()}` as ProjectId;
      const project: Project = { id, path: facts.path, name: 'Sample', environment: DEFAULT_ENVIRONMENT, colour: freeColour(deps.store.projects()), addedAt: at };
      const first = deps.store.nextBriefNumber();
      const briefs = SAMPLE_BRIEFS.map((text, index): Brief => ({
        id: `brf_${deps.ids.random()}` as BriefId,
        projectId: id,
        number: first + index,
        text: briefText.parse(text) satisfies BriefText,
        rank: index + 1,
        currentRun: null,
        decision: null,
        createdAt: at,
        changedAt: at,
      }));
      return {
        answer: project,
        change: { events: [{ subject: id, type: 'sampleAdded', data: {} }], projects: [project], briefs },
      };
    };
  });
