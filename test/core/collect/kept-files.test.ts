import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepFiles } from '../../../src-main/core/collect/kept-files.ts';
import { makeSmallRepository } from '../../support/repository.ts';
import { openYard, type Yard } from './work-container.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
});
afterAll(() => yard.close());

test('regular files that the globs name, from the working directory, within the caps', async () => {
  const worked = await yard.work(
    makeSmallRepository(),
    String.raw`set -eu
    mkdir -p app/shots/deep app/report app/many; cd app
    printf png > shots/one.png; printf deeper > shots/deep/two.png; printf no > shots/notes.txt
    printf html > report/index.html; ln -s /etc/passwd report/passwd.html; ln -s /etc report/etc; mkfifo report/pipe.html
    truncate -s 21M shots/large.png; truncate -s 50G report/endless.html; ln -s ../.. up
    for i in $(seq 100); do echo $i > many/$i; done; printf outside > ../outside.png`,
  );
  const keep = (...globs: string[]) => keepFiles(yard, { project: worked.project, container: worked.container, workingDirectory: 'app', globs });

  const kept = await keep('shots/**/*.png', './report/*.html', 'report/index.html', 'nowhere/*', '../outside.png', '/etc/passwd', 'up/*');
  expect(kept.map(({ path, size }) => [path, size]).sort()).toEqual([['report/index.html', 4], ['shots/deep/two.png', 6], ['shots/one.png', 3]]);
  const { bytes } = await yard.depot.blob(worked.project, kept.find(({ path }) => path === 'shots/one.png')!.blob, 100);
  expect(Buffer.from(bytes ?? []).toString()).toBe('png');
  expect(await keep('many/*')).toHaveLength(64);
  expect((await keep('s*/**/two.png', '**/deep/*')).map(({ path }) => path)).toEqual([]); // The endless file comes first and ends the search.
  expect((await keep('report/index.html')).map(({ path }) => path)).toEqual(['report/index.html']);
});
