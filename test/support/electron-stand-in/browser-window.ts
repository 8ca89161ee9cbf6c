import type { BrowserWindow, BrowserWindowConstructorOptions, MessagePortMain, RenderProcessGoneDetails, WebContents, WebPreferences } from 'electron';
import type { Browser, Page } from 'playwright';
import { Events } from './events.ts';
import { knownMembersOnly } from './known-members.ts';
import { takeEnd } from './message-link.ts';
import { type PageHost, PageWindow, type SenderFrame } from './page-window.ts';

const WINDOW_OPTIONS: ReadonlySet<string> = new Set([
  'title', 'width', 'height', 'x', 'y', 'minWidth', 'minHeight', 'show', 'backgroundColor', 'webPreferences',
] satisfies (keyof BrowserWindowConstructorOptions)[]);
const WEB_PREFERENCES: ReadonlySet<string> = new Set([
  'preload', 'contextIsolation', 'sandbox', 'nodeIntegration', 'webviewTag', 'webSecurity', 'spellcheck',
] satisfies (keyof WebPreferences)[]);

/** A window as a test sees it. */
export interface OpenedWindow {
  readonly window: BrowserWindow;
  readonly options: BrowserWindowConstructorOptions;
  readonly page: Promise<Page>;
  /** Loaded by the shell and shown. */
  readonly shown: Promise<void>;
  /** What happened to it, in order: show, focus, restore … */
  readonly calls: string[];
  /** Attempts of its page that a guard refused or, with `allowed`, let through. */
  readonly attempts: { readonly what: 'navigate' | 'open' | 'webview' | 'network'; readonly url: string; readonly allowed: boolean }[];
  /** As a person closes it. */
  close(): Promise<void>;
  minimized: boolean;
  /** Whether it has the keyboard; a test takes it away as a person who works elsewhere does. */
  focused: boolean;
  /** As the page's process crashes. */
  crash(reason?: RenderProcessGoneDetails['reason']): void;
  attachWebview(): boolean;
}

export interface WindowHost {
  readonly browser: Promise<Browser>;
  servePage(request: Request): Promise<Response>;
  invoke(sender: WebContents, frame: SenderFrame, channel: string, args: unknown[]): Promise<unknown>;
  contentsCreated(contents: WebContents): void;
  opened(window: OpenedWindow): void;
  closed(window: OpenedWindow): void;
}

/** Makes the window of a `new BrowserWindow`: everything the shell may call on it, around a real page. */
export function openWindow(host: WindowHost, options: BrowserWindowConstructorOptions): BrowserWindow {
  requireKnown('BrowserWindow option', WINDOW_OPTIONS, options);
  requireKnown('web preference', WEB_PREFERENCES, options.webPreferences ?? {});
  const preload = options.webPreferences?.preload;
  if (preload === undefined) throw new Error('The window has no preload');

  const calls: string[] = [];
  const attempts: OpenedWindow['attempts'] = [];
  const events = new Events<BrowserWindow>('BrowserWindow', ['ready-to-show', 'close', 'closed']);
  const contentEvents = new Events<WebContents>('WebContents', [
    'will-frame-navigate', 'will-redirect', 'will-attach-webview', 'destroyed', 'render-process-gone',
  ]);
  let openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null;
  const shown = Promise.withResolvers<void>();

  const pageHost: PageHost = {
    serve: (request) => host.servePage(request),
    invoke: (frame, channel, args) => host.invoke(contents, frame, channel, args),
    navigates(url, isMainFrame) {
      const refused = contentEvents.emitPreventable('will-frame-navigate', { url, isMainFrame });
      attempts.push({ what: 'navigate', url, allowed: !refused });
      return refused;
    },
    opens(url) {
      const details = { url } as Parameters<NonNullable<typeof openHandler>>[0];
      const allowed = openHandler?.(details).action !== 'deny';
      attempts.push({ what: 'open', url, allowed });
      return !allowed;
    },
    outside: (url) => attempts.push({ what: 'network', url, allowed: true }),
  };
  const page = new PageWindow(host.browser, preload, pageHost);

  const contents = knownMembersOnly('WebContents', {
    ...contentEvents.members,
    setWindowOpenHandler: (handler: NonNullable<typeof openHandler>) => void (openHandler = handler),
    postMessage: (channel: string, message: unknown, transfer: MessagePortMain[] = []) =>
      page.deliver(channel, message, transfer.map(takeEnd)),
    reload: () => {
      calls.push('reload');
      // As with a load: a window that is closed meanwhile ends it.
      page.reload().catch(() => undefined);
    },
  } satisfies Pick<WebContents, 'on' | 'once' | 'setWindowOpenHandler' | 'postMessage' | 'reload'>) as WebContents;
  contentEvents.self = contents;

  let minimized = false;
  // A window that the system shows gets the focus.
  let focused = false;
  let destroyed = false;
  const gone = async (): Promise<void> => {
    destroyed = true;
    await page.close();
    contentEvents.emit('destroyed');
    events.emit('closed');
    host.closed(opened);
  };
  const bounds = { x: 40, y: 40, width: options.width ?? 800, height: options.height ?? 600, ...position(options) };
  const window = knownMembersOnly('BrowserWindow', {
    ...events.members,
    webContents: contents,
    loadURL: async (url: string) => {
      await page.load(url);
      events.emit('ready-to-show');
    },
    show: () => {
      calls.push('show');
      focused = true;
      shown.resolve();
    },
    focus: () => {
      calls.push('focus');
      focused = true;
    },
    isFocused: () => focused,
    isDestroyed: () => destroyed,
    destroy: () => void gone(),
    maximize: () => void calls.push('maximize'),
    restore: () => {
      calls.push('restore');
      minimized = false;
    },
    isMinimized: () => minimized,
    isMaximized: () => calls.includes('maximize'),
    getNormalBounds: () => bounds,
  } satisfies Pick<
    BrowserWindow,
    'on' | 'once' | 'webContents' | 'loadURL' | 'show' | 'focus' | 'maximize' | 'restore' | 'isMinimized' | 'isMaximized' | 'getNormalBounds'
    | 'isFocused' | 'isDestroyed' | 'destroy'
  >) as BrowserWindow;
  events.self = window;

  const opened: OpenedWindow = {
    window, options, calls, attempts,
    page: page.page,
    shown: shown.promise,
    get minimized() {
      return minimized;
    },
    set minimized(value) {
      minimized = value;
    },
    get focused() {
      return focused;
    },
    set focused(value) {
      focused = value;
    },
    crash: (reason = 'crashed') => contentEvents.emit('render-process-gone', {}, { reason, exitCode: 1 } satisfies RenderProcessGoneDetails),
    attachWebview() {
      const refused = contentEvents.emitPreventable('will-attach-webview', {}, {}, {});
      attempts.push({ what: 'webview', url: '', allowed: !refused });
      return !refused;
    },
    async close() {
      if (!events.emitPreventable('close')) await gone();
    },
  };
  host.contentsCreated(contents);
  host.opened(opened);
  return window;
}

function position(options: BrowserWindowConstructorOptions): { x?: number; y?: number } {
  return { ...(options.x === undefined ? {} : { x: options.x }), ...(options.y === undefined ? {} : { y: options.y }) };
}

function requireKnown(what: string, known: ReadonlySet<string>, given: object): void {
  for (const name of Object.keys(given)) {
    if (!known.has(name)) throw new Error(`The stand-in of electron knows no ${what} ${name}`);
  }
}
