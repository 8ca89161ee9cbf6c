import type { Run } from '../../contract/run.ts';
import { decide, evolve, type RunCommand } from '../../domain/run-machine.ts';
import type { RecordedEvent } from '../../ports/run-store.ts';
import { Refusal } from '../refusal.ts';

/** What a command makes of a run at the moment `at` (ms), ready to be committed. Throws Refusal when the state does not allow it. */
export const runChange = (run: Run, command: RunCommand, at: number): { after: Run; events: RecordedEvent[] } => {
  const decision = decide(run, command);
  if (!decision.ok) throw new Refusal(decision.fault);
  return {
    after: decision.events.reduce((state, event) => evolve(state, event, at), run),
    events: decision.events.map(({ type, ...data }) => ({ subject: run.id, type, data })),
  };
};
