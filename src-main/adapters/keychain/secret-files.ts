import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectId } from '../../contract/ids.ts';
import { secretName } from '../../contract/secret.ts';
import { writeWhole } from './write-whole.ts';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
const orNull = (error: unknown): null => {
  if (isMissing(error)) return null;
  throw error;
};

/** Where the sealed secrets of a data directory lie: one file each, and beside it when it was used last. */
export interface SecretFiles {
  /** Names of a project's secrets, in order. */
  names(project: ProjectId): Promise<string[]>;
  read(project: ProjectId, name: string): Promise<Buffer | null>;
  /** When its file was written. */
  writtenAt(project: ProjectId, name: string): Promise<number>;
  write(project: ProjectId, name: string, sealed: Uint8Array): Promise<void>;
  usedAt(project: ProjectId, name: string): Promise<number | null>;
  /** null: it was not used yet. */
  setUsedAt(project: ProjectId, name: string, at: number | null): Promise<void>;
  remove(project: ProjectId, name: string): Promise<void>;
  forget(project: ProjectId): Promise<void>;
}

export const secretFiles = (directory: string): SecretFiles => {
  const folderOf = (project: ProjectId): string => join(directory, 'secrets', project);
  // `TOKEN` and `token` are two secrets, also on a file system that makes no difference between them.
  const pathOf = (project: ProjectId, name: string): string => join(folderOf(project), `${name}.${createHash('sha256').update(name).digest('hex').slice(0, 8)}`);
  const sealedOf = (project: ProjectId, name: string): string => `${pathOf(project, name)}.sealed`;
  const usedOf = (project: ProjectId, name: string): string => `${pathOf(project, name)}.used`;

  return {
    names: async (project) => {
      const files = (await readdir(folderOf(project)).catch(orNull)) ?? [];
      return files.flatMap((file) => secretName.safeParse(/^(.+)\.[0-9a-f]{8}\.sealed$/.exec(file)?.[1]).data ?? []).toSorted();
    },
    read: (project, name) => readFile(sealedOf(project, name)).catch(orNull),
    writtenAt: async (project, name) => Math.floor((await stat(sealedOf(project, name))).mtimeMs),
    write: async (project, name, sealed) => {
      await mkdir(folderOf(project), { recursive: true, mode: 0o700 });
      await writeWhole(sealedOf(project, name), sealed);
    },
    usedAt: async (project, name) => {
      const text = await readFile(usedOf(project, name), 'utf8').catch(orNull);
      return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
    },
    setUsedAt: (project, name, at) => (at === null ? rm(usedOf(project, name), { force: true }) : writeWhole(usedOf(project, name), String(at))),
    remove: async (project, name) => {
      await rm(sealedOf(project, name), { force: true });
      await rm(usedOf(project, name), { force: true });
    },
    forget: (project) => rm(folderOf(project), { recursive: true, force: true }),
  };
};
