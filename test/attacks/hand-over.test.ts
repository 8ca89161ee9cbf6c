import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContainerSpec } from '../../src-main/domain/container-spec.ts';
import { LABEL } from '../../src-main/domain/container-spec.ts';
import type { ContainerEngine } from '../../src-main/ports/container-engine.ts';
import { environment, openYard, type Yard } from '../core/collect/work-container.ts';
import { makeRepository, makeSmallRepository } from '../support/repository.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
});
afterAll(() => yard.close());

const blob = (content: string): string => createHash('sha1').update(`blob ${Buffer.byteLength(content, 'latin1')}\0`).update(content, 'latin1').digest('hex');
const utf8 = (path: string): string => Buffer.from(path).toString('latin1');

/** An engine that keeps what the collector's containers said before they go, and can change what they are made of. */
const watched = (engine: ContainerEngine, change: (spec: ContainerSpec) => ContainerSpec = (spec) => spec) => {
  const said: string[] = [];
  const create = (spec: ContainerSpec) => engine.create(change(spec));
  const wait: ContainerEngine['wait'] = async (name, signal) => {
    const exit = await engine.wait(name, signal);
    const reading = await engine.follow(name, { stdout: 0, stderr: 0 }, (_, bytes) => void said.push(Buffer.from(bytes).toString('latin1')));
    await reading.ended;
    return exit;
  };
  return { engine: { ...engine, create, wait }, said };
};

/** Everything that a run could replace to be executed by whoever looks at its files. Python renames, since nothing else runs afterwards. */
const REPLACE_EVERYTHING = String.raw`
cat > /tmp/replace.py <<'PY'
import os, glob
names = ['git', 'find', 'dash', 'sh', 'bash', 'cat', 'head', 'env', 'mawk', 'awk', 'ls', 'true', 'tar']
paths = ['/usr/bin/' + name for name in names] + glob.glob('/usr/lib/*/ld-linux*') + glob.glob('/lib64/ld-linux*') \
  + [path for name in ['libc.so.6', 'libz.so.1', 'libpcre2-8.so.0', 'libm.so.6', 'libselinux.so.1'] for path in glob.glob('/usr/lib/*/' + name)]
for at, path in enumerate(paths):
    with open('/trap%d' % at, 'w') as trap: trap.write('not a program')
    os.chmod('/trap%d' % at, 0o755)
open('/etc/ld.so.preload', 'w').write('/evil-preload.so\n')
open('/etc/gitconfig', 'w').write('[core]\n\tfsmonitor = /evil\n')
for at, path in enumerate(paths): os.replace('/trap%d' % at, path)
os._exit(0)
PY
exec python3 /tmp/replace.py
`;

