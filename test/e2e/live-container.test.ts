import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunId, ShellId } from '../../src-main/contract/ids.ts';
import type { ShellEvent } from '../../src-main/contract/live.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { newCommand, runEnd, runWhere, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

describe('a run while it works', () => {
  let test: TestDrydock;
  let small: SmallProject;
  const going: RunId[] = [];

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
  });
  afterEach(async () => {
    for (const runId of going.splice(0)) {
      await test.client.runs.cancel({ commandId: newCommand(), runId }).catch(() => {});
      await runEnd(test, runId);
    }
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  /** Launches a command and resolves when it has said `ready`. */
  const ready = async (command: string): Promise<Run> => {
    const run = await small.script(`${command}\necho ready\nsleep 1000`);
    going.push(run.id);
    await runWhere(test, run.id, ({ state }) => state.name === 'working' && state.container !== null);
    await expect.poll(async () => (await wholeLog(test, run.id, 'work')).toString(), { timeout: 60_000, interval: 50 }).toContain('ready');
    return run;
  };

  it('shows what it touched, whatever the names are, and what is in it', async () => {
    const command = String.raw`
      echo new > "$(printf 'line\nbreak \033[31m')"; echo latin > "$(printf 'caf\351')"; echo '$(id)' > '$(touch owned)'; echo dash > -rf
      mkdir -p deep/.git 'sp ace'; echo hidden > deep/.git/config; echo in > 'sp ace/é'; echo changed >> README.md
      ln -s /etc/passwd link; mkfifo pipe; head -c 2000000 /dev/zero > big; printf 'a\000b' > binary; touch -d 2001-01-01 src/main.js
      mkdir real; echo inside > real/file; ln -s real via`;
    const run = await ready(command);
    const { files, truncated } = await test.client.runs.liveChanges({ runId: run.id });
    expect(truncated).toBe(false);
    const shown = files.map(({ path, kind, size }) => `${kind} ${size} ${JSON.stringify(path)}`);
    expect(shown.toSorted()).toEqual([
      'added 2 "sp ace/é"', 'added 3 "binary"', 'added 4 "line\\nbreak \\u001b[31m"', 'added 5 "-rf"', 'added 6 "$(touch owned)"', 'added 6 "caf\\\\xe9"',
      'added 7 "real/file"', 'added 2000000 "big"', `modified ${files.find(({ path }) => path === 'README.md')?.size} "README.md"`,
      `modified ${files.find(({ path }) => path === 'src/main.js')?.size} "src/main.js"`,
    ].map((line) => line.replace('added 2 "sp', 'added 3 "sp')).toSorted());

    const look = (path: string) => test.client.runs.liveFile({ runId: run.id, path });
    const text = (content: { bytes: string | null } | null): string | null => (content?.bytes == null ? null : Buffer.from(content.bytes, 'base64').toString());
    const readme = await look('README.md');
    expect([text(readme.now)?.endsWith('changed\n'), text(readme.now)?.startsWith(text(readme.base) ?? 'none')]).toEqual([true, true]);
    for (const [path, content] of [['line\nbreak \x1b[31m', 'new\n'], ['caf\\xe9', 'latin\n'], ['$(touch owned)', '$(id)\n'], ['-rf', 'dash\n'], ['sp ace/é', 'in\n'], ['real/file', 'inside\n']] as const) {
      expect([path, await look(path).then(({ base, now }) => [base, text(now)])]).toEqual([path, [null, content]]);
    }
    expect(await look('big')).toEqual({ base: null, now: { bytes: null, size: 2_000_000, binary: true } });
    expect((await look('binary')).now).toMatchObject({ binary: true, size: 3 });
    for (const path of ['link', 'pipe', 'via/file', '../etc/passwd', '/etc/passwd', 'deep/.git/config', 'src/price.js', 'README.md/', './README.md']) {
      await expect(look(path)).rejects.toMatchObject({ data: { code: 'notFound' } });
    }
    expect((await test.client.runs.liveChanges({ runId: run.id })).files.map(({ path }) => path)).not.toContain('owned');
  });

  it('counts 100,000 touched files on its card without holding the run up', async () => {
    const run = await ready('mkdir many && cd many && seq 100000 | xargs touch');
    await expect
      .poll(() => test.drydock.core.deps.store.progress(run.id)?.touched?.files ?? 0, { timeout: 60_000, interval: 250 })
      .toBeGreaterThan(40_000);
    expect(test.drydock.core.deps.store.progress(run.id)?.touched?.paths).toHaveLength(200);
    const { files, truncated } = await test.client.runs.liveChanges({ runId: run.id });
    expect([files.length, truncated]).toEqual([2_000, true]);
    const from = performance.now();
    await test.client.runs.cancel({ commandId: newCommand(), runId: run.id });
    expect((await runEnd(test, run.id)).state.name).toBe('cancelled');
    expect(performance.now() - from).toBeLessThan(15_000);
    await expect(test.client.runs.liveChanges({ runId: run.id })).rejects.toMatchObject({ data: { code: 'refusedByState' } });
  });

  const send = (shell: ShellId, text: string) => test.client.runs.typeIntoShell({ shell, bytes: Buffer.from(text).toString('base64') });

  /** Opens a shell; what it says is gathered while `until` is waited for. */
  const openShell = async (runId: RunId) => {
    const controller = new AbortController();
    const events = (await test.client.runs.openShell({ runId, columns: 80, rows: 24 }, { signal: controller.signal })) as AsyncIterator<ShellEvent>;
    const first = await events.next();
    if (first.done || first.value.kind !== 'opened') throw new Error('a shell begins by telling its id');
    let text = '';
    let bytes = 0;
    const read = async (wanted: (text: string) => boolean): Promise<ShellEvent | null> => {
      while (!wanted(text)) {
        const next = await events.next();
        if (next.done) return null;
        if (next.value.kind === 'ended') return next.value;
        if (next.value.kind !== 'output') continue;
        const piece = Buffer.from(next.value.bytes, 'base64');
        bytes += piece.length;
        text = (text + piece.toString()).slice(-4_096);
      }
      return null;
    };
    return { shell: first.value.shell, read, close: () => controller.abort(), events, bytes: () => bytes };
  };

  it('opens a shell as the agent, in the workspace, without a network; it can be resized and tells its end', async () => {
    const run = await ready('true');
    const { shell, read } = await openShell(run.id);
    await test.client.runs.resizeShell({ shell, columns: 111, rows: 22 });
    await send(shell, 'echo "<$(id -u) $(pwd) $(stty size) $TERM $(ls /sys/class/net)>"\n');
    await read((text) => /<1000 [^$]*>/.test(text.replace(/^.*echo.*$/m, '')));
    await read((text) => text.includes('<1000 /workspace 22 111 xterm-256color lo>'));
    await send(shell, 'exit 7\n');
    expect(await read(() => false)).toEqual({ kind: 'ended', exitCode: 7 });
    await expect(send(shell, 'x')).rejects.toMatchObject({ data: { code: 'notFound' } });
    await expect(test.client.runs.resizeShell({ shell, columns: 80, rows: 24 })).rejects.toMatchObject({ data: { code: 'notFound' } });
  });

  const processes = async (run: Run, pattern: string): Promise<number> => {
    const { engines, store } = test.drydock.core.deps;
    const state = store.run(run.id)?.state;
    const container = state?.name === 'working' ? (state.container ?? '') : '';
    let said = '';
    const command = ['/bin/sh', '-c', 'for each in /proc/[0-9]*/cmdline; do tr "\\0" " " < "$each" 2>/dev/null; echo; done'];
    await engines.engine()?.exec(container, { command, user: '1000:1000', workingDirectory: '/', environment: {} }, (_, bytes) => void (said += Buffer.from(bytes).toString()));
    return said.split('\n').filter((line) => line.startsWith(pattern)).length;
  };

  it('ends a shell, and what runs in it, with its listener; a listener that goes at once leaves none', async () => {
    const run = await ready('true');
    const { shell, read, close } = await openShell(run.id);
    await send(shell, 'sleep 7001 & nohup sleep 7002 >/dev/null 2>&1 & echo be""gun; sleep 7003\n');
    await read((text) => text.includes('begun'));
    expect(await processes(run, 'sleep 700')).toBe(3);
    close();
    await expect.poll(() => processes(run, 'sleep 700'), { timeout: 5_000, interval: 100 }).toBe(0);
    await expect(send(shell, 'x')).rejects.toMatchObject({ data: { code: 'notFound' } });

    for (let time = 0; time < 12; time += 1) {
      const controller = new AbortController();
      const opening = test.client.runs.openShell({ runId: run.id, columns: 80, rows: 24 }, { signal: controller.signal });
      const first = opening.then((events) => (events as AsyncIterator<ShellEvent>).next());
      first.catch(() => {});
      if (time % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      await first.catch(() => {});
    }
    await expect.poll(() => processes(run, 'bash -i'), { timeout: 8_000, interval: 100 }).toBe(0);
    (await openShell(run.id)).close();
  });

  it('opens eight at most, and ends them with the container', async () => {
    const run = await ready('true');
    const shells = await Promise.all(Array.from({ length: 8 }, () => openShell(run.id)));
    await expect(openShell(run.id)).rejects.toMatchObject({ data: { code: 'refusedByState' } });
    const ends = shells.map(({ read }) => read(() => false));
    await test.client.runs.cancel({ commandId: newCommand(), runId: run.id });
    for (const end of await Promise.all(ends)) expect(end).toMatchObject({ kind: 'ended' });
    await runEnd(test, run.id);
    await expect(openShell(run.id)).rejects.toMatchObject({ data: { code: 'refusedByState' } });
  });

  it('holds a shell that prints 100 MB back while nobody reads, and ends it at once', async () => {
    const run = await ready('true');
    const { shell, read, close, bytes } = await openShell(run.id);
    await send(shell, 'head -c 100000000 /dev/zero | tr "\\0" x; echo\n');
    await read((text) => text.includes('xxxx'));
    const before = process.memoryUsage().arrayBuffers;
    await new Promise((resolve) => test.drydock.core.deps.clock.after(1_500, () => resolve(null)));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20);
    expect(await processes(run, 'head -c 100000000')).toBe(1);
    expect(bytes()).toBeLessThan(2 ** 20);
    close();
    await expect.poll(() => processes(run, 'head -c 100000000'), { timeout: 5_000, interval: 100 }).toBe(0);
  });
});
