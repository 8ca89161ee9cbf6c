import { type BrowserWindow, dialog } from 'electron';

/** A page that crashes again so soon after it was reloaded would only go on crashing. */
const AGAIN_MS = 60_000;

/** Loads a page whose process has crashed once more by itself; the next time it asks. Nothing is lost: what is on screen is the service's. */
export function reloadCrashedPage(window: BrowserWindow): void {
  let reloadedAt = Number.NEGATIVE_INFINITY;
  const reload = (): void => {
    reloadedAt = performance.now();
    window.webContents.reload();
  };
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    if (performance.now() - reloadedAt > AGAIN_MS) return reload();
    void ask().then((again) => {
      if (window.isDestroyed()) return;
      if (again) reload();
      else window.destroy();
    });
  });
}

async function ask(): Promise<boolean> {
  const answer = await dialog.showMessageBox({
    type: 'error',
    title: 'Drydock',
    message: 'The window’s page has crashed again.',
    detail: 'Runs are not touched by it. Load the page again, or close the window and open it from the tray.',
    buttons: ['Load again', 'Close the window'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return answer.response === 0;
}