describe('a workspace full of traps', () => {
  test('is collected or named, and nothing of it runs', { timeout: 60_000 }, async () => {
    const repository = makeRepository();
    repository.write('.gitattributes', '* text eol=crlf ident filter=evil working-tree-encoding=UTF-16 diff=evil merge=evil\n');
    repository.write('becomes-fifo', 'stays as on the base\n');
    repository.write('becomes-folder', 'file\n');
    repository.write('becomes-large', 'small\n');
    repository.write('folder/tracked', 'tracked\n');
    repository.write('.gitmodules', '[submodule "sub"]\n\tpath = sub\n\turl = https://example.org/sub.git\n');
    // Past the attributes, so that the base holds the bytes themselves.
    for (const path of ['.gitattributes', 'becomes-fifo', 'becomes-folder', 'becomes-large', 'folder/tracked', '.gitmodules']) {
      const id = repository.git('hash-object', '-w', '--no-filters', path);
      repository.git('update-index', '--add', '--cacheinfo', `100644,${id},${path}`);
    }
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
    repository.git('commit', '--quiet', '-m', 'Base');

    const image = `drydock/collect:${yard.owner}-hostile`;
    const maker = await yard.docker('create', '--label', `${LABEL.owner}=${yard.owner}`, 'drydock/base:latest', 'true');
    const changes = ['ENV LD_PRELOAD=/evil-variable.so GIT_TRACE=1 GIT_EXTERNAL_DIFF=/evil BASH_ENV=/evil ENV=/evil', 'ENTRYPOINT ["/evil"]', 'USER nobody', 'WORKDIR /workspace/evil', 'VOLUME /data /workspace/volume', 'HEALTHCHECK CMD /evil'];
    await yard.docker('commit', ...changes.flatMap((line) => ['--change', line]), maker, image);

    const worked = await yard.work(
      repository,
      String.raw`set -eu
      exec 2>/dev/null
      cd /workspace
      rm becomes-fifo becomes-folder; mkfifo becomes-fifo fifo; mknod device c 1 3; mknod block b 7 0
      python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
      truncate -s 201M becomes-large
      mkdir -p becomes-folder/.git; mkfifo becomes-folder/.git/HEAD becomes-folder/.git/config; echo inside > becomes-folder/inside
      printf '%s' '$Id$ caf'$'\xe9'$'\r\n' > ident.txt
      echo secret > unreadable; chmod 000 unreadable; mkdir closed; echo deep > closed/deep; chmod 000 closed
      echo linked > hard1; ln hard1 hard2
      ln -s . loop; ln -s self self; ln -s / root; ln -s /proc/1/root/etc/shadow shadow; ln -s ../../../up up
      mkdir .GIT '.git ' $'.g\xe2\x80\x8cit' nested nested2 bare a; for d in .GIT '.git ' $'.g\xe2\x80\x8cit'; do echo trap > "$d/config"; done
      echo trap > 'git~1'; echo trap > 'a/x\.git'; echo trap > 'a/.git::$INDEX_ALLOCATION'
      mkdir .git nested/.git; printf '[core]\n\tfsmonitor = /evil\n\thooksPath = /evil\n' | tee .git/config > nested/.git/config
      echo 'ref: refs/heads/main' | tee .git/HEAD > nested/.git/HEAD; echo in > nested/file
      echo 'gitdir: /evil' > nested2/.git; echo in2 > nested2/file
      mkdir -p bare/objects bare/refs; printf '[core]\n\tfsmonitor = /evil\n' > bare/config; echo 'ref: refs/heads/main' > bare/HEAD; echo x > bare/objects/x
      echo changed > sub/file; mkdir sub/.git; mkfifo sub/.git/HEAD; mkfifo sub/.gitattributes
      printf '[submodule "sub"]\n\tpath = sub\n\turl = --upload-pack=evil\n' > .gitmodules; mkdir m; cp .gitmodules m/.gitmodules; ln -s x .gitmodules-link
      mkdir fifo-attributes fifo-ignore link-ignore; mkfifo fifo-attributes/.gitattributes fifo-ignore/.gitignore; ln -s /etc/passwd link-ignore/.gitignore
      for d in fifo-attributes fifo-ignore link-ignore; do echo x > $d/file; done
      echo upper > Case; echo lower > case; echo nfc > $'caf\xc3\xa9'; echo nfd > $'cafe\xcc\x81'
      echo lost > volume/file
      rm folder/tracked
      ${REPLACE_EVERYTHING}`,
      { root: true, image },
    );
    const { engine, said } = watched(yard.engine);
    const collected = await yard.collect(worked, { engine }).catch((error: unknown) => expect.fail(`it is not collected: ${String(error)}`));
    expect(said.join('')).toBe('');

    const entries = new Map((await yard.tree(worked.project, collected.tree)).map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, line.indexOf('\t'))]));
    const file = (content: string, mode = '100644'): string => `${mode} blob ${blob(content)}`;
    const link = (target: string): string => file(target, '120000');
    expect(Object.fromEntries(entries)).toEqual({
      '.gitattributes': expect.stringMatching(/^100644/),
      '.gitmodules': file('[submodule "sub"]\n\tpath = sub\n\turl = https://example.org/sub.git\n'),
      '.gitmodules-link': link('x'),
      'Case': file('upper\n'),
      'bare/HEAD': file('ref: refs/heads/main\n'),
      'bare/config': file('[core]\n\tfsmonitor = /evil\n'),
      'bare/objects/x': file('x\n'),
      'becomes-fifo': file('stays as on the base\n'),
      'becomes-folder/inside': file('inside\n'),
      'becomes-large': file('small\n'),
      [utf8('cafe\u0301')]: file('nfd\n'),
      [utf8('caf\u00e9')]: file('nfc\n'),
      'case': file('lower\n'),
      'closed/deep': file('deep\n'),
      'fifo-attributes/file': file('x\n'),
      'fifo-ignore/file': file('x\n'),
      'hard1': file('linked\n'),
      'hard2': file('linked\n'),
      'ident.txt': file('$Id$ caf\xe9\r\n'),
      'link-ignore/.gitignore': link('/etc/passwd'),
      'link-ignore/file': file('x\n'),
      'loop': link('.'),
      'nested/file': file('in\n'),
      'nested2/file': file('in2\n'),
      'root': link('/'),
      'self': link('self'),
      'shadow': link('/proc/1/root/etc/shadow'),
      'sub': `160000 commit ${'1'.repeat(40)}`,
      'unreadable': file('secret\n'),
      'up': link('../../../up'),
    });
    // The socket is missing: the engine does not take it into an image.
    const named = (kind: string) => collected.findings.filter((finding) => finding.kind === kind).map(({ path }) => path).sort();
    expect(named('leftOut')).toEqual(
      [
        '.GIT', '.git ', '.gitmodules', '.g\u200cit', 'a/.git::$INDEX_ALLOCATION', 'a/x\\.git', 'becomes-fifo', 'becomes-large', 'block', 'device', 'fifo',
        'fifo-attributes/.gitattributes', 'fifo-ignore/.gitignore', 'git~1', 'm/.gitmodules', 'sub', 'volume',
      ].sort(),
    );
    expect(named('nestedRepository')).toEqual(['bare', 'becomes-folder', 'nested', 'nested2']);
    expect(named('note')).toHaveLength(2);

    // The traps are real: without what keeps them out, the loader obeys them.
    const open = watched(yard.engine, (spec) => ({ ...spec, tmpfs: {}, environment: {} }));
    await yard.collect(worked, { engine: open.engine });
    expect(open.said.join('')).toMatch(/evil-preload\.so/);
    expect(open.said.join('')).toMatch(/evil-variable\.so/);
    await expect(yard.docker('run', '--rm', '--network', 'none', '--entrypoint', '/usr/bin/git', await yard.engine.commit(worked.container, `${image}-after`, { [LABEL.owner]: yard.owner }), 'version')).rejects.toThrow();
  });
});

