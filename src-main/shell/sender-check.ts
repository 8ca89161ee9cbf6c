import { isAppUrl } from './app-url.ts';

/** What the check reads of Electron's WebFrameMain. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** Whether a message comes from the top frame of Drydock's own page. A frame that is gone (null) is nobody. */
export function isTrustedSender(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}

/** Throws unless `isTrustedSender`: the page that asked sees a rejected promise. */
export function requireTrustedSender(frame: SenderFrame | null): void {
  if (!isTrustedSender(frame)) throw new Error('Refused: this page may not ask that.');
}
