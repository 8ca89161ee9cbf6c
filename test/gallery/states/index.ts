import type { GalleryState } from '../state.ts';
import { boardStates } from './board.ts';
import { fleetStates } from './fleet.ts';

/** Every screen in every state. */
export const STATES: readonly GalleryState[] = [...boardStates, ...fleetStates];
