import { briefText } from '../../../src-main/contract/brief.ts';
import type { BriefId, ProjectId, RunId } from '../../../src-main/contract/ids.ts';
import { NETWORK_OFF } from '../../../src-main/contract/network.ts';
import type { Environment } from '../../../src-main/contract/project.ts';
import type { Run, RunState } from '../../../src-main/contract/run.ts';
import type { SetupFailure, SetupTry } from '../../../src-main/contract/setup-try.ts';
import { freshRun } from '../../../src-main/domain/fresh-run.ts';
import { DEFAULT_ENVIRONMENT } from '../../../src-main/domain/environment/default-environment.ts';

let count = 0;

/** A try of a project's environment in a state. */
export const cannedSetupTry = (projectId: ProjectId, state: RunState, environment: Environment = DEFAULT_ENVIRONMENT, more: Partial<Run> = {}, failure: SetupFailure | null = null): SetupTry => {
  count += 1;
  const name = `try${String(count).padStart(9, '0')}`;
  const made = { id: `run_${name}` as RunId, briefId: `brf_${name}` as BriefId, projectId, attempt: 1, order: { text: briefText.parse({}), environment, network: NETWORK_OFF } };
  const run: Run = { ...freshRun(made, 'preparing', Date.now()), state, ...more };
  return { projectId, run, failure };
};
