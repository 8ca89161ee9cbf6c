import { join } from 'node:path';
import { loadConfigFromFile } from 'electron-vite';
import { createServer, mergeConfig } from 'vite';
import { root } from './places.mjs';

/** Vite's server for the interface, with the renderer's part of the app's one build configuration. Prints its address as a line. */
const { config } = await loadConfigFromFile(
  { command: 'serve', mode: 'development' },
  join(root, 'electron.vite.config.ts'),
);
const server = await createServer(
  mergeConfig(
    { root: join(root, 'src-renderer'), ...config.renderer },
    { configFile: false, server: { host: '127.0.0.1' }, clearScreen: false },
  ),
);
await server.listen();
process.stdout.write(`http://127.0.0.1:${server.httpServer.address().port}\n`);
