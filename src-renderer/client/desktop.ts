/** What the preload hands to the page when it runs in Drydock's own window; absent in a browser. */
export interface Desktop {
  /** Asks for a new port to the service; it arrives as a window message. Rejects while there is no service to ask. */
  requestPort(): void | Promise<void>;
  /** Lets the user choose a folder; null when they close the dialog. */
  pickFolder?(): Promise<string | null>;
}

declare global {
  interface Window {
    readonly drydock?: Desktop;
  }
}

/** The desktop's own functions, or undefined in a browser. */
export const desktop = (): Desktop | undefined => window.drydock;
