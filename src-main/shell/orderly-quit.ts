import { app } from 'electron';
import type { ServiceProcess } from './service-process.ts';

/** What the service gets to write its last batches; longer than that a person thinks the app hangs. */
const LIMIT_MS = 5_000;
/** What runs get to end: cancelling one takes at most 15 s. */
const STOP_MS = 20_000;

/** What becomes of the runs that are under way; `stay`: the person would rather not quit. */
export type QuitChoice = 'leave' | 'stop' | 'stay';

/**
 * Before the app quits, it is decided once what becomes of the runs under way, and the service is asked to finish, within a
 * bound.
 */
export function quitInOrder(service: Pick<ServiceProcess, 'end'>, choose: () => Promise<QuitChoice>): void {
  let state: 'open' | 'ending' | 'ended' = 'open';
  app.on('before-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    if (state === 'ending') return;
    state = 'ending';
    const quit = (): void => {
      state = 'ended';
      app.quit();
    };
    choose().then((choice) => {
      if (choice === 'stay') state = 'open';
      else service.end(LIMIT_MS, choice === 'stop' ? STOP_MS : 0).then(quit, quit);
    }, quit);
  });
}
