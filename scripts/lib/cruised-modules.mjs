import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile, root } from './places.mjs';
import { runCommand } from './run-command.mjs';

const SOURCES = ['src-main', 'src-preload', 'src-renderer'];

/**
 * Checks the table of layers and that there are no circles: `{ ok, output }`. Without a parser that it knows,
 * dependency-cruiser finds nothing, and nothing wrong: so a cruise without modules is a failure.
 */
export async function cruisedModules({ node, env }) {
  const folders = SOURCES.filter((folder) => existsSync(join(root, folder)));
  const args = [
    packageFile('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    '--output-type',
    'err-long',
    ...folders,
  ];
  const result = await runCommand(node, args, { cwd: root, env });
  const [, modules = '0'] = /(\d+) modules/.exec(result.output) ?? [];
  if (result.ok && Number(modules) === 0) {
    return { ok: false, output: `${result.output}\nno module was looked at: is @swc/core installed?` };
  }
  return result;
}
