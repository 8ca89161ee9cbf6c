import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Why the real Electron cannot run here, or null. Asked of the files only: asking the package would try to fetch the binary. */
function reasonToSkip(): string | null {
  const program = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ?? 'electron';
  if (!existsSync(join(ROOT, 'node_modules/electron/dist', program))) return "Electron's binary is not there";
  const noDisplay = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  if (noDisplay) return 'there is no display';
  return existsSync(join(ROOT, 'out/main/shell.js')) ? null : 'the app is not built: npm run build';
}

const reason = reasonToSkip();
const name = 'the built app opens its page in the real Electron and is connected to its service';

it.skipIf(reason !== null)(reason === null ? name : `${name} (${reason})`, async () => {
  const data = await mkdtemp(join(tmpdir(), 'drydock-electron-'));
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({ cwd: ROOT, args: [...root, '.', '--data-dir', data] });
  try {
    const page = await app.firstWindow();
    await page.waitForURL('app://drydock/**');
    expect(await page.evaluate('Object.keys(drydock).sort()')).toEqual(['openExternal', 'pickFolder', 'platform', 'requestPort']);
    const handedOver = page.evaluate<number>(`new Promise((resolve) => {
      addEventListener('message', (event) => event.data === 'drydock:port' && resolve(event.ports.length));
      void drydock.requestPort();
    })`);
    expect(await handedOver).toBe(1);
    expect(await page.evaluate('typeof require')).toBe('undefined');
  } finally {
    await app.close();
    await rm(data, { recursive: true, force: true });
  }
});
