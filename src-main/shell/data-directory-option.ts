import { resolve } from 'node:path';

/**
 * The data directory named on the app's command line, made absolute, or null: then the service uses the platform's place,
 * the same one as the command line does. Both `--data-dir X` and `--data-dir=X` are understood.
 */
export function dataDirectoryOption(argv: readonly string[]): string | null {
  for (const [at, argument] of argv.entries()) {
    const value = argument === '--data-dir' ? argv[at + 1] : /^--data-dir=(.*)$/s.exec(argument)?.[1];
    if (value !== undefined && value !== '') return resolve(value);
  }
  return null;
}
