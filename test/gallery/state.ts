import type { Page } from 'playwright';
import type { FakeService } from '../renderer/support/fake-service.ts';
import type { WindowServer } from '../renderer/support/window-server.ts';

/** One screen in one state, as the gallery shows it. */
export interface GalleryState {
  /** Of the file: lower case and dashes, the screen first: `board-busy`. */
  readonly name: string;
  /** What is to be seen, in a few words. */
  readonly title: string;
  readonly hash: string;
  readonly service: () => FakeService;
  /** Brings the page to the state, and resolves when it is there: everything that is to be seen can be seen. */
  readonly ready: (page: Page, service: FakeService, server: WindowServer) => Promise<unknown>;
}
