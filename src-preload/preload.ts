import { contextBridge, ipcRenderer } from 'electron';
import { channels } from '../src-main/shell/channels.ts';

/** What the shell gives the page beyond the web. Everything else is asked of the service over the port. */
const bridge = {
  /** Asks for a port to the service. It arrives as a `drydock:port` message on the window, and again after a restart. */
  requestPort: async (): Promise<void> => {
    await ipcRenderer.invoke(channels.requestPort);
  },
  /** The absolute path of a folder that the person picks, or null. */
  pickFolder: (): Promise<string | null> => ipcRenderer.invoke(channels.pickFolder) as Promise<string | null>,
  /** Opens an http or https address in the system's browser once the person agreed; false when they did not. */
  openExternal: (url: string): Promise<boolean> => ipcRenderer.invoke(channels.openExternal, url) as Promise<boolean>,
  platform: process.platform,
};
export type DrydockBridge = typeof bridge;

contextBridge.exposeInMainWorld('drydock', bridge);

// A port cannot cross the bridge as a value; posting it to the page's own origin hands it over.
ipcRenderer.on(channels.port, (event) => {
  window.postMessage(channels.port, window.location.origin, event.ports);
});
