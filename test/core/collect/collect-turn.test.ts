import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LABEL } from '../../../src-main/domain/container-spec.ts';
import { makeRepository } from '../../support/repository.ts';
import { openYard, type Yard } from './work-container.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
});
afterAll(() => yard.close());

const indexArchive = (index: Uint8Array): Readable => {
  const tar = pack();
  tar.entry({ name: 'base-index' }, Buffer.from(index));
  tar.finalize();
  return Readable.from(tar);
};

describe('an ordinary turn', () => {
  test('gives the tree that a plain git commit of the same files gives', async () => {
    const repository = makeRepository();
    repository.write('README.md', 'one\ntwo\nthree\n');
    repository.write('src/old name.txt', 'content that is long enough to be recognised again\n'.repeat(9));
    repository.write('src/gone.txt', 'gone\n');
    repository.write('bin/run', '#!/bin/sh\n', 0o755);
    repository.write('bin/plain', 'plain\n');
    repository.write('folder/a', 'a\n');
    repository.write('file', 'becomes a folder\n');
    repository.link('link', 'README.md');
    repository.link('link-kept', 'nowhere/at all');
    repository.write('.gitignore', '/ignored\n*.log\n');
    repository.write('kept.log', 'tracked though ignored\n');
    repository.git('add', '-f', 'kept.log');
    repository.commit();
    const script = String.raw`set -eu
      printf 'one\n2\nthree\n' > README.md
      mv 'src/old name.txt' 'src/new name.txt'; rm src/gone.txt
      chmod 644 bin/run; chmod 755 bin/plain
      rm -r folder; echo now a file > folder
      rm file; mkdir file; echo x > file/inside
      ln -sfn src link; ln -s /etc/passwd absolute; ln -s ../../up upward
      head -c 3000 /dev/urandom > binary; : > empty; mkdir -p no/files/here
      mkdir odd; cd odd
      echo 1 > $'new\nline'; echo 2 > $'esc\e[31m'; echo 3 > $'caf\xe9'; echo 4 > 'caf'$'\xc3\xa9'; echo 5 > ' blank '; echo 6 > '"quoted"'; echo 7 > 'back\slash'
      echo 8 > ':(glob)magic'; echo 9 > -rf; echo 10 > $'tab\there'; echo 11 > '*'; ln -s $'\xff\n' $'link\xfe'
      cd ..
      echo changed >> kept.log; echo new > new.log; mkdir ignored; echo y > ignored/deep; printf 'inner/\n' > odd/.gitignore; mkdir odd/inner; echo z > odd/inner/z`;
    const worked = await yard.work(repository, script);
    const collected = await yard.collect(worked);

    // What plain git makes of the same files, in a container of its own.
    const name = `${worked.container}-plain`;
    const plain = await yard.engine.commit(worked.container, `drydock/collect:${worked.run.replace('_', '-')}-plain`, { [LABEL.owner]: yard.owner });
    await yard.engine.put(
      await yard.docker('create', '--name', name, '--label', `${LABEL.owner}=${yard.owner}`, '--network', 'none', '--workdir', '/workspace', '--user', '0:0', '--entrypoint', '/bin/bash', plain, '-c',
        'export GIT_DIR=/plain GIT_WORK_TREE=/workspace GIT_INDEX_FILE=/base-index; git init -q 2>/dev/null; git add -A && git write-tree'),
      '/',
      indexArchive(await yard.depot.indexFile(worked.project, worked.base.tree)),
    );
    expect(collected.tree).toBe(await yard.docker('start', '-a', name));
    expect(collected.findings).toEqual([
      { kind: 'note', path: null, message: '3 files that the repository ignores were left out.' },
      { kind: 'runsOnYourMachine', path: 'bin/plain', message: 'bin/plain can now be run as a program.' },
      { kind: 'binary', path: 'binary', message: 'binary is a new file that is not text.' },
    ]);
    expect(await yard.engine.inspect(`drydock-${worked.run.replace('_', '-')}-1-collect`)).toBeNull();
    expect(await yard.engine.image(`drydock/collect:${worked.run}-1`)).toBeNull();
    // The same again: nothing of the first time is in the way.
    expect((await yard.collect(worked)).tree).toBe(collected.tree);
  });
});
