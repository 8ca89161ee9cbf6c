import { shownPath, type RawPath } from '../../domain/collection-path.ts';
import { AGENT_USER, WORKSPACE } from '../../domain/container-spec.ts';
import { EngineFailure, type ContainerEngine } from '../../ports/container-engine.ts';

/** Bytes of a list that are taken; a longer one is cut. */
const MOST_LIST_BYTES = 2 ** 20;
/** Bytes of one file that are taken. */
export const MOST_FILE_BYTES = 2 ** 20;
/** Seconds after which a look is killed inside the container, and a little later given up. */
const LOOK_SECONDS = 20;
/** The kernel's PATH_MAX: a longer name was not written by a real find. */
const MOST_PATH_BYTES = 4_096;

const LIMITED = `t=; command -v timeout >/dev/null 2>&1 && t='timeout -s KILL ${LOOK_SECONDS}'`;

/**
 * Lists what changed since the container's start, `<size> <path>` NUL by NUL. The engine writes /etc/hosts as it starts a container,
 * after the workspace was put in. The time of change cannot be set back by a program, as that of modification can; a find
 * that does not know it (BusyBox) gets the latter.
 */
const LIST = `
command -v find >/dev/null 2>&1 || exit 127
cd ${WORKSPACE} || exit 1
${LIMITED}
since=-newer; find /etc/hosts -prune -cnewer /etc/hosts >/dev/null 2>&1 && since=-cnewer
if find / -prune -printf '' >/dev/null 2>&1; then
  $t find . -xdev -name .git -prune -o -type f $since /etc/hosts -printf '%s %P\\0' 2>/dev/null
else
  $t find . -xdev -name .git -prune -o -type f $since /etc/hosts -exec sh -c 'for f; do printf "%s %s\\0" "$(stat -c %s "$f" 2>/dev/null)" "\${f#./}"; done' sh {} + 2>/dev/null
fi | head -c ${MOST_LIST_BYTES + 1}
`;

/** Reads a regular file inside the workspace, reached over no link. The path comes escaped: a command's words are text, a path is bytes. */
const READ = `
path=$(printf '%b.' "$1"); path=\${path%.}
${LIMITED}
cd ${WORKSPACE} || exit 3
case $path in */*) cd -P "./\${path%/*}" || exit 3; [ "$(pwd -P)" = "${WORKSPACE}/\${path%/*}" ] || exit 3 ;; esac
leaf=\${path##*/}
[ -f "./$leaf" ] && [ ! -L "./$leaf" ] || exit 3
$t head -c ${MOST_FILE_BYTES + 1} "./$leaf"
`;

export interface TouchedFile {
  readonly raw: RawPath;
  /** As shown and matched everywhere else. */
  readonly path: string;
  readonly size: number;
}

export interface Touched {
  /** By path. */
  readonly files: readonly TouchedFile[];
  /** There is more than was taken. */
  readonly truncated: boolean;
}

interface Answer {
  readonly exitCode: number;
  readonly bytes: Buffer;
}

/** Runs a script of ours as the agent user. What the container answers is hostile: its bytes are capped here too. */
const ask = async (engine: ContainerEngine, container: string, script: string, words: readonly string[], most: number, signal?: AbortSignal): Promise<Answer> => {
  const tooLong = AbortSignal.timeout((LOOK_SECONDS + 5) * 1_000);
  const enough = new AbortController();
  const pieces: Buffer[] = [];
  let length = 0;
  const taken = (): Buffer => Buffer.concat(pieces).subarray(0, most);
  try {
    const { exitCode } = await engine.exec(
      container,
      {
        command: ['/bin/sh', '-c', script, 'drydock', ...words],
        user: AGENT_USER,
        workingDirectory: '/',
        environment: { LC_ALL: 'C' },
        signal: AbortSignal.any([tooLong, enough.signal, ...(signal === undefined ? [] : [signal])]),
      },
      (stream, bytes) => {
        if (stream !== 'stdout') return;
        if (length < most) pieces.push(Buffer.from(bytes));
        length += bytes.length;
        if (length >= most) enough.abort();
      },
    );
    return { exitCode, bytes: taken() };
  } catch (error) {
    if (enough.signal.aborted && signal?.aborted !== true) return { exitCode: 0, bytes: taken() };
    throw tooLong.aborted ? new EngineFailure({ kind: 'timedOut', call: 'exec', afterMs: (LOOK_SECONDS + 5) * 1_000 }) : error;
  }
};

/** Whole records of a list; what does not look like one is passed over. */
const filesIn = (bytes: Buffer): TouchedFile[] => {
  const records = bytes.toString('latin1').split('\0');
  // Behind the last NUL is nothing, or a record that was cut.
  records.pop();
  const files = records.flatMap((record): TouchedFile[] => {
    const [, size = '', raw = ''] = /^(\d{1,15}) ([^]+)$/.exec(record) ?? [];
    const isInside = raw !== '' && raw.length <= MOST_PATH_BYTES && !raw.startsWith('/') && !raw.split('/').some((part) => part === '' || part === '.' || part === '..');
    return isInside ? [{ raw, path: shownPath(raw), size: Number(size) }] : [];
  });
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
};

/**
 * What a running container has touched in its workspace, as it says itself: for looking only. null: its image has no find. Rejects
 * with EngineFailure.
 */
export const listTouched = async (engine: ContainerEngine, container: string, signal?: AbortSignal): Promise<Touched | null> => {
  const { exitCode, bytes } = await ask(engine, container, LIST, [], MOST_LIST_BYTES + 1, signal);
  if (exitCode !== 0 && bytes.length === 0) return null;
  return { files: filesIn(bytes), truncated: bytes.length > MOST_LIST_BYTES };
};

/** For printf's %b: what is not plain as \\0ooo. */
const escaped = (raw: RawPath): string => raw.replace(/[^A-Za-z0-9/._-]/g, (byte) => `\\0${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);

/** A file of the list as it is now. null: no regular file is there any more. `bytes` null: larger than what is taken. */
export const readTouched = async (engine: ContainerEngine, container: string, file: TouchedFile): Promise<{ bytes: Buffer | null; size: number } | null> => {
  const { exitCode, bytes } = await ask(engine, container, READ, [escaped(file.raw)], MOST_FILE_BYTES + 1);
  if (exitCode !== 0) return null;
  return bytes.length > MOST_FILE_BYTES ? { bytes: null, size: Math.max(file.size, bytes.length) } : { bytes, size: bytes.length };
};
