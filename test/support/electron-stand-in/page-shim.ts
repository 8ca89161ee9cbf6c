/** Name of the page's way out to the stand-in, and of the stand-in's way in. */
export const PAGE_BINDING = '__electronStandInCall';
export const PAGE_INLET = '__electronStandIn';

/** What a page says: an `ipcRenderer.invoke`, or a message or end of one of its ports. Port data is text or bytes. */
export type PageCall =
  | { readonly kind: 'invoke'; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: PortData }
  | { readonly kind: 'close'; readonly port: number };
export type PortData = { readonly text: string } | { readonly base64: string };

/**
 * Script that runs before a page's own: a `contextBridge` and `ipcRenderer` of the members a preload may use, and the built
 * preload inside a CommonJS wrapper, as Electron's sandbox runs it. Top frames only, like Electron's default.
 */
export function pageScript(preloadSource: string): string {
  return `(() => {
  if (window !== window.top) return;
  const known = (name, object) => new Proxy(object, { get(target, member) {
    if (typeof member === 'symbol' || member in target) return target[member];
    throw new Error('The stand-in of electron does not know ' + name + '.' + member);
  } });
  const call = (message) => window.${PAGE_BINDING}(message);
  const listeners = new Map();
  const ports = new Map();
  const underway = [];
  const encode = (data) => {
    if (typeof data === 'string') return { text: data };
    if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) {
      const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      return { base64: bytes.toBase64() };
    }
    throw new Error('The stand-in of electron carries text and bytes over ports, not ' + typeof data);
  };
  const decode = (data) => 'text' in data ? data.text : Uint8Array.fromBase64(data.base64);
  const open = (id) => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = (event) => call({ kind: 'port', port: id, data: encode(event.data) });
    ports.set(id, { port2, theirs: null });
    underway.push(id);
    return port1;
  };
  // The preload posts the port on to the page, where it is another object: this listener is the first to see it.
  window.addEventListener('message', (event) => {
    if (event.source !== window) return;
    for (const port of event.ports) {
      const id = underway.shift();
      if (!ports.has(id)) continue;
      ports.get(id).theirs = port;
      port.close = () => {
        MessagePort.prototype.close.call(port);
        if (ports.delete(id)) call({ kind: 'close', port: id });
      };
    }
  });
  // Electron adds to the web's MessagePort that an end is told when the other one is closed; Chromium does not do it.
  const closed = (id) => {
    const theirs = ports.get(id)?.theirs;
    if (ports.delete(id) && theirs) setTimeout(() => theirs.dispatchEvent(new Event('close')));
  };
  Object.defineProperty(window, '${PAGE_INLET}', { value: {
    deliver(channel, message, ids) {
      const event = { ports: ids.map(open) };
      for (const listener of listeners.get(channel) ?? []) listener(event, message);
    },
    port(id, data) { ports.get(id)?.port2.postMessage(decode(data)); },
    close: closed,
  } });
  const electron = known('electron', {
    contextBridge: known('contextBridge', {
      exposeInMainWorld(key, api) { Object.defineProperty(window, key, { value: Object.freeze(api), enumerable: true }); },
    }),
    ipcRenderer: known('ipcRenderer', {
      invoke: (channel, ...args) => call({ kind: 'invoke', channel, args }),
      on(channel, listener) { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); },
    }),
  });
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error('A sandboxed preload cannot require ' + name);
  };
  const module = { exports: {} };
  (function (require, module, exports, process) {
${preloadSource}
  })(require, module, module.exports, known('process', { platform: ${JSON.stringify(process.platform)} }));
})();`;
}
