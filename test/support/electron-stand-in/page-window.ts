import { readFile } from 'node:fs/promises';
import type { Browser, Frame, Page, Route } from 'playwright';
import { knownMembersOnly } from './known-members.ts';
import type { LinkEnd } from './message-link.ts';
import { PAGE_BINDING, PAGE_INLET, type PageCall, type PortData, pageScript } from './page-shim.ts';

/** Chromium does not load `app://`, so the page lives at this address and every request for it goes to the shell's handler. */
const PAGE_ORIGIN = 'https://drydock.test';
const APP_ORIGIN = 'app://drydock';

export const toAppUrl = (url: string): string => (url.startsWith(`${PAGE_ORIGIN}/`) ? APP_ORIGIN + url.slice(PAGE_ORIGIN.length) : url);
const toPageUrl = (url: string): string => (url.startsWith(`${APP_ORIGIN}/`) ? PAGE_ORIGIN + url.slice(APP_ORIGIN.length) : url);

/** What a real frame looks like from the shell: its address and whether it is the top one. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: SenderFrame | null;
}

/** What the page needs of the shell's side. */
export interface PageHost {
  serve(request: Request): Promise<Response>;
  invoke(frame: SenderFrame, channel: string, args: unknown[]): Promise<unknown>;
  /** A page wants to go somewhere; true: refused. */
  navigates(url: string, isMainFrame: boolean): boolean;
  /** A page opened a window; true: refused. */
  opens(url: string): boolean;
  /** Something else was asked of the network. */
  outside(url: string): void;
}

/** A window's page in real Chromium, with the built preload loaded before the page's own scripts. */
export class PageWindow {
  readonly page: Promise<Page>;
  readonly #host: PageHost;
  readonly #ports = new Map<number, LinkEnd>();
  #lastPort = 0;
  #loading: string | null = null;
  /** Calls into the page, one after the other: messages of a port keep their order. */
  #inlet: Promise<unknown> = Promise.resolve();

  constructor(browser: Promise<Browser>, preload: string, host: PageHost) {
    this.#host = host;
    this.page = this.#open(browser, preload);
    this.page.catch(() => undefined);
  }

  async load(url: string): Promise<void> {
    const page = await this.page;
    this.#loading = toPageUrl(url);
    await page.goto(this.#loading);
  }

  async reload(): Promise<void> {
    const page = await this.page;
    this.#loading = new URL(page.url()).href.replace(/#.*$/, '');
    await page.reload();
  }

  deliver(channel: string, message: unknown, ends: readonly LinkEnd[]): void {
    const ids = ends.map((end) => {
      const id = ++this.#lastPort;
      this.#ports.set(id, end);
      return { id, end };
    });
    this.#call('deliver', channel, message, ids.map(({ id }) => id));
    for (const { id, end } of ids) {
      end.listen(
        (data) => this.#call('port', id, encode(data)),
        () => this.#call('close', id),
      );
    }
  }

  async close(): Promise<void> {
    for (const end of this.#ports.values()) end.close();
    await (await this.page).context().close();
  }

  async #open(browser: Promise<Browser>, preload: string): Promise<Page> {
    const context = await (await browser).newContext({ serviceWorkers: 'block' });
    await context.addInitScript({ content: pageScript(await readFile(preload, 'utf8')) });
    await context.exposeBinding(PAGE_BINDING, (source, call: PageCall) => this.#called(source.frame, call));
    await context.route('**/*', (route) => this.#route(route));
    const page = await context.newPage();
    page.on('popup', (popup) => {
      if (this.#host.opens(toAppUrl(popup.url()))) void popup.close();
    });
    return page;
  }

  #called(frame: Frame, call: PageCall): Promise<unknown> | undefined {
    if (call.kind === 'invoke') return this.#host.invoke(senderFrame(frame), call.channel, call.args);
    if (call.kind === 'port') this.#ports.get(call.port)?.send('text' in call.data ? call.data.text : Buffer.from(call.data.base64, 'base64'));
    else this.#ports.get(call.port)?.close();
    return undefined;
  }

  async #route(route: Route): Promise<void> {
    const request = route.request();
    const url = request.url();
    if (request.isNavigationRequest()) {
      const isMainFrame = request.frame().parentFrame() === null;
      const byShell = isMainFrame && this.#loading === url;
      this.#loading = null;
      if (!byShell && this.#host.navigates(toAppUrl(url), isMainFrame)) return route.abort('aborted');
    }
    if (!url.startsWith(`${PAGE_ORIGIN}/`)) {
      this.#host.outside(url);
      return route.fulfill({ status: 200, contentType: 'text/html', body: '<title>elsewhere</title>' });
    }
    const answer = await this.#host.serve(new Request(toAppUrl(url), { method: request.method() }));
    return route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  }

  #call(member: string, ...args: unknown[]): void {
    this.#inlet = this.#inlet
      .then(async () => (await this.page).evaluate(callInlet, { inlet: PAGE_INLET, member, args }))
      // A page that is closed or on its way elsewhere receives nothing, as a gone renderer does not.
      .catch(() => undefined);
  }
}

function callInlet({ inlet, member, args }: { inlet: string; member: string; args: unknown[] }): void {
  const shim = (globalThis as unknown as Record<string, Record<string, (...args: unknown[]) => void> | undefined>)[inlet];
  shim?.[member]?.(...args);
}

function encode(data: unknown): PortData {
  if (typeof data === 'string') return { text: data };
  if (data instanceof Uint8Array) return { base64: Buffer.from(data).toString('base64') };
  throw new Error('The stand-in of electron carries text and bytes over ports');
}

function senderFrame(frame: Frame): SenderFrame {
  const parent = frame.parentFrame();
  return knownMembersOnly('WebFrameMain', {
    url: toAppUrl(frame.url()),
    parent: parent === null ? null : senderFrame(parent),
  });
}
