import { implement } from '@orpc/server';
import { contract } from '../../../src-main/contract/endpoints.ts';
import type { FleetState } from '../../../src-main/contract/fleet.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import type { SetupTry } from '../../../src-main/contract/setup-try.ts';
import { hasEnded } from '../../../src-main/domain/columns.ts';
import { cannedSetupTry } from './canned-setup-try.ts';
import type { createFleetFeed } from './fleet-feed.ts';
import { refuse } from './refuse.ts';

/** Tries of a fake service: they do what a test has them do. */
export const createFakeSetupTries = (state: FleetState, feed: ReturnType<typeof createFleetFeed>, once: <T>(commandId: string, work: () => T) => T) => {
  const os = implement(contract).setupTries;
  const put = (setupTry: SetupTry): SetupTry => {
    state.setupTries = [...state.setupTries.filter((each) => each.projectId !== setupTry.projectId), setupTry];
    feed.publish({ kind: 'setupTry', setupTry });
    return setupTry;
  };
  const of = (id: string): SetupTry | undefined => state.setupTries.find((each) => each.projectId === id);
  const ended: { projectId: string; keep: boolean }[] = [];
  return {
    put,
    of,
    /** How tries were taken away. */
    ended,
    /** Changes the run of a project's try. */
    change: (id: string, change: Partial<Run>, failure: SetupTry['failure'] = null): void => {
      const known = of(id);
      if (known) put({ ...known, run: { ...known.run, ...change }, failure });
    },
    handlers: {
      start: os.start.handler(({ input }) =>
        once(input.commandId, () => {
          const known = of(input.projectId);
          if (known && !hasEnded(known.run.state)) return refuse({ code: 'refusedByState', message: 'An environment of this project is being tried already.', next: 'Wait for it, or stop it.' });
          const project = state.projects.find((each) => each.id === input.projectId);
          return put(cannedSetupTry(input.projectId, { name: 'preparing' }, input.environment ?? project?.environment));
        }),
      ),
      stop: os.stop.handler(({ input }) =>
        once(input.commandId, () => {
          const known = of(input.projectId);
          if (known) put({ ...known, run: { ...known.run, state: { name: 'cancelled', phase: 'settingUp' }, endedAt: Date.now() } });
          return {};
        }),
      ),
      end: os.end.handler(({ input }) =>
        once(input.commandId, () => {
          ended.push({ projectId: input.projectId, keep: input.keep });
          state.setupTries = state.setupTries.filter((each) => each.projectId !== input.projectId);
          feed.publish({ kind: 'setupTryRemoved', id: input.projectId });
          return {};
        }),
      ),
    },
  };
};