describe('a workspace that is not one', () => {
  const replaced: readonly [string, string][] = [
    ['a link to the root', 'cd /; rm -r /workspace; ln -s / /workspace'],
    ['a link to another folder', 'cd /; rm -r /workspace; mkdir /x; ln -s x /workspace'],
    ['a file', 'cd /; rm -r /workspace; echo x > /workspace'],
    ['gone', 'cd /; rm -r /workspace'],
  ];
  test.each(replaced)('%s: refused', async (_, script) => {
    const worked = await yard.work(makeSmallRepository(), script, { root: true });
    await expect(yard.collect(worked)).rejects.toMatchObject({ fault: { code: 'invalid' } });
    expect(await yard.engine.image(`drydock/collect:${worked.run}-1`)).toBeNull();
  });
});

test('/etc made a link to the workspace, so that what covers the one hides the other: collected all the same', async () => {
  const worked = await yard.work(makeSmallRepository(), 'echo new > new; cd /; mv /etc /etc2; ln -s /workspace /etc', { root: true });
  expect(await yard.collect(worked)).toMatchObject({ files: 1, additions: 1, deletions: 0, findings: [] });
});

describe('a flood', () => {
  test('of 50 GB that take no disk: refused before anything is copied', async () => {
    const worked = await yard.work(makeSmallRepository(), 'truncate -s 50G sparse');
    const { engine } = yard;
    let commits = 0;
    // Never for real: those 50 GB would become ones of the disk.
    const counting: ContainerEngine = {
      ...engine,
      commit: () => {
        commits += 1;
        return Promise.reject(new Error('it is copied'));
      },
    };
    await expect(yard.collect(worked, { engine: counting, environment })).rejects.toMatchObject({ fault: { code: 'tooLarge', next: expect.stringMatching(/limit/) } });
    expect(commits).toBe(0);
  });
});
