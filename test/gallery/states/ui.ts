import { createFakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

const SECTIONS = [
  ['foundations', 'Type, spaces, colours with their contrast'],
  ['controls', 'Buttons, menus, choices, switches'],
  ['fields', 'Fields of every kind'],
  ['data', 'Tables, bars, signs'],
  ['feedback', 'Empty, error, loading, messages'],
] as const;

export const uiStates: readonly GalleryState[] = SECTIONS.map(([section, title]) => ({
  name: `ui-${section}`,
  title,
  hash: `#/ui/${section}`,
  service: () => createFakeService(),
  ready: (page) => page.locator(`[data-section="${section}"]`).waitFor(),
}));
