import { untilKilled, type FakeProcess, type FakeProgram, type ProgramEntry } from '../support/fake-engine/fake-program.ts';

/** One program in two spellings: for a real container, and for the fake engine. They must do the same. */
export interface Program {
  readonly shell: readonly string[];
  readonly fake: FakeProgram;
}

const sh = (script: string): readonly string[] => ['/bin/sh', '-c', script];

const lineFrom = async (stdin: FakeProcess['stdin']): Promise<string> => {
  let said = '';
  for await (const bytes of stdin ?? []) {
    said += String(bytes);
    if (said.includes('\n')) break;
  }
  return said.trimEnd();
};

/** Bytes of the given stream of `mixed`: every line unlike the others, so that a lost or doubled one shows. */
export const mixedText = (name: 'out' | 'err', lines: number): string =>
  Array.from({ length: lines }, (_, index) => `${name} ${index + 1} ${'x'.repeat(((index + 1) * 7) % 120)}\n`).join('');

const awkMixed = (lines: number): string =>
  `awk 'BEGIN { pad = sprintf("%120s", ""); gsub(/ /, "x", pad); for (i = 1; i <= ${lines}; i++) { p = substr(pad, 1, (i * 7) % 120); print "out " i " " p; print "err " i " " p > "/dev/stderr" } }'`;

