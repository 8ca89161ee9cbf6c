import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { compileFunction, constants } from 'node:vm';
import type { Browser } from 'playwright';
import type { StandInKeychain } from './safe-storage.ts';
import { type StandIn, createStandIn } from './stand-in.ts';

/** Node's own import: the bundles must be loaded as in production and not be transformed by the test runner. */
const nativeImport = compileFunction('return import(url)', ['url'], {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}) as (url: string) => Promise<unknown>;

const standIns = new Map<string, StandIn>();
const MARK = 'drydock-shell';
const SCHEME = 'electron-stand-in:';
Object.defineProperty(globalThis, Symbol.for(SCHEME), { value: standIns });

registerHooks({
  // The shell's address carries the number of its run, so that each run is loaded anew and gets its own electron.
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    const run = new URL(context.parentURL ?? 'none:').searchParams.get(MARK);
    if (run === null) throw new Error(`${context.parentURL} imports electron and is not the shell`);
    return { url: SCHEME + run, shortCircuit: true };
  },
  load(url, context, next) {
    if (!url.startsWith(SCHEME)) return next(url, context);
    const run = url.slice(SCHEME.length);
    const names = Object.keys(standIns.get(run)?.electron ?? {}).join(', ');
    // A name that is not in this list is a SyntaxError at the import, as it should be.
    const source = `export const { ${names} } = globalThis[Symbol.for('${SCHEME}')].get('${run}').electron;`;
    return { format: 'module', source, shortCircuit: true };
  },
});

export interface ShellSetting {
  readonly shell: string;
  readonly userData: string;
  readonly browser: Promise<Browser>;
  /** Command line of the app, without the program. */
  readonly args: readonly string[];
  /** Served in place of the interface's files, with the headers of the shell's own answer. */
  readonly files?: Readonly<Record<string, { type: string; body: string }>>;
  /** The system's keychain; none by default, as on a machine without one. */
  readonly keychain?: StandInKeychain;
}

let runs = 0;

/** Starts the built shell on a stand-in of electron, as `electron . <args>` would. */
export async function runShell(setting: ShellSetting): Promise<StandIn> {
  const run = String(++runs);
  const standIn = createStandIn(setting);
  standIns.set(run, standIn);
  const url = pathToFileURL(setting.shell);
  url.searchParams.set(MARK, run);
  const argv = process.argv;
  process.argv = [process.execPath, '.', ...setting.args];
  try {
    await nativeImport(url.href);
  } finally {
    process.argv = argv;
  }
  return standIn;
}
