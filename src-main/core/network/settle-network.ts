import type { NetworkRule } from '../../contract/network.ts';
import type { Run } from '../../contract/run.ts';
import { sourcesOf } from '../../domain/network/sources-of.ts';
import type { TreeId } from '../../contract/ids.ts';
import { recordRun } from '../runs/record-run.ts';
import { note, specRequest, type StepContext } from '../supervisor/step.ts';
import { askRegistries } from './ask-registries.ts';

const GITMODULES = '.gitmodules';

/** Writes the presets of a run's policy out as rules, once, before its first container is made: from then on they are fixed. */
export const settleNetwork = async (context: StepContext, run: Run, image: string, tree: TreeId): Promise<Run> => {
  const { deps, engine, project } = context;
  const { presets, mode } = run.order.network;
  if (mode !== 'allowlist' || presets.length === 0) return run;
  const rules: NetworkRule[] = [];
  if (presets.includes('registries')) rules.push(...(await askRegistries(engine, specRequest(context, run, 'registries', image))));
  if (presets.includes('sources')) {
    const [remotes, texts] = await Promise.all([deps.depot.remotes(project), deps.depot.texts(project, tree, [GITMODULES])]);
    rules.push(...sourcesOf({ remotes, submodules: texts.get(GITMODULES) ?? '' }));
  }
  const hosts = [...new Set(rules.map(({ host }) => host))];
  note(context, hosts.length === 0 ? 'Network: the presets of the allow-list name no host.' : `Network: the presets of the allow-list are ${hosts.join(', ')}.`);
  return recordRun(deps, run, { kind: 'settleNetwork', rules });
};
