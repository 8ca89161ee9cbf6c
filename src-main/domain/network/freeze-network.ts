import type { BriefText } from '../../contract/brief.ts';
import type { FrozenNetwork } from '../../contract/network.ts';
import type { Environment } from '../../contract/project.ts';

/** The network of a run, as it stands at its launch: the brief says how far, the environment where to. Later edits of either do not reach it. */
export const freezeNetwork = ({ network, inject }: Pick<Environment, 'network' | 'inject'>, { runsWith }: Pick<BriefText, 'runsWith'>): FrozenNetwork => ({
  mode: runsWith.internet,
  presets: network.presets,
  rules: network.rules,
  budget: network.budget,
  inject,
});
