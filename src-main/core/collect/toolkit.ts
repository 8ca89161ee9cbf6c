import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { toolkitSpec } from '../../domain/container-spec.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import { refuse } from '../refusal.ts';
import { tarFiles, type TarFile } from './tar-files.ts';

/**
 * Drydock's own programs for use inside containers whose file system cannot be trusted: git, find, a shell, their
 * libraries and the loader, out of Drydock's base image. Names are relative: `bin/git`, `lib/libc.so.6`, `ld.so`.
 */
export interface Toolkit {
  programs(engine: ContainerEngine): Promise<readonly TarFile[]>;
}

export interface ToolkitOptions {
  /** Where it is kept, by the image it came from. Made when missing. */
  readonly directory: string;
  readonly baseImage: string;
  readonly owner: string;
}

const MADE_AT = '/tmp/toolkit';
const PROGRAMS = ['git', 'find', 'dash', 'mawk', 'cat', 'head', 'env'];
/** Larger than the toolkit has ever been by a factor of five: an image that gives more is not ours. */
const MOST_BYTES = 64 * 2 ** 20;

/** Run in the base image, which is trusted: copies each program and every library that its loader names. */
const GATHER = String.raw`set -eu
mkdir -p ${MADE_AT}/bin ${MADE_AT}/lib
for program in ${PROGRAMS.join(' ')}; do
  file=$(readlink -f "$(command -v "$program")")
  cp "$file" "${MADE_AT}/bin/$program"
  ldd "$file" | while read -r name arrow found rest; do
    case $name$arrow in
      *'=>') cp -L "$found" "${MADE_AT}/lib/$name" ;;
      /*) cp -L "$name" ${MADE_AT}/ld.so ;;
    esac
  done
done
test -x ${MADE_AT}/ld.so
`;

const gather = async (engine: ContainerEngine, image: string, owner: string): Promise<Buffer> => {
  const spec = toolkitSpec(image, owner, ['/bin/sh', '-c', GATHER]);
  // One left over from a try that was cut off would be in the way.
  await engine.remove(spec.name);
  try {
    await engine.create(spec);
    await engine.start(spec.name);
    const { exitCode } = await engine.wait(spec.name);
    const tar = exitCode === 0 ? await engine.read(spec.name, MADE_AT) : null;
    if (tar === null) return refuse('imageMissing', "Drydock's base image lacks a program that collecting needs.", 'Run `npm start` again to rebuild the base image, then run again.');
    return await buffer(tar);
  } finally {
    await engine.remove(spec.name);
  }
};

/** The toolkit of this data directory. Gathered once for a base image, also when asked for many times at once. */
export const createToolkit = ({ directory, baseImage, owner }: ToolkitOptions): Toolkit => {
  const known = new Map<string, Promise<readonly TarFile[]>>();

  const unpacked = async (tar: Buffer): Promise<readonly TarFile[]> => {
    const files: TarFile[] = [];
    for await (const file of tarFiles(Readable.from([tar]), { entries: 256, bytes: MOST_BYTES })) {
      files.push({ ...file, name: file.name.replace(/^toolkit\//, '') });
    }
    return files;
  };

  const load = async (engine: ContainerEngine, id: string): Promise<readonly TarFile[]> => {
    const path = join(directory, `toolkit-${id.replace(/^sha256:/, '')}.tar`);
    const kept = await readFile(path).catch(() => null);
    if (kept !== null) {
      const files = await unpacked(kept).catch(() => []);
      if (files.some(({ name }) => name === 'ld.so')) return files;
    }
    const made = await gather(engine, id, owner);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const half = `${path}.${process.pid}`;
    try {
      await writeFile(half, made, { mode: 0o600, flush: true });
      await rename(half, path);
    } finally {
      await rm(half, { force: true });
    }
    return unpacked(made);
  };

  return {
    programs: async (engine) => {
      const facts = await engine.image(baseImage);
      if (facts === null) return refuse('imageMissing', `Drydock's base image ${baseImage} is not on this machine.`, 'Run `npm start` to build it, then run again.');
      const files = known.get(facts.id) ?? load(engine, facts.id);
      known.set(facts.id, files);
      files.catch(() => known.delete(facts.id));
      return files;
    },
  };
};
