import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modulesFolder, root } from './places.mjs';
import { runCommand } from './run-command.mjs';

/** Runs npm in this clone: the one that started this script, else the one beside this Node, else the one on the PATH. */
export function runNpm(args, { node = nodeForNpm(), ...options } = {}) {
  const script = npmScript();
  const env = { ...process.env, PATH: pathWithoutModules() };
  const run = { cwd: root, env, ...options };
  if (script !== undefined) return runCommand(node, [script, ...args], run);
  if (process.platform !== 'win32') return runCommand('npm', args, run);
  return runCommand(process.env.ComSpec ?? 'cmd.exe', ['/d', '/s', '/c', 'npm', ...args], run);
}

function npmScript() {
  const { npm_execpath: running } = process.env;
  if (running !== undefined && /npm-cli\.c?js$/.test(running) && existsSync(running)) return running;
  const beside = [
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
    join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
  ];
  return beside.find((path) => existsSync(path));
}

/** npm replaces node_modules, and with it the Node that lives there: it must not run on that one. */
function nodeForNpm() {
  const { npm_node_execpath: running } = process.env;
  const candidates = [running, process.execPath].filter((path) => path !== undefined && existsSync(path));
  return candidates.find((path) => !path.startsWith(modulesFolder)) ?? 'node';
}

function pathWithoutModules() {
  const separator = process.platform === 'win32' ? ';' : ':';
  return (process.env.PATH ?? '')
    .split(separator)
    .filter((folder) => !folder.startsWith(modulesFolder))
    .join(separator);
}
