import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build, mergeConfig } from 'vite';

const ROOT = join(import.meta.dirname, '../../..');
export interface Bundles {
  readonly shell: string;
  /** An `oRPC` client for the page, as one classic script that leaves `connectPort` on the window. */
  readonly pageClient: string;
}

/**
 * Builds shell, service and preload from these very sources by the app's own build configuration, into a folder of the top:
 * like from `out/`, bundles find `resources/` and installed packages from there. Files of tests that run at once name their own.
 */
export async function buildBundles(folder = 'test-results'): Promise<Bundles> {
  const built = join(ROOT, folder);
  const { config } = await resolveConfig({ root: ROOT, logLevel: 'warn' }, 'build', 'production');
  for (const part of ['main', 'preload'] as const) {
    const outDir = join(built, part);
    await rm(outDir, { recursive: true, force: true });
    await build(mergeConfig(config?.[part] ?? {}, { build: { outDir, emptyOutDir: false } }));
  }
  return { shell: join(built, 'main', 'shell.js'), pageClient: await bundlePageClient() };
}

async function bundlePageClient(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'page-client.ts'), formats: ['iife'], name: 'drydockTestClient' },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (bundle === undefined || !('output' in bundle)) throw new Error('The page client was not built');
  return bundle.output[0].code;
}
