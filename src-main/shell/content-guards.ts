import { app } from 'electron';
import { isAppUrl } from './app-url.ts';

/**
 * Keeps every web content, of whatever kind, on Drydock's own page: it goes nowhere else, opens no window, holds no webview.
 * Links that a person follows go through `openExternal`, which asks.
 */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => {
      // A subframe has no business here at all; the top frame may only load the app again.
      if (!event.isMainFrame || !isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
