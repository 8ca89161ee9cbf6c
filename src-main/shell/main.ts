import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserWindow, app, session } from 'electron';
import { setAppMenu } from './app-menu.ts';
import { registerAppScheme, serveRenderer } from './app-protocol.ts';
import { askAboutRuns } from './ask-about-runs.ts';
import { askAboutStop } from './ask-about-stop.ts';
import { guardContents } from './content-guards.ts';
import { defaultDataDirectory } from '../adapters/files/data-directory.ts';
import { dataDirectoryOption } from './data-directory-option.ts';
import { denyPermissions } from './deny-permissions.ts';
import { showTray } from './fleet-tray.ts';
import { FleetWatch } from './fleet-watch.ts';
import { masterKey } from './master-key.ts';
import { bringForward, goTo, openMainWindow } from './main-window.ts';
import { notifyOfNews } from './notify.ts';
import { quitInOrder } from './orderly-quit.ts';
import { PortBroker } from './port-broker.ts';
import { ServiceProcess } from './service-process.ts';
import { answerSystemRequests } from './system-requests.ts';

/** The folder that the build made: main/, preload/ and renderer/ lie side by side in it. */
const built = join(import.meta.dirname, '..');
const dataDirectory = dataDirectoryOption(process.argv);

// Another data directory is another Drydock: the window's own files and the instance lock go with it.
if (dataDirectory !== null) {
  const userData = join(dataDirectory, 'window');
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  app.setPath('userData', userData);
}

if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  registerAppScheme();
  guardContents();
  app.whenReady().then(start, (problem: unknown) => {
    console.error(problem);
    app.exit(1);
  });
} else {
  app.quit();
}

function start(): void {
  denyPermissions(session.defaultSession);
  serveRenderer(join(built, 'renderer'));
  setAppMenu();

  const args = dataDirectory === null ? [] : ['--data-dir', dataDirectory];
  const secretKey = (): Uint8Array | null => masterKey(dataDirectory ?? defaultDataDirectory());
  const service = new ServiceProcess(join(built, 'main', 'service.js'), args, secretKey, {
    started: () => {
      ports.renew();
      fleet.renew();
    },
    stopped: (why) => {
      void askAboutStop(why).then((again) => (again ? service.start() : app.quit()));
    },
  });
  const ports = new PortBroker(service);
  const fleet = new FleetWatch(service);
  answerSystemRequests(ports);
  quitInOrder(service, () => askAboutRuns(fleet));
  service.start();

  let window: BrowserWindow | null = null;
  const showWindow = (route = ''): void => {
    if (window !== null) {
      if (route !== '') goTo(window, route);
      return bringForward(window);
    }
    window = openMainWindow(join(built, 'preload', 'preload.cjs'), route);
    window.once('closed', () => {
      window = null;
    });
  };
  showWindow();
  app.on('second-instance', () => showWindow());
  app.on('activate', () => showWindow());
  // Runs and their service outlive the window; the tray is the way back, and the way out.
  app.on('window-all-closed', () => undefined);
  showTray(join(built, '..', 'resources', 'icons'), fleet, {
    show: () => showWindow(),
    openQueue: () => showWindow('#/review'),
    quit: () => app.quit(),
  });
  notifyOfNews(fleet, { isFocused: () => window?.isFocused() ?? false, show: showWindow });
}
