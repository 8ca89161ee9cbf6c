import { Menu, Tray, nativeImage } from 'electron';
import { join } from 'node:path';
import { countsInWords, fleetCounts, type FleetCounts } from './fleet-counts.ts';
import type { FleetWatch } from './fleet-watch.ts';

/** A tray that is collected is gone from the screen. */
const held = new Set<Tray>();

export interface TrayActions {
  show(): void;
  openQueue(): void;
  quit(): void;
}

/** Drydock while no window is open: how much runs and waits, and the way back. macOS wants a picture of one colour. */
export function showTray(icons: string, fleet: Pick<FleetWatch, 'onChange'>, actions: TrayActions): void {
  const tray = new Tray(nativeImage.createFromPath(join(icons, process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png')));
  held.add(tray);
  let shown = '';
  const tell = (counts: FleetCounts): void => {
    const words = countsInWords(counts);
    if (words === shown) return;
    shown = words;
    tray.setToolTip(`Drydock: ${words}`);
    // Beside the icon, where there is room for it: macOS only.
    if (process.platform === 'darwin') tray.setTitle([counts.running, counts.review + counts.failed].some((count) => count > 0) ? `${counts.running}·${counts.review + counts.failed}` : '');
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: `${words.charAt(0).toUpperCase()}${words.slice(1)}`, enabled: false },
        { type: 'separator' },
        { label: 'Show Drydock', click: actions.show },
        { label: 'Open review queue', click: actions.openQueue },
        { type: 'separator' },
        { label: 'Quit Drydock', click: actions.quit },
      ]),
    );
  };
  tell({ running: 0, review: 0, failed: 0 });
  tray.on('click', () => {
    // On macOS a click opens the menu.
    if (process.platform !== 'darwin') actions.show();
  });
  fleet.onChange((before, after) => {
    if (before?.runs !== after.runs || before.briefs !== after.briefs) tell(fleetCounts(after));
  });
}
