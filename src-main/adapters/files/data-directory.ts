import { posix, win32 } from 'node:path';

/** Where the data of a person on this platform belongs, by its convention. Throws when the environment names no home. */
export const defaultDataDirectory = (
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string => {
  const home = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Error(`${name} is not set: name the data directory with --data-dir`);
    return value;
  };
  if (platform === 'win32') return win32.join(env['LOCALAPPDATA'] || win32.join(home('USERPROFILE'), 'AppData', 'Local'), 'Drydock');
  if (platform === 'darwin') return posix.join(home('HOME'), 'Library', 'Application Support', 'Drydock');
  const data = env['XDG_DATA_HOME'];
  // The XDG base directory specification: a relative path is to be ignored.
  return posix.join(data !== undefined && posix.isAbsolute(data) ? data : posix.join(home('HOME'), '.local', 'share'), 'drydock');
};
