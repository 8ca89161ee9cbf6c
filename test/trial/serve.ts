import type { RunId } from '../../src-main/contract/ids.ts';
import { serveHttp } from '../../src-main/wire/transports/serve-http.ts';
import { buildWindow } from '../renderer/support/build-window.ts';
import { runEnd, startDrydock } from '../support/drydock.ts';
import { repositoryAt } from '../support/repository.ts';
import { addSmallProject } from '../support/small-project.ts';
import { fillTenRepository, launchTen } from '../support/ten-results.ts';

/** Ten finished runs that wait for a decision, on a real service: prints the address to open, and serves until it is interrupted. */
const test = await startDrydock();
const small = await addSmallProject(test);
const repository = repositoryAt(small.repository);
fillTenRepository(repository);
await launchTen(small, repository, (id) => runEnd(test, id as RunId));
const http = await serveHttp({ router: test.drydock.router, staticDirectory: await buildWindow() });
process.stdout.write(`${http.url}\nrepository: ${small.repository}\n`);
const end = async (): Promise<void> => {
  await http.close();
  await test.dispose();
  await small.remove();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
