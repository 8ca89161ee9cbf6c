import { app } from 'electron';

/** What the service gets to write its last batches; longer than that a person thinks the app hangs. */
const LIMIT_MS = 5_000;

/** Before the app quits, the service is asked to finish, once, within a bound. */
export function quitInOrder(service: { end(limitMs: number): Promise<void> }): void {
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
    service.end(LIMIT_MS).then(quit, quit);
  });
}
