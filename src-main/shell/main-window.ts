import { join } from 'node:path';
import { BrowserWindow, app, nativeTheme, screen } from 'electron';
import { APP_URL } from './app-url.ts';
import { reloadCrashedPage } from './reload-crashed-page.ts';
import { isReachable, readBounds, writeBounds } from './window-bounds.ts';

/** The page's own background, so that nothing flashes before its first frame. */
const BACKGROUND = { dark: '#0f1115', light: '#fafafa' } as const;

/** Opens the window on Drydock's page, at a place (`#/…`; '': where it begins). It shows when it has something to show, where it was last time. */
export function openMainWindow(preload: string, route: string): BrowserWindow {
  const file = join(app.getPath('userData'), 'window.json');
  const saved = readBounds(file);
  const place = saved !== null && isReachable(saved, screen.getAllDisplays().map((display) => display.workArea)) ? saved : null;
  const window = new BrowserWindow({
    title: 'Drydock',
    width: place?.width ?? 1280,
    height: place?.height ?? 820,
    ...(place === null ? {} : { x: place.x, y: place.y }),
    minWidth: 640,
    minHeight: 480,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (saved?.maximized === true) window.maximize();
    window.show();
  });
  window.on('close', () => writeBounds(file, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  reloadCrashedPage(window);
  goTo(window, route);
  return window;
}

/** Shows a place of the page. Only the hash differs from where it is: the page is not loaded anew. */
export function goTo(window: BrowserWindow, route: string): void {
  // A load that a guard or a closing window cuts short rejects; the window then has nothing more to do.
  window.loadURL(APP_URL + route).catch(() => undefined);
}

/** Brings a window before the person: un-minimised, shown, focused. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
