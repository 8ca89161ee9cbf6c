import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserWindow, app, session } from 'electron';
import { setAppMenu } from './app-menu.ts';
import { registerAppScheme, serveRenderer } from './app-protocol.ts';
import { askAboutStop } from './ask-about-stop.ts';
import { guardContents } from './content-guards.ts';
import { dataDirectoryOption } from './data-directory-option.ts';
import { denyPermissions } from './deny-permissions.ts';
import { bringForward, openMainWindow } from './main-window.ts';
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
  const service = new ServiceProcess(join(built, 'main', 'service.js'), args, {
    started: () => ports.renew(),
    stopped: (why) => {
      void askAboutStop(why).then((again) => (again ? service.start() : app.quit()));
    },
  });
  const ports = new PortBroker(service);
  answerSystemRequests(ports);
  quitInOrder(service);
  service.start();

  let window: BrowserWindow | null = null;
  const showWindow = (): void => {
    if (window !== null) return bringForward(window);
    window = openMainWindow(join(built, 'preload', 'preload.cjs'));
    window.once('closed', () => {
      window = null;
    });
  };
  showWindow();
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}
