import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build, mergeConfig } from 'vite';

const ROOT = join(import.meta.dirname, '../../..');
/** One folder below the top like `out/`, so that bundles find `resources/` and installed packages as they do there. */
const BUILT = join(ROOT, 'test-results');

export interface Bundles {
  readonly shell: string;
  /** An `oRPC` client for the page, as one classic script that leaves `connectPort` on the window. */
  readonly pageClient: string;
}

/** Builds shell, service and preload from these very sources by the app's own build configuration. */
export async function buildBundles(): Promise<Bundles> {
  const { config } = await resolveConfig({ root: ROOT, logLevel: 'warn' }, 'build', 'production');
  for (const part of ['main', 'preload'] as const) {
    const outDir = join(BUILT, part);
    await rm(outDir, { recursive: true, force: true });
    await build(mergeConfig(config?.[part] ?? {}, { build: { outDir, emptyOutDir: false } }));
  }
  return { shell: join(BUILT, 'main', 'shell.js'), pageClient: await bundlePageClient() };
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
