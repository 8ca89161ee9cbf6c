import { createHash } from 'node:crypto';
import { readdir, readlink } from 'node:fs/promises';
import { runGit } from './run-git.ts';
import type { UserRepository } from './user-repository.ts';
import { fingerprint, look, obstacleAbove, workingPath } from './working-path.ts';

/** What is at a path of the working tree now. */
export interface CurrentContent {
  readonly kind: 'absent' | 'file' | 'link' | 'folder' | 'other';
  /** Blob ids that the content stands for: through the user's clean filters, and as it is. Empty for what is no blob. */
  readonly ids: readonly string[];
  readonly executable: boolean;
  readonly fingerprint: string;
}

/** Looks at paths without following a link. Faults: gitFailed. */
export async function currentContent(repository: UserRepository, paths: readonly Buffer[]): Promise<CurrentContent[]> {
  const seen = await Promise.all(paths.map((path) => describe(repository, path)));
  const files = paths.filter((_, at) => seen[at]?.kind === 'file');
  const [cleaned, plain] = await Promise.all([hashFiles(repository, files, []), hashFiles(repository, files, ['--no-filters'])]);
  let at = 0;
  return seen.map((content) => {
    if (content.kind !== 'file') return content;
    const ids = [cleaned[at] ?? '', plain[at] ?? ''];
    at += 1;
    return { ...content, ids };
  });
}

async function describe(repository: UserRepository, path: Buffer): Promise<CurrentContent> {
  const place = workingPath(repository.path, path);
  // What lies behind a link is not in this working tree.
  const facts = (await obstacleAbove(repository.path, path)) === null ? await look(place) : null;
  const none = { ids: [], executable: false, fingerprint: fingerprint(facts) };
  if (facts === null) return { kind: 'absent', ...none };
  if (facts.isFile()) return { kind: 'file', ...none, executable: (facts.mode & 0o100n) !== 0n };
  if (facts.isSymbolicLink()) {
    const target = await readlink(place, { encoding: 'buffer' });
    return { kind: 'link', ...none, ids: [blobIdOf(target, repository.objectFormat)] };
  }
  return { kind: facts.isDirectory() ? 'folder' : 'other', ...none };
}

/** A blob's id is the hash of its header and content (gitformat: `blob <size>\0`). */
function blobIdOf(content: Buffer, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex');
}

async function hashFiles(repository: UserRepository, paths: readonly Buffer[], options: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const lines = paths.map(quoted).join('');
  const hashed = await runGit(repository.place, ['hash-object', '--stdin-paths', ...options], { input: lines });
  return hashed.text.split('\n');
}

/** One path a line, with every byte that could end it escaped as git's C-like quotes do. */
function quoted(path: Buffer): string {
  const escaped = [...path].map((byte) => (byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte)));
  return `"${escaped.join('')}"\n`;
}

/** Files and links below a folder of the working tree, as paths from its top. */
export async function filesBelow(top: string, folder: Buffer): Promise<Buffer[]> {
  const found: Buffer[] = [];
  for (const entry of await readdir(workingPath(top, folder), { withFileTypes: true, encoding: 'buffer' })) {
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    if (entry.isDirectory()) found.push(...(await filesBelow(top, path)));
    else found.push(path);
  }
  return found;
}
