import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

/** Entries of the host side; each becomes `out/main/<name>.js`. */
const MAIN_ENTRIES = {
  shell: 'src-main/shell/main.ts',
  service: 'src-main/service.ts',
  cli: 'src-main/cli/main.ts',
  'query-worker': 'src-main/adapters/sqlite/query-worker.ts',
};

const entries = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, file]) => [name, resolve(here, file)]));

export default defineConfig({
  main: {
    publicDir: false,
    build: {
      outDir: 'out/main',
      target: 'node22',
      rollupOptions: {
        input: entries(MAIN_ENTRIES),
        // Flat, so that `new URL('./query-worker.js', import.meta.url)` means the same from an entry and from a chunk.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    publicDir: false,
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file: nothing can be imported at run time.
      externalizeDeps: false,
      rollupOptions: {
        input: entries({ preload: 'src-preload/preload.ts' }),
        output: { format: 'cjs', entryFileNames: '[name].cjs', inlineDynamicImports: true },
      },
    },
  },
  renderer: {
    root: resolve(here, 'src-renderer'),
    publicDir: false,
    // Relative: the same files are served from http://127.0.0.1:port/ and from app://drydock/. Routes are in the hash.
    base: './',
    plugins: [react()],
    build: {
      outDir: resolve(here, 'out/renderer'),
      emptyOutDir: true,
      minify: true,
      target: 'chrome140',
      // A data: URL would need its own permission in the Content Security Policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: resolve(here, 'src-renderer/index.html') },
    },
    worker: { format: 'es' },
  },
});
