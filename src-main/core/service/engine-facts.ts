import { stat } from 'node:fs/promises';
import { engineWarnings } from '../../domain/engine/engine-warnings.ts';
import { hardeningFacts, type Fact } from '../../domain/engine/hardening.ts';
import type { Deps } from '../deps.ts';
import { testSeal } from './self-test.ts';

const modeOf = async (path: string | null): Promise<{ path: string; mode: number } | null> => {
  const found = path === null ? null : await stat(path).catch(() => null);
  return found === null || path === null ? null : { path, mode: found.mode };
};

/** What is known of the engine's versions and how well it holds containers in; nothing while there is none. */
export const engineFacts = async (deps: Deps): Promise<Fact[]> => {
  const engine = deps.engines.engine();
  const details = await engine?.details().catch(() => null);
  if (engine === null || details === null || details === undefined) return [];
  const [socket, selfTest] = await Promise.all([modeOf(details.socket), testSeal(deps, engine)]);
  const warnings = engineWarnings(details.versions);
  const named = ['engine', 'containerd', 'runc'].flatMap((part) => (details.versions[part] === undefined ? [] : [`${part} ${details.versions[part]}`]));
  return [
    ...warnings.map(({ message, next }): Fact => ({ name: 'Known weakness', state: 'warning', message, next })),
    ...(warnings.length === 0 ? [{ name: 'Known weaknesses', state: 'ok' as const, message: `None that Drydock knows of in ${named.join(', ')}.`, next: '' }] : []),
    ...hardeningFacts({ ...details, socket, selfTest }),
  ];
};