export const programs = {
  quiet: { shell: ['/bin/true'], fake: () => 0 },
  hello: {
    shell: sh('echo to-out; echo to-err >&2; printf end'),
    fake: async ({ write }) => {
      await write('stdout', 'to-out\n');
      await write('stderr', 'to-err\n');
      await write('stdout', 'end');
      return 0;
    },
  },
  exits7: { shell: sh('exit 7'), fake: () => 7 },
  /** Ready as soon as it says so; ends on SIGTERM. */
  sleeps: {
    shell: sh('trap "exit 0" TERM; echo ready; while :; do sleep 3600 & wait $!; done'),
    fake: ({ write, onTerminate, killed }) =>
      new Promise((resolve) => {
        onTerminate(() => resolve(0));
        killed.addEventListener('abort', () => resolve(137), { once: true });
        void write('stdout', 'ready\n');
      }),
  },
  ignoresTerm: {
    shell: sh('trap "" TERM; echo ready; while :; do sleep 1; done'),
    fake: async (process) => {
      process.onTerminate(() => {});
      await process.write('stdout', 'ready\n');
      return untilKilled(process);
    },
  },
  /** 8 MiB of zeros without a line break. */
  flood: {
    shell: sh('head -c 8388608 /dev/zero'),
    fake: async ({ write }) => {
      for (let block = 0; block < 128; block += 1) await write('stdout', Buffer.alloc(65_536));
      return 0;
    },
  },
  /** About 5 MB over both streams, in unlike lines, a few of them over the engine's entry size. */
  mixed: {
    shell: sh(`${awkMixed(15_000)}; head -c 40000 /dev/zero | tr '\\0' y; echo; head -c 16384 /dev/zero | tr '\\0' z; echo; printf '\\377\\376 \\303\\n'; ${awkMixed(15_000)}`),
    fake: async ({ write }) => {
      const [out, err] = [mixedText('out', 15_000), mixedText('err', 15_000)];
      const middle = Buffer.concat([Buffer.from(`${'y'.repeat(40_000)}\n${'z'.repeat(16_384)}\n`), Buffer.from([0xff, 0xfe, 0x20, 0xc3, 0x0a])]);
      for (const part of [out, err]) await write(part === out ? 'stdout' : 'stderr', part);
      await write('stdout', middle);
      for (const part of [out, err]) await write(part === out ? 'stdout' : 'stderr', part);
      return 0;
    },
  },
  /** What was put there: text through the link, then owner, mode and kind of each. */
  showsPut: {
    shell: sh("cat /workspace/folder/link; stat -c '%u:%g %a %F' /workspace/folder/file /workspace/folder/link"),
    fake: async ({ files, write }) => {
      const file = files.get('/workspace/folder/file');
      const link = files.get('/workspace/folder/link');
      if (file?.type !== 'file' || link?.type !== 'symlink') return 1;
      await write('stdout', files.text('/workspace/folder/link') ?? '');
      await write('stdout', `${file.uid}:${file.gid} ${file.mode.toString(8)} regular file\n`);
      await write('stdout', `${link.uid}:${link.gid} 777 symbolic link\n`);
      return 0;
    },
  },
  writesFile: {
    shell: sh('printf 0123456789 > /workspace/made'),
    fake: ({ files }) => {
      files.write('/workspace/made', '0123456789');
      return 0;
    },
  },
  /** As a step of a build. */
  writesAndTells: {
    shell: sh('printf 0123456789 > /tmp/made && echo written here'),
    fake: async ({ files, write }) => {
      files.write('/tmp/made', '0123456789');
      await write('stdout', 'written here\n');
      return 0;
    },
  },
  readsTold: {
    shell: sh('cat /tmp/made'),
    fake: async ({ files, write }) => {
      await write('stdout', files.text('/tmp/made') ?? '');
      return 0;
    },
  },
  readsFile: {
    shell: sh('cat /workspace/made'),
    fake: async ({ files, write }) => {
      await write('stdout', files.text('/workspace/made') ?? '');
      return 0;
    },
  },
  /** Its standard input, until that ends. */
  echoes: {
    shell: ['/bin/cat'],
    fake: async ({ stdin, write }) => {
      for await (const bytes of stdin ?? []) await write('stdout', bytes as Buffer);
      return 0;
    },
  },
  /** For exec: its environment, user and directory, and an exit code of its own. */
  execShows: {
    shell: sh('echo "$GREETING"; id -u; pwd; echo bad >&2; exit 3'),
    fake: async ({ environment, user, workingDirectory, write }) => {
      await write('stdout', `${environment['GREETING']}\n${user.split(':')[0]}\n${workingDirectory}\n`);
      await write('stderr', 'bad\n');
      return 3;
    },
  },
  /** In a terminal: after a line it tells that line and the terminal's size, its environment, user and folder. */
  talks: {
    shell: sh('stty -echo; printf ready; read -r line; echo "$line $(stty size) $GREETING $(id -u) $(pwd)"; exit 4'),
    fake: async ({ stdin, terminal, environment, user, workingDirectory, write }) => {
      await write('stdout', 'ready');
      const line = await lineFrom(stdin);
      await write('stdout', `${line} ${terminal?.rows} ${terminal?.columns} ${environment['GREETING']} ${user.split(':')[0]} ${workingDirectory}\r\n`);
      return 4;
    },
  },
  /** In a terminal: does not obey a hang-up, and has a child of its own. */
  staysOn: {
    shell: sh('trap "" HUP; (while :; do sleep 4242; done) & printf ready; while :; do sleep 4242; done'),
    fake: async (process) => {
      process.files.write('/tmp/still-there', '');
      await process.write('stdout', 'ready');
      const exitCode = await untilKilled(process);
      process.files.delete('/tmp/still-there');
      return exitCode;
    },
  },
  /** For exec: 0 while a process of `staysOn` is there, else 1. */
  isStillThere: {
    shell: sh("for each in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < \"$each\" 2>/dev/null | grep -q '[s]leep 4242' && exit 0; done; exit 1"),
    fake: ({ files }) => (files.get('/tmp/still-there') === undefined ? 1 : 0),
  },
} satisfies Record<string, Program>;

/** The table for a fake engine. */
export const fakePrograms: readonly ProgramEntry[] = Object.values(programs).map(({ shell, fake }: Program) => ({
  matches: (command) => JSON.stringify(command) === JSON.stringify(shell),
  run: fake,
}));
