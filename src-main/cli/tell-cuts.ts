import type { Task } from './command-line.ts';

/** What a command that goes on says while its service is away. */
export const AWAY = 'The service has gone; waiting up to a minute for it to come back. Runs go on in their containers.';

/** Says on stderr when the service goes and when it is back, so that a command that waits is not silent. Returns the way to stop that. */
export function tellCuts({ service, output }: Pick<Task<unknown>, 'service' | 'output'>): () => void {
  return service.onChange?.((isUp) => void output.note(isUp ? 'The service is back.' : AWAY)) ?? (() => {});
}
