import { BrowserWindow, type IpcMainInvokeEvent, dialog, ipcMain, shell } from 'electron';
import { webAddress } from './app-url.ts';
import { channels } from './channels.ts';
import type { PortBroker } from './port-broker.ts';
import { requireTrustedSender } from './sender-check.ts';

/** Answers the few things a page cannot do itself. Each checks who asks; arguments are taken as unknown. */
export function answerSystemRequests(ports: PortBroker): void {
  handle(channels.requestPort, (event) => ports.request(event.sender));
  handle(channels.pickFolder, (event) => pickFolder(ownerOf(event)));
  handle(channels.openExternal, (event, url) => openExternal(ownerOf(event), url));
}

function handle(channel: string, answer: (event: IpcMainInvokeEvent, argument: unknown) => unknown): void {
  ipcMain.handle(channel, (event, argument: unknown) => {
    requireTrustedSender(event.senderFrame);
    return answer(event, argument);
  });
}

function ownerOf(event: IpcMainInvokeEvent): BrowserWindow {
  const window = BrowserWindow.fromWebContents(event.sender);
  if (window === null) throw new Error('Refused: the page has no window.');
  return window;
}

/** The absolute path of the folder a person chose, or null when they chose none. */
async function pickFolder(owner: BrowserWindow): Promise<string | null> {
  const chosen = await dialog.showOpenDialog(owner, { properties: ['openDirectory', 'createDirectory'] });
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}

/** Opens a web address in the system's browser if the person agrees. Asking shows the whole address: a link can carry data out. */
async function openExternal(owner: BrowserWindow, url: unknown): Promise<boolean> {
  const address = typeof url === 'string' ? webAddress(url) : null;
  if (address === null) throw new Error('Refused: only http and https addresses are opened.');
  const answer = await dialog.showMessageBox(owner, {
    type: 'question',
    message: 'Open this address in your browser?',
    detail: address,
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (answer.response !== 0) return false;
  await shell.openExternal(address);
  return true;
}
