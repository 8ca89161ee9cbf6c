import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDepot } from '../../src-main/adapters/git/depot.ts';
import { createLandingSite } from '../../src-main/adapters/git/landing-site.ts';
import { projectId } from '../../src-main/contract/ids.ts';
import { importFrom, makeFolder, makeSmallRepository, quietGit, repositoryAt } from '../support/repository.ts';

test('what the user writes while the files of a landing are moved is not lost', async () => {
  const user = makeSmallRepository();
  const depotDirectory = makeFolder();
  const depot = createDepot({ directory: depotDirectory });
  const project = { id: projectId.parse('prj_0123456789ab'), path: user.path };
  const base = await depot.commitBase(project, { kind: 'head' });
  const agent = repositoryAt(join(makeFolder(), 'agent'));
  execFileSync('git', ['clone', '--quiet', user.path, agent.path], { env: quietGit });
  agent.remove('README.md');
  agent.write('new.txt', 'of the agent\n');
  agent.write('src/main.txt', 'of the agent\n');
  agent.commit();
  const tree = await importFrom(depot, project, base, agent);
  const site = createLandingSite({
    depotDirectory,
    faultPoint: (name) => {
      // The deletion is done; the other two come.
      if (name !== 'landing.files.moved.1') return;
      user.write('new.txt', 'of the user\n');
      user.write('src/main.txt', 'of the user\n');
    },
  });
  const request = { project, base, tree, target: { kind: 'workingTree', overwriteChanged: false } as const, message: 'Do the work', landing: 'lnd_1' };
  const { token } = await site.preview(request);
  await site.land(request, token);
  expect(readFileSync(join(user.path, 'src/main.txt'), 'utf8')).toBe('of the agent\n');
  const kept = join(user.path, '.git/drydock/replaced/lnd_1');
  expect(readdirSync(kept, { recursive: true }).sort()).toEqual(['new.txt', 'src', 'src/main.txt']);
  expect([readFileSync(join(kept, 'new.txt'), 'utf8'), readFileSync(join(kept, 'src/main.txt'), 'utf8')]).toEqual(['of the user\n', 'of the user\n']);
});
