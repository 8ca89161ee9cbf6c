import { briefText } from '../../contract/brief.ts';
import type { BriefId, RunId } from '../../contract/ids.ts';
import type { Environment, Project } from '../../contract/project.ts';
import type { Run } from '../../contract/run.ts';
import { WAIT_FOR_THE_END } from '../../domain/container-spec.ts';
import { freshRun } from '../../domain/fresh-run.ts';
import { freezeNetwork } from '../../domain/network/freeze-network.ts';
import type { Deps } from '../deps.ts';

/** Begins the id of every such run: what of one is left over can be told from what belongs to a brief. */
const MARK = 'try';

export const isPassingId = (id: RunId): boolean => id.startsWith(`run_${MARK}`);

/** Minutes after which a container that waits for a shell ends by itself. */
const SHELL_MINUTES = 8 * 60;

/** A run of no brief in an environment, on HEAD, under way. Its work, if it gets that far, is to wait: with what the environment's network allows. */
export const passingRun = ({ clock, ids }: Pick<Deps, 'clock' | 'ids'>, project: Project, environment: Environment): Run => {
  const name = `${MARK}${ids.random().slice(MARK.length)}`;
  const text = briefText.parse({ runsWith: { command: WAIT_FOR_THE_END, internet: environment.network.mode, base: { kind: 'head' } }, timeBudgetMinutes: SHELL_MINUTES });
  const order = { text, environment, network: freezeNetwork(environment, text) };
  return freshRun({ id: `run_${name}` as RunId, briefId: `brf_${name}` as BriefId, projectId: project.id, attempt: 1, order }, 'preparing', clock.now());
};
