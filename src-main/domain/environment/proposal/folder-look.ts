import { readYaml } from '../../yaml-text.ts';

/** The regular files of a base, and the text of those that a proposal reads. */
export interface RepositoryFiles {
  /** Paths from the repository's top. */
  readonly paths: ReadonlySet<string>;
  /** By path; what is too large or no text is missing. */
  readonly texts: ReadonlyMap<string, string>;
}

/** One folder of them. What cannot be read is told to `ignored` and treated as absent: a file of the repository may say anything. */
export interface FolderLook {
  /** From the repository's top; '' is the top. */
  readonly folder: string;
  /** The path from the repository's top. */
  pathOf(name: string): string;
  has(name: string): boolean;
  text(name: string): string | null;
  /** An object of JSON. */
  json(name: string): Readonly<Record<string, unknown>> | null;
  /** A map of YAML. */
  yaml(name: string): Readonly<Record<string, unknown>> | null;
  /** Names of files right here. */
  readonly names: readonly string[];
  /** Says that something of a file was left aside, and why; once. */
  ignore(name: string, why: string): void;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own field: what a file puts below `__proto__` is no field of it. */
export const fieldOf = (value: unknown, name: string): unknown => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined);

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The folder and those above it, the top last. */
export const foldersUpward = (folder: string): string[] => (folder === '' ? [''] : [folder, ...foldersUpward(folderOf(folder))]);

/** The way from a folder to one above it: `../` for each step; '' where they are the same. */
export const upward = (from: string, to: string): string => '../'.repeat(from.slice(to.length).split('/').filter((part) => part !== '').length);

const namesByFolder = (paths: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> => {
  const names = new Map<string, string[]>();
  for (const path of paths) {
    const list = names.get(folderOf(path));
    if (list === undefined) names.set(folderOf(path), [nameIn(path)]);
    else list.push(nameIn(path));
  }
  return names;
};

/** Looks into folders of a repository; `ignored` is filled with what was left aside. */
export const createLook = ({ paths, texts }: RepositoryFiles): { readonly into: (folder: string) => FolderLook; readonly ignored: readonly string[] } => {
  const ignored = new Set<string>();
  const names = namesByFolder(paths);
  const into = (folder: string): FolderLook => {
    const pathOf = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
    const ignore = (name: string, why: string): void => void ignored.add(`${pathOf(name)}: ignored, because ${why}`);
    const text = (name: string): string | null => {
      const found = texts.get(pathOf(name));
      if (found === undefined && paths.has(pathOf(name))) ignore(name, 'it is too large or no text');
      return found ?? null;
    };
    const json = (name: string): Readonly<Record<string, unknown>> | null => {
      const source = text(name);
      if (source === null) return null;
      try {
        const value: unknown = JSON.parse(source.replace(/^\uFEFF/, ''));
        if (isRecord(value)) return value;
        ignore(name, 'it is no object');
      } catch {
        ignore(name, 'it is not JSON');
      }
      return null;
    };
    const yaml = (name: string): Readonly<Record<string, unknown>> | null => {
      const source = text(name);
      if (source === null) return null;
      const read = readYaml(source, { aliases: 100, merge: true });
      if (read.ok && isRecord(read.value)) return read.value;
      ignore(name, read.ok ? 'it is no map' : 'it is not YAML that can be read');
      return null;
    };
    return { folder, pathOf, has: (name) => paths.has(pathOf(name)), text, json, yaml, names: names.get(folder) ?? [], ignore };
  };
  return {
    into,
    get ignored() {
      return [...ignored];
    },
  };
};
