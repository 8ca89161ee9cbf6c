import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageFile, root } from './lib/places.mjs';
import { hasDisplay, prepareElectron } from './lib/prepare-electron.mjs';
import { runVisible } from './lib/run-visible.mjs';
import { endWith } from './lib/setup-error.mjs';
import { setUp } from './setup.mjs';

/**
 * `npm run dev`: the interface reloads as it is edited, the service starts again. In Electron where it can be; else
 * a Vite server for the interface beside the service, both on loopback, the service printing the address to open.
 */
try {
  const ready = await setUp({ engine: 'wanted' });
  const { node, env, missing } = ready;
  if (missing !== undefined) process.stderr.write(`drydock: ${missing.message}\n`);
  const args = process.argv.slice(2);
  const electron = await prepareElectron(ready);
  if (electron.path !== undefined) {
    const command = [packageFile('electron-vite', 'bin', 'electron-vite.js'), 'dev', '--watch', '--', ...args];
    process.exit(await runVisible(node, command, { cwd: root, env }));
  }
  process.stderr.write(`${electron.reason}: the interface is served to a browser instead.\n`);
  const vite = spawn(node, [join(root, 'scripts/lib/renderer-server.mjs')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => vite.kill());
  const url = await addressOf(vite);
  const open = hasDisplay(env) ? ['--open'] : [];
  const service = [
    '--watch',
    '--watch-preserve-output',
    '--disable-warning=ExperimentalWarning',
    join(root, 'src-main/cli/main.ts'),
    'serve',
    ...open,
    ...args,
  ];
  process.exit(await runVisible(node, service, { cwd: root, env: { ...env, DRYDOCK_RENDERER_URL: url } }));
} catch (error) {
  endWith(error);
}

/** The address that the server prints once it listens; its libraries may have said something before. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const address = /^http:\/\/\S+(?=\n)/m.exec(text);
      if (address !== null) resolve(address[0]);
    });
    child.on('error', reject);
    child.on('close', (status) => reject(new Error(`the server of the interface ended with ${status}`)));
  });
}
