import { existsSync } from 'node:fs';
import type * as Electron from 'electron';
import type { Browser } from 'playwright';
import { type OpenedWindow, openWindow } from './browser-window.ts';
import { Events } from './events.ts';
import { knownMembersOnly } from './known-members.ts';
import { StandInMessageChannel } from './message-link.ts';
import type { SenderFrame } from './page-window.ts';
import { standInSafeStorage, type StandInKeychain } from './safe-storage.ts';
import { type OpenedTray, type ShownNotification, standInNotification, standInTray } from './tray-and-notification.ts';
import { type ForkedService, standInFork } from './utility-process.ts';

type PermissionRequest = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type PermissionCheck = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<PermissionRequest>[1];

/** Apps that hold the instance lock, by their userData folder, as Electron keys it. */
const instances = new Map<string, Events<Electron.App>>();

export type DialogAnswer = { readonly response: number } | { readonly filePaths: string[] };

/**
 * The electron module for one running shell, and what a test does and sees around it. It knows the members that the shell
 * uses and throws on every other one. It proves bundle formats, options, guards, hand-over of ports and restarts; it cannot
 * prove Electron's sandbox, the real transfer of ports, the instance lock of the system or packaging.
 */
export function createStandIn(setting: {
  userData: string;
  browser: Promise<Browser>;
  files?: Readonly<Record<string, { type: string; body: string }>>;
  keychain?: StandInKeychain;
}) {
  const app = new Events<Electron.App>('app', [
    'web-contents-created', 'before-quit', 'will-quit', 'quit', 'second-instance', 'activate', 'window-all-closed',
  ]);
  const paths = new Map([['userData', setting.userData]]);
  const windows: OpenedWindow[] = [];
  const services: ForkedService[] = [];
  const openedAddresses: string[] = [];
  const dialogs: (Electron.MessageBoxOptions | Electron.OpenDialogOptions)[] = [];
  const answers: DialogAnswer[] = [];
  const openDialogs: ((answer: DialogAnswer) => void)[] = [];
  const handlers = new Map<string, (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown>();
  const schemes: Electron.CustomScheme[] = [];
  const switches: string[] = [];
  const quit = Promise.withResolvers<number>();
  const windowOpened = { wake: Promise.withResolvers<void>() };
  const dialogAsked = { wake: Promise.withResolvers<void>() };
  const told = { wake: Promise.withResolvers<void>() };
  let ready = false;
  let quitting = false;
  const templates = new WeakMap<Electron.Menu, Electron.MenuItemConstructorOptions[]>();
  const trays: OpenedTray[] = [];
  const notifications: ShownNotification[] = [];
  let menu: Electron.MenuItemConstructorOptions[] = [];
  let protocolHandler: ((request: Request) => Response | Promise<Response>) | null = null;
  let onRequest: PermissionRequest | null = null;
  let onCheck: PermissionCheck | null = null;
  let onDevice: unknown = null;

  const quitApp = (): void => {
    if (quitting || app.emitPreventable('before-quit')) return;
    quitting = true;
    void Promise.all(windows.map((window) => window.close())).then(() => {
      app.emit('will-quit', {});
      leave(0);
    });
  };
  const leave = (code: number): void => {
    for (const [folder, holder] of instances) if (holder === app) instances.delete(folder);
    app.emit('quit', {}, code);
    quit.resolve(code);
  };
  const path = (name: string): string => {
    const known = paths.get(name);
    if (known === undefined) throw new Error(`The stand-in of electron knows no path ${name}`);
    return known;
  };
  const invoke = async (sender: Electron.WebContents, frame: SenderFrame | null, channel: string, args: unknown[]) => {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const event = knownMembersOnly('IpcMainInvokeEvent', { sender, senderFrame: frame });
    return handler(event as unknown as Electron.IpcMainInvokeEvent, ...args);
  };
  const answer = async (options: Electron.MessageBoxOptions | Electron.OpenDialogOptions): Promise<DialogAnswer> => {
    const prepared = answers.shift();
    // A dialog that nobody answers stays open.
    const { promise, resolve } = Promise.withResolvers<DialogAnswer>();
    openDialogs.push(resolve);
    dialogs.push(options);
    dialogAsked.wake.resolve();
    dialogAsked.wake = Promise.withResolvers();
    if (prepared !== undefined) resolve(prepared);
    return promise;
  };
  // Electron takes the owner window first, or no owner.
  const optionsOf = <T extends object>(ownerOrOptions: Electron.BaseWindow | T, options?: T): T => options ?? (ownerOrOptions as T);

  const electronApp = knownMembersOnly('app', {
    ...app.members,
    isPackaged: false,
    whenReady: async () => {
      await Promise.resolve();
      ready = true;
    },
    quit: quitApp,
    exit: (code = 0) => leave(code),
    enableSandbox: () => void switches.push('sandbox'),
    getPath: path,
    setPath: (name: string, value: string) => {
      if (!existsSync(value)) throw new Error(`Failed to set path: ${value} does not exist`);
      paths.set(name, value);
    },
    requestSingleInstanceLock: () => {
      const holder = instances.get(path('userData'));
      if (holder === undefined) instances.set(path('userData'), app);
      else holder.emit('second-instance', {}, [], '', null);
      return holder === undefined;
    },
  } satisfies Pick<
    Electron.App,
    'on' | 'once' | 'isPackaged' | 'whenReady' | 'quit' | 'exit' | 'enableSandbox' | 'getPath' | 'setPath' | 'requestSingleInstanceLock'
  >) as Electron.App;
  app.self = electronApp;

  const windowHost = {
    browser: setting.browser,
    async serve(request: Request) {
      if (protocolHandler === null) throw new Error('No handler for app://');
      return protocolHandler(request);
    },
    async servePage(request: Request) {
      const answer = await windowHost.serve(request);
      const file = setting.files?.[new URL(request.url).pathname];
      if (file === undefined) return answer;
      const headers = new Headers(answer.headers);
      headers.set('content-type', file.type);
      return new Response(file.body, { headers });
    },
    invoke,
    contentsCreated: (contents: Electron.WebContents) => app.emit('web-contents-created', {}, contents),
    opened(window: OpenedWindow) {
      windows.push(window);
      windowOpened.wake.resolve();
      windowOpened.wake = Promise.withResolvers();
    },
    closed(window: OpenedWindow) {
      windows.splice(windows.indexOf(window), 1);
      if (windows.length === 0 && !quitting) app.emit('window-all-closed');
    },
  };
  class StandInWindow {
    constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
      if (!ready) throw new Error('A window before the app is ready');
      return openWindow(windowHost, options) as unknown as StandInWindow;
    }
    static fromWebContents(contents: Electron.WebContents): Electron.BrowserWindow | null {
      return windows.find((opened) => opened.window.webContents === contents)?.window ?? null;
    }
  }

  const electron = {
    app: electronApp,
    BrowserWindow: knownMembersOnly('BrowserWindow', StandInWindow) satisfies Pick<
      typeof Electron.BrowserWindow,
      'fromWebContents'
    >,
    Menu: knownMembersOnly('Menu', {
      buildFromTemplate: (template) => {
        const built = {} as Electron.Menu;
        templates.set(built, template as Electron.MenuItemConstructorOptions[]);
        return built;
      },
      setApplicationMenu: (given) => void (menu = given === null ? [] : (templates.get(given) ?? [])),
    } satisfies Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>),
    Notification: standInNotification(notifications, () => {
      told.wake.resolve();
      told.wake = Promise.withResolvers();
    }),
    Tray: standInTray(trays, (given) => templates.get(given) ?? []),
    nativeImage: knownMembersOnly('nativeImage', {
      // Electron answers a missing file with an empty picture, which nobody sees: here it is an error.
      createFromPath: (file) => {
        if (!existsSync(file)) throw new Error(`There is no picture ${file}`);
        return knownMembersOnly('NativeImage', {}) as Electron.NativeImage;
      },
    } satisfies Pick<typeof Electron.nativeImage, 'createFromPath'>),
    MessageChannelMain: StandInMessageChannel satisfies new () => Pick<Electron.MessageChannelMain, 'port1' | 'port2'>,
    dialog: knownMembersOnly('dialog', {
      showMessageBox: async (
        owner: Electron.BaseWindow | Electron.MessageBoxOptions,
        options?: Electron.MessageBoxOptions,
      ): Promise<Electron.MessageBoxReturnValue> => {
        const given = await answer(optionsOf(owner, options));
        return { response: 'response' in given ? given.response : -1, checkboxChecked: false };
      },
      showOpenDialog: async (
        owner: Electron.BaseWindow | Electron.OpenDialogOptions,
        options?: Electron.OpenDialogOptions,
      ): Promise<Electron.OpenDialogReturnValue> => {
        const given = await answer(optionsOf(owner, options));
        const filePaths = 'filePaths' in given ? given.filePaths : [];
        return { canceled: filePaths.length === 0, filePaths };
      },
    } satisfies Pick<Electron.Dialog, 'showMessageBox' | 'showOpenDialog'>),
    ipcMain: knownMembersOnly('ipcMain', {
      handle: (channel, listener) => void handlers.set(channel, listener),
    } satisfies Pick<Electron.IpcMain, 'handle'>),
    nativeTheme: knownMembersOnly('nativeTheme', { shouldUseDarkColors: true } satisfies Pick<
      Electron.NativeTheme,
      'shouldUseDarkColors'
    >),
    protocol: knownMembersOnly('protocol', {
      registerSchemesAsPrivileged: (given) => {
        if (ready) throw new Error('Schemes must be registered before the app is ready');
        schemes.push(...given);
      },
      handle: (scheme, handler) => {
        if (!ready) throw new Error('A protocol is handled once the app is ready');
        if (scheme !== 'app') throw new Error(`The stand-in of electron serves no ${scheme}:`);
        protocolHandler = handler;
      },
    } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>),
    safeStorage: standInSafeStorage(setting.keychain, () => ready),
    screen: knownMembersOnly('screen', {
      getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } } as Electron.Display],
    } satisfies Pick<Electron.Screen, 'getAllDisplays'>),
    session: knownMembersOnly('session', {
      defaultSession: knownMembersOnly('Session', {
        setPermissionRequestHandler: (handler) => void (onRequest = handler),
        setPermissionCheckHandler: (handler) => void (onCheck = handler),
        setDevicePermissionHandler: (handler) => void (onDevice = handler),
      } satisfies Pick<
        Electron.Session,
        'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
      >) as Electron.Session,
    } satisfies Pick<typeof Electron.session, 'defaultSession'>),
    shell: knownMembersOnly('shell', {
      openExternal: async (url) => void openedAddresses.push(url),
    } satisfies Pick<Electron.Shell, 'openExternal'>),
    utilityProcess: knownMembersOnly('utilityProcess', { fork: standInFork(services) } satisfies Pick<
      typeof Electron.utilityProcess,
      'fork'
    >),
  };

  return {
    electron,
    windows, services, openedAddresses, dialogs, answers, schemes, switches,
    trays, notifications,
    menu: () => menu,
    /** The nth notification (from 0), as soon as it is shown. */
    async notification(at: number): Promise<ShownNotification> {
      for (;;) {
        const shown = notifications[at];
        if (shown !== undefined) return shown;
        await told.wake.promise;
      }
    },
    quit: quit.promise,
    /** As the system's Quit does. */
    requestQuit: quitApp,
    activate: () => app.emit('activate', {}),
    serve: (url: string, method = 'GET') => windowHost.serve(new Request(url, { method })),
    invoke,
    /** The first window, as soon as the shell opens it. */
    async firstWindow(): Promise<OpenedWindow> {
      for (;;) {
        const [first] = windows;
        if (first !== undefined) return first;
        await windowOpened.wake.promise;
      }
    },
    /** The nth dialog (from 0), as soon as it is shown. */
    async dialog(at: number) {
      for (;;) {
        const shown = dialogs[at];
        if (shown !== undefined) return shown;
        await dialogAsked.wake.promise;
      }
    },
    answerDialog: (at: number, given: DialogAnswer) => openDialogs[at]?.(given),
    /** What the shell answers when a page wants a permission: asked for, looked up, and for a device. */
    permission(name: Permission): { granted: boolean; checked: boolean; devices: boolean } {
      let granted = true;
      onRequest?.(windows[0]?.window.webContents as Electron.WebContents, name, (given) => (granted = given), {} as never);
      const checked = onCheck === null || onCheck(null, name as Parameters<PermissionCheck>[1], 'app://drydock/', {} as never);
      const devices = typeof onDevice !== 'function' || (onDevice as () => boolean)();
      return { granted, checked, devices };
    },
    /** Ends what a failed test left: no service outlives its shell. */
    async dispose(): Promise<void> {
      quitting = true;
      const ended = services.map(async ({ child }) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const end = new Promise<void>((resolve) => child.once('exit', () => resolve()));
        child.kill('SIGKILL');
        await end;
      });
      await Promise.all(ended);
      await Promise.all([...windows].map((window) => window.close()));
      for (const [folder, holder] of instances) if (holder === app) instances.delete(folder);
    },
  };
}
export type StandIn = ReturnType<typeof createStandIn>;
