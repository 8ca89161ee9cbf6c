import { cannedFleet } from '../../renderer/support/canned.ts';
import { REVIEW, serviceWithResult } from '../../renderer/support/canned-review.ts';
import { createFakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

export const queueStates: readonly GalleryState[] = [
  {
    name: 'queue-busy',
    title: 'What waits for a decision',
    hash: '#/review',
    service: () => serviceWithResult({ goal: `A title that goes on ${'and on '.repeat(60)}` }),
    ready: (page) => page.locator('[data-waiting="31"]').waitFor(),
  },
  {
    name: 'queue-empty',
    title: 'Nothing waits',
    hash: '#/review',
    service: () => createFakeService({ ...cannedFleet(), briefs: [], runs: [] }),
    ready: (page) => page.getByText('Nothing waits for you').waitFor(),
  },
  {
    name: 'queue-strip',
    title: 'A result that was opened from the queue',
    hash: `${REVIEW}?queue=1`,
    service: () => serviceWithResult(),
    ready: async (page) => {
      await page.getByTestId('queue-place').waitFor();
      await page.locator('[data-file="src/http/client.ts"]').click();
      await page.locator('[data-hunk="1"]').waitFor();
    },
  },
];
