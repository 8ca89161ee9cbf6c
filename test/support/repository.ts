import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { treeId, type TreeId } from '../../src-main/contract/ids.ts';
import type { CommittedBase } from '../../src-main/contract/result.ts';
import type { Depot, DepotProject } from '../../src-main/ports/depot.ts';

type Bytes = string | Uint8Array;

/** A folder that is gone after the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** git without the machine's configuration, as a fixed person at a fixed time. */
export const quietGit: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

export interface TestRepository {
  readonly path: string;
  /** Runs git in it and gives its output without the last line break. */
  git(...args: string[]): string;
  /** Writes a file, making its folders. The path may be bytes that are not text. */
  write(path: Bytes, content: Bytes, mode?: number): void;
  link(path: Bytes, target: Bytes): void;
  remove(path: Bytes): void;
  /** Commits everything there is; gives the commit's id. */
  commit(message?: string): string;
}

export function repositoryAt(path: string): TestRepository {
  const at = (name: Bytes): Buffer => Buffer.concat([Buffer.from(`${path}/`), Buffer.from(name as string)]);
  const makeParents = (file: Buffer): void => {
    const slash = file.lastIndexOf('/');
    mkdirSync(file.subarray(0, slash), { recursive: true });
  };
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: path, env: quietGit, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 }).replace(/\n$/, '');
  return {
    path,
    git,
    write(name, content, mode = 0o644) {
      makeParents(at(name));
      writeFileSync(at(name), content);
      chmodSync(at(name), mode);
    },
    link(name, target) {
      makeParents(at(name));
      symlinkSync(target as string, at(name));
    },
    remove(name) {
      rmSync(at(name), { recursive: true });
    },
    commit(message = 'Change') {
      git('add', '-A');
      git('commit', '--quiet', '--allow-empty', '-m', message);
      return git('rev-parse', 'HEAD');
    },
  };
}

/** An empty repository on branch main that is gone after the test. */
export function makeRepository(options: { objectFormat?: 'sha1' | 'sha256' } = {}): TestRepository {
  const repository = repositoryAt(join(makeFolder(), 'project'));
  mkdirSync(repository.path);
  repository.git('init', '--quiet', '--initial-branch=main', `--object-format=${options.objectFormat ?? 'sha1'}`);
  repository.git('config', 'user.name', 'Ada');
  repository.git('config', 'user.email', 'ada@example.org');
  return repository;
}

/** A small ordinary repository with one commit. */
export function makeSmallRepository(): TestRepository {
  const repository = makeRepository();
  repository.write('README.md', '# Small\n');
  repository.write('src/main.txt', 'one\ntwo\nthree\n');
  repository.write('run.sh', '#!/bin/sh\n', 0o755);
  repository.commit('First');
  return repository;
}

/** What another git in a folder of its own made of a tree: the pack that a collector would send. */
export function packOf(repository: TestRepository, wanted: readonly string[], without: readonly string[] = []): Buffer {
  return execFileSync('git', ['pack-objects', '--revs', '--stdout', '--thin', '--quiet'], {
    cwd: repository.path,
    env: quietGit,
    input: [...wanted, ...without.map((id) => `^${id}`), ''].join('\n'),
    maxBuffer: 2 ** 28,
  });
}

/** Brings what a repository has committed into the depot, as a result on the base. */
export async function importFrom(depot: Depot, project: DepotProject, base: CommittedBase, from: TestRepository): Promise<TreeId> {
  const tree = treeId.parse(from.git('rev-parse', 'HEAD^{tree}'));
  const pack = Readable.from([packOf(from, [tree])]);
  await depot.importTree(project, base, { tree, pack, maxBytes: 2 ** 26, maxObjects: 100_000 }, 'Result');
  return tree;
}
