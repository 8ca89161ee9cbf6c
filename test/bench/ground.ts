import { briefText } from '../../src-main/contract/brief.ts';
import type { RunId } from '../../src-main/contract/ids.ts';
import type { Internet } from '../../src-main/contract/network.ts';
import type { Environment, Project } from '../../src-main/contract/project.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { newCommand, runEnd, startDrydock, type TestDrydock } from '../support/drydock.ts';

/** A Drydock with the sample project. */
export interface Ground {
  readonly test: TestDrydock;
  readonly project: Project;
  /** Makes and launches a brief in script mode without checks. */
  launch(command: string, internet?: Internet): Promise<Run>;
  setEnvironment(change: Partial<Environment>): Promise<void>;
  /** Removes a sealed environment with its image. */
  forgetSnapshot(key: string): Promise<void>;
  /** Waits for the end and requires it to be a good one. */
  end(run: RunId): Promise<Run>;
  /** Calls the listener at each durable write and engine call, with its name; returns the way to stop. */
  onPoint(listener: (name: string) => void): () => void;
}

/** Opens the ground and carries one run through, so that what is made once (depot, toolkit) is there. */
export const openGround = async (): Promise<Ground> => {
  const listeners = new Set<(name: string) => void>();
  const faultPoint = (name: string): void => {
    for (const listener of listeners) listener(name);
  };
  const test = await startDrydock({ faultPoint });
  const project = await test.client.projects.addSample({ commandId: newCommand() });
  const launch = async (command: string, internet: Internet = 'off'): Promise<Run> => {
    const text = briefText.parse({ goal: 'Measure', runsWith: { mode: 'script', command, internet } });
    const brief = await test.client.briefs.create({ commandId: newCommand(), projectId: project.id, text });
    return test.client.briefs.launch({ commandId: newCommand(), briefId: brief.id });
  };
  const end = async (run: RunId): Promise<Run> => {
    const ended = await runEnd(test, run);
    if (ended.state.name !== 'reviewable') throw new Error(`the measured run ended as ${JSON.stringify(ended.state)}`);
    return ended;
  };
  await end((await launch('echo warm > warm.txt')).id);
  return {
    test,
    project,
    launch,
    setEnvironment: async (change) => {
      await test.client.projects.setEnvironment({ commandId: newCommand(), projectId: project.id, environment: { ...project.environment, ...change } });
    },
    forgetSnapshot: async (key) => {
      await test.client.fleet.removeSnapshot({ commandId: newCommand(), key });
    },
    end,
    onPoint: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
