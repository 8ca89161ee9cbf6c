import type { SecretUse } from '../../contract/secret.ts';
import { FAILED_COMMAND_TRAP } from '../../domain/environment/setup-failure.ts';
import { HIDING_PLACES } from '../../domain/seal/hiding-places.ts';

/** Where secrets lie that setup wants as files: a file system in memory, which no commit of the container takes along. */
export const SECRETS_FOLDER = '/run/drydock-secrets';
export const SECRETS_FOLDER_BYTES = 4 * 2 ** 20;

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const target = (file: string): string => (file.startsWith('~/') ? `"$HOME"/${quoted(file.slice(2))}` : quoted(file));

/** Exit status of the script that lays secrets out when a file of the image is in the way. */
export const IN_THE_WAY = 97;

/**
 * Lays out the secrets that are wanted as files: each in memory, for its owner alone, and a link to it where it is looked for. Each value
 * comes in a variable of this one process, `DRYDOCK_FILE_0` and so on; nothing of the image's own is replaced.
 */
export const layOutScript = (files: readonly SecretUse[]): string => {
  const one = ({ name, file }: SecretUse, at: number): string => {
    const path = target(file ?? '');
    const kept = quoted(`${SECRETS_FOLDER}/${name}`);
    return [
      `path=${path}`,
      `if [ -e "$path" ] && ! [ -L "$path" ]; then echo "$path"; exit ${IN_THE_WAY}; fi`,
      `mkdir -p "$(dirname "$path")"`,
      `printf %s "$DRYDOCK_FILE_${at}" > ${kept}`,
      `ln -sfn ${kept} "$path"`,
    ].join('\n');
  };
  return ['set -eu', 'umask 077', ...files.map(one)].join('\n');
};

/**
 * Deletes the links to secrets, and of the known hiding places what is newer than the container's first process. Names each on a line. It is
 * hygiene: what it misses, the scan finds. Needs `rm` and a shell that knows `-nt`, as those of Debian and BusyBox do.
 */
export const clearScript = (files: readonly SecretUse[]): string =>
  [
    'set -u',
    ...files.map(({ file }) => `path=${target(file ?? '')}; if [ -L "$path" ]; then rm -f -- "$path" && printf '%s\\n' "$path"; fi`),
    `for place in ${HIDING_PLACES.map(quoted).join(' ')}; do`,
    '  path="$HOME/$place"',
    '  if [ "$path" -nt /proc/1 ] || [ -L "$path" ]; then rm -rf -- "$path" && printf "%s\\n" "$path"; fi',
    'done',
  ].join('\n');

/** Runs the user's script, by bash where the image has it, to its first command that fails, and says which that was; both streams joined. */
export const setupCommand = (script: string): string[] => [
  '/bin/sh',
  '-c',
  'if command -v bash >/dev/null 2>&1; then exec bash -euo pipefail -c "$2$1" 2>&1; else exec /bin/sh -eu -c "$1" 2>&1; fi',
  'drydock',
  script,
  FAILED_COMMAND_TRAP,
];
