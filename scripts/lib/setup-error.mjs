/** Set-up cannot go on: `message` says what is wrong and what to do next, `details` is the output of what failed. */
export class SetupError extends Error {
  constructor(message, details = '') {
    super(message);
    this.name = 'SetupError';
    this.details = details;
  }
}

/** Ends a script on an error: a set-up error in words, anything else with its stack. */
export function endWith(error) {
  if (error instanceof SetupError) {
    if (error.details !== '') process.stderr.write(`${error.details.trimEnd()}\n`);
    process.stderr.write(`drydock: ${error.message}\n`);
  } else process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
}
