import { dialog } from 'electron';
import type { FleetWatch } from './fleet-watch.ts';
import type { QuitChoice } from './orderly-quit.ts';

const CHOICES: readonly QuitChoice[] = ['leave', 'stop', 'stay'];

/** What quitting does with the runs that are under way: what the settings say, or what a person answers. */
export async function askAboutRuns(fleet: Pick<FleetWatch, 'picture' | 'underWay'>): Promise<QuitChoice> {
  const count = fleet.underWay();
  const setting = fleet.picture?.settings.onQuit ?? 'leave';
  if (count === 0) return 'leave';
  if (setting !== 'ask') return setting;
  const answer = await dialog.showMessageBox({
    type: 'question',
    title: 'Drydock',
    message: count === 1 ? 'A run is under way.' : `${count} runs are under way.`,
    detail: 'Left running, they go on in their containers, and Drydock takes them up again when it is next opened. Stopped, they go back to the backlog. What is queued waits for Drydock either way.',
    buttons: count === 1 ? ['Leave it running', 'Stop it', 'Cancel'] : ['Leave them running', 'Stop them', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return CHOICES[answer.response] ?? 'stay';
}
