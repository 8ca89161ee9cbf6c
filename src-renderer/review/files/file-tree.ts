import type { FileChange } from '../../../src-main/contract/result.ts';

interface Folder {
  readonly path: string;
  readonly name: string;
  readonly folders: Map<string, Folder>;
  readonly files: FileChange[];
}

/** A line of the list of files: a folder, or a file with its place in the order of all files. */
export type TreeRow =
  | { readonly kind: 'folder'; readonly path: string; readonly name: string; readonly level: number; readonly open: boolean; readonly count: number }
  | { readonly kind: 'file'; readonly file: FileChange; readonly name: string; readonly level: number };

const newFolder = (path: string, name: string): Folder => ({ path, name, folders: new Map(), files: [] });

const treeOf = (files: readonly FileChange[]): Folder => {
  const root = newFolder('', '');
  for (const file of files) {
    const parts = file.path.split('/');
    let folder = root;
    for (const name of parts.slice(0, -1)) {
      const path = folder.path === '' ? name : `${folder.path}/${name}`;
      const next = folder.folders.get(name) ?? newFolder(path, name);
      folder.folders.set(name, next);
      folder = next;
    }
    folder.files.push(file);
  }
  return root;
};

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const foldersOf = (folder: Folder): Folder[] => [...folder.folders.values()].toSorted((a, b) => byName(a.name, b.name));
const filesOf = (folder: Folder): FileChange[] => folder.files.toSorted((a, b) => byName(a.path, b.path));
const countOf = (folder: Folder): number => folder.files.length + [...folder.folders.values()].reduce((sum, each) => sum + countOf(each), 0);

/** Folders that hold nothing but one folder are one line: `src/http`. */
const joined = (folder: Folder): Folder => {
  const [only] = folder.folders.values();
  return folder.files.length === 0 && folder.folders.size === 1 && only ? joined({ ...only, name: `${folder.name}/${only.name}` }) : folder;
};

/** The files in the order in which they are shown and stepped through: folders before files, both by name. */
export const inTreeOrder = (files: readonly FileChange[]): FileChange[] => {
  const walk = (folder: Folder): FileChange[] => [...foldersOf(folder).flatMap(walk), ...filesOf(folder)];
  return walk(treeOf(files));
};

/** The lines of the tree, without what is below closed folders. */
export const treeRows = (files: readonly FileChange[], closed: ReadonlySet<string>): TreeRow[] => {
  const rows: TreeRow[] = [];
  const walk = (folder: Folder, level: number): void => {
    for (const each of foldersOf(folder).map(joined)) {
      const open = !closed.has(each.path);
      rows.push({ kind: 'folder', path: each.path, name: each.name, level, open, count: countOf(each) });
      if (open) walk(each, level + 1);
    }
    for (const file of filesOf(folder)) rows.push({ kind: 'file', file, name: nameOf(file.path), level });
  };
  walk(treeOf(files), 1);
  return rows;
};

/** The same files as one flat list. */
export const listRows = (files: readonly FileChange[]): TreeRow[] => files.map((file) => ({ kind: 'file', file, name: file.path, level: 1 }));

/** The paths of all folders above a file. */
export const foldersAbove = (path: string): string[] => path.split('/').slice(0, -1).map((_, at, parts) => parts.slice(0, at + 1).join('/'));
