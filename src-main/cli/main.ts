import { processSurroundings } from './process-surroundings.ts';
import { runCommandLine } from './program.ts';

// The status is set and the process ends by itself, so that everything written has left; a handle that some part still
// holds must not keep a finished command alive.
process.exitCode = await runCommandLine(process.argv.slice(2), processSurroundings());
process.exit();
