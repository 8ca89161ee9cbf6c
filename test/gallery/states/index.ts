import type { GalleryState } from '../state.ts';
import { activityStates } from './activity.ts';
import { boardStates } from './board.ts';
import { briefStates } from './brief.ts';
import { firstRunStates } from './first-run.ts';
import { fleetStates } from './fleet.ts';
import { frameStates } from './frame.ts';
import { historyStates } from './history.ts';
import { networkStates } from './network.ts';
import { projectStates } from './project.ts';
import { queueStates } from './queue.ts';
import { reviewStates } from './review.ts';
import { settingsStates } from './settings.ts';
import { uiStates } from './ui.ts';

/** Every screen in every state. */
export const STATES: readonly GalleryState[] = [...boardStates, ...activityStates, ...briefStates, ...firstRunStates, ...fleetStates, ...frameStates, ...historyStates, ...networkStates, ...projectStates, ...queueStates, ...reviewStates, ...settingsStates, ...uiStates];
