import { statfs } from 'node:fs/promises';
import type { DoctorReport } from '../../contract/endpoints.ts';
import type { Deps } from '../deps.ts';

type Item = DoctorReport['items'][number];

/** Below this much free space new runs are likely to fail: one run may write 10 GiB by default. */
const LITTLE_SPACE = 10 * 2 ** 30;
const GIB = 2 ** 30;

const engineItem = ({ engines }: Deps): Item => {
  const status = engines.status();
  switch (status.state) {
    case 'up':
      return {
        name: 'Container engine',
        state: 'ok',
        message: `${status.source}, version ${status.version}, ${status.cpus} CPUs, ${(status.memoryBytes / GIB).toFixed(1)} GiB, ${status.architecture}.`,
        next: '',
      };
    case 'connecting':
      return { name: 'Container engine', state: 'warning', message: 'Being looked for.', next: 'Ask again in a moment.' };
    case 'down':
      return { name: 'Container engine', state: 'missing', message: status.fault.message, next: status.fault.next };
  }
};

const imageItem = async (deps: Deps): Promise<Item> => {
  const name = 'Base image';
  const engine = deps.engines.engine();
  if (engine === null) return { name, state: 'warning', message: 'Not looked at: no engine.', next: 'Start the engine first.' };
  const image = await engine.image(deps.baseImage).catch(() => null);
  return image === null
    ? { name, state: 'missing', message: `${deps.baseImage} is not on this machine.`, next: 'Run `npm start` once: it builds it.' }
    : { name, state: 'ok', message: `${deps.baseImage}, ${Math.round(image.sizeBytes / 1e6)} MB.`, next: '' };
};

const gitItem = async ({ gitVersion }: Deps): Promise<Item> => {
  const name = 'git';
  const version = await gitVersion();
  if (version === null) return { name, state: 'missing', message: 'git is not on the PATH.', next: 'Install git 2.38 or newer.' };
  const [major = 0, minor = 0] = version.split('.').map(Number);
  // merge-tree --write-tree, which landing needs, came with 2.38.
  return major > 2 || (major === 2 && minor >= 38)
    ? { name, state: 'ok', message: `Version ${version}.`, next: '' }
    : { name, state: 'missing', message: `Version ${version} is too old.`, next: 'Install git 2.38 or newer.' };
};

const diskItem = async ({ dataDirectory }: Deps): Promise<Item> => {
  const facts = await statfs(dataDirectory);
  const free = facts.bavail * facts.bsize;
  const message = `${(free / GIB).toFixed(1)} GiB free at ${dataDirectory}.`;
  return free < LITTLE_SPACE
    ? { name: 'Disk', state: 'warning', message, next: 'Free some space: a run may write up to 10 GiB.' }
    : { name: 'Disk', state: 'ok', message, next: '' };
};

/** Reports on the machine; changes nothing. */
export const examine = async (deps: Deps): Promise<DoctorReport> => {
  const items: Item[] = [
    { name: 'Drydock', state: 'ok', message: `Version ${deps.version}, Node ${process.versions.node}.`, next: '' },
    await gitItem(deps),
    engineItem(deps),
    await imageItem(deps),
    await diskItem(deps),
  ];
  return { ok: items.every((item) => item.state !== 'missing'), items };
};
