import { LABEL } from '../../domain/container-spec.ts';
import { SELF_TEST_PHASE, readSelfTest, selfTestSpec, type SelfTest } from '../../domain/engine/self-test.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';

/** It prints a few lines and ends. */
const LONGEST_MS = 20_000;
const MOST_OUTPUT = 65_536;

type TestDeps = Pick<Deps, 'owner' | 'baseImage' | 'ids'>;

const underWay = new Set<string>();

/** Those of a service that was killed in the middle. */
const removeLeftovers = async (engine: ContainerEngine, owner: string): Promise<void> => {
  for (const { id, name } of await engine.containers({ [LABEL.owner]: owner, [LABEL.phase]: SELF_TEST_PHASE })) if (!underWay.has(name)) await engine.remove(id);
};

/** Runs a container as sealed as a run's work and asks it what it finds. null: it could not be run to its end. */
export const testSeal = async ({ owner, baseImage, ids }: TestDeps, engine: ContainerEngine): Promise<SelfTest | null> => {
  const name = `drydock-${owner}-self-test-${ids.random()}`;
  underWay.add(name);
  try {
    await removeLeftovers(engine, owner);
    const container = await engine.create(selfTestSpec(baseImage, owner, name));
    let printed = '';
    const output = await engine.attach(container, (_stream, bytes) => {
      if (printed.length < MOST_OUTPUT) printed += Buffer.from(bytes).toString();
    });
    await engine.start(container);
    await engine.wait(container, AbortSignal.timeout(LONGEST_MS));
    await output.ended;
    return readSelfTest(printed);
  } catch {
    return null;
  } finally {
    await engine.remove(name).catch(() => {});
    underWay.delete(name);
  }
};
