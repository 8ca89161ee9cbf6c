import { Notification } from 'electron';
import { newsBetween } from './fleet-news.ts';
import type { FleetWatch } from './fleet-watch.ts';
import { NewsGatherer } from './group-news.ts';

/** What the window is to notifications: whether somebody looks at it, and the way to a place in it. */
export interface NotifiedWindow {
  isFocused(): boolean;
  show(route: string): void;
}

/** Tells of results, failures and paused queues, as far as the settings want it, while nobody looks at the window. */
export function notifyOfNews(fleet: Pick<FleetWatch, 'onChange'>, window: NotifiedWindow): void {
  if (!Notification.isSupported()) return;
  // Held until they are gone: one that is collected forgets what a click does.
  const shown = new Set<Notification>();
  const gatherer = new NewsGatherer(
    (ms, callback) => void setTimeout(callback, ms).unref(),
    ({ title, body, route }) => {
      if (window.isFocused()) return;
      const notification = new Notification({ title, body });
      shown.add(notification);
      notification.on('click', () => {
        shown.delete(notification);
        window.show(route);
      });
      notification.on('close', () => shown.delete(notification));
      notification.show();
    },
  );
  fleet.onChange((before, after) => {
    if (before === null) return;
    const wanted = after.settings.notify;
    gatherer.add(newsBetween(before, after).filter(({ kind }) => wanted[kind]));
  });
}
