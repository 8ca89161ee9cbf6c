import { cannedFleet } from '../../renderer/support/canned.ts';
import { createFakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

export const boardStates: readonly GalleryState[] = [
  {
    name: 'board-busy',
    title: 'A card for each thing that a card can say',
    hash: '#/board',
    service: () => createFakeService(),
    ready: (page) => page.locator('[data-brief="12"]').waitFor(),
  },
  {
    name: 'board-empty',
    title: 'Before the first project',
    hash: '#/board',
    service: () => createFakeService({ ...cannedFleet(), projects: [], briefs: [], runs: [], progress: [], waiting: {} }),
    ready: (page) => page.getByRole('button', { name: 'Add the sample project' }).waitFor(),
  },
];
