#!/usr/bin/env node
import { processSurroundings } from './process-surroundings.ts';
import { runCommandLine } from './program.ts';

/** Oldest Node that has everything the bundle uses (Promise.withResolvers came with 22). From a clone Drydock brings its own. */
const OLDEST_NODE = 22;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  process.stderr.write(`drydock: this is Node ${process.versions.node}.\nNext: run it with Node ${OLDEST_NODE} or newer.\n`);
  process.exit(2);
}

// The status is set and the process ends by itself, so that everything written has left; a handle that some part still
// holds must not keep a finished command alive.
process.exitCode = await runCommandLine(process.argv.slice(2), processSurroundings());
process.exit();
