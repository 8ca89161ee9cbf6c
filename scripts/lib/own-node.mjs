import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { modulesFolder, packageFile, root } from './places.mjs'
import { runCommand } from './run-command.mjs'
import { runNpm } from './run-npm.mjs'
import { SetupError } from './setup-error.mjs'

/** The Node that everything runs on: sources are TypeScript, which older ones cannot read. */
const MAJOR = 24

const binary = packageFile('node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/**
 * The path of the Node that comes as a dependency. Its package fetches the binary in an install script; where
 * scripts are switched off, that one script is run by itself. Throws, saying what to do, when there is none.
 */
export async function ownNode(progress) {
  if (await works()) return binary
  let output = ''
  await progress.step(`Installing Node ${MAJOR}`, async () => {
    for (const repair of [runInstallScript, rebuild]) {
      output += (await repair()).output
      if (await works()) return
    }
    throw new SetupError(
      `Node ${MAJOR} did not get into node_modules/node: its install script was blocked or failed. ` +
        'Run `npm ci --ignore-scripts=false --foreground-scripts` and see why, or use a Node 24 of your own to run this.',
      output,
    )
  })
  return binary
}

async function works() {
  if (!existsSync(binary)) return false
  const { stdout } = await runCommand(binary, ['--version'], { timeoutMs: 30_000 })
  return stdout.startsWith(`v${MAJOR}.`)
}

function runInstallScript() {
  return runCommand(process.execPath, ['installArchSpecificPackage'], { cwd: packageFile('node'), timeoutMs: 5 * 60_000 })
}

function rebuild() {
  return runNpm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=warn'], { timeoutMs: 5 * 60_000 })
}

/** The environment for programs of this clone: its own Node and tools first on the PATH. */
export function ownEnvironment(env = process.env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...env, [key]: [join(modulesFolder, '.bin'), join(root, 'node_modules/node/bin'), env[key]].filter(Boolean).join(delimiter) }
}
