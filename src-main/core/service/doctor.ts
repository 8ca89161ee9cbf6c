import type { DiskSpace } from '../../contract/disk.ts';
import type { DoctorReport } from '../../contract/endpoints.ts';
import { sizeInWords } from '../../domain/size-in-words.ts';
import type { Core } from '../create-core.ts';
import type { Deps } from '../deps.ts';
import { engineFacts } from './engine-facts.ts';

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

const WHAT = { data: "Drydock's data", engine: "the engine's images and containers" } as const;

const diskItem = ({ holds, path, freeBytes, totalBytes, floorBytes }: DiskSpace): Item => {
  const name = holds === 'data' ? 'Disk' : "Engine's disk";
  const message = `${sizeInWords(freeBytes)} of ${sizeInWords(totalBytes)} free at ${path}, for ${WHAT[holds]}.`;
  if (freeBytes < floorBytes) return { name, state: 'warning', message: `${message} The queue waits for ${sizeInWords(floorBytes)}.`, next: '`drydock disk` says what Drydock can free.' };
  return freeBytes < LITTLE_SPACE
    ? { name, state: 'warning', message, next: 'Free some space: a run may write up to 10 GiB.' }
    : { name, state: 'ok', message, next: '' };
};

/** Reports on the machine; changes nothing. One container is run to see what the engine enforces, and removed. */
export const examine = async ({ deps, disk }: Pick<Core, 'deps' | 'disk'>): Promise<DoctorReport> => {
  const items: Item[] = [
    { name: 'Drydock', state: 'ok', message: `Version ${deps.version}, Node ${process.versions.node}.`, next: '' },
    await gitItem(deps),
    engineItem(deps),
    await imageItem(deps),
    ...(await disk.space.spaces()).map(diskItem),
  ];
  const hardening = await engineFacts(deps);
  return { ok: items.every(({ state }) => state !== 'missing') && hardening.every(({ state }) => state !== 'broken'), items, hardening };
};
