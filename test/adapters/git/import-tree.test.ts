import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createDepot } from '../../../src-main/adapters/git/depot.ts';
import { projectId, type TreeId } from '../../../src-main/contract/ids.ts';
import type { CommittedBase } from '../../../src-main/contract/result.ts';
import type { Depot } from '../../../src-main/ports/depot.ts';
import { makeFolder, makeSmallRepository, packOf, quietGit, type TestRepository } from '../../support/repository.ts';

const id = projectId.parse('prj_0123456789ab');

interface Scene {
  readonly repository: TestRepository;
  readonly depotPath: string;
  readonly base: CommittedBase;
  /** Imports a pack; gives the fault's code, or 'taken'. */
  offer(tree: string, pack: Buffer | Readable, limits?: { maxBytes?: number; maxObjects?: number }): Promise<string>;
  /** A tree object of these raw entries, whatever git thinks of them. */
  rawTree(...entries: readonly (readonly [mode: string, name: Uint8Array | string, id: string])[]): string;
  objects(): string;
}

async function scene(): Promise<Scene> {
  const repository = makeSmallRepository();
  const directory = makeFolder();
  const depot: Depot = createDepot({ directory });
  const project = { id, path: repository.path };
  const base = await depot.commitBase(project, { kind: 'head' });
  const depotPath = join(directory, `${id}.git`);
  return {
    repository,
    depotPath,
    base,
    offer: (tree, pack, limits = {}) =>
      depot
        .importTree(project, base, { tree: tree as TreeId, pack: pack instanceof Readable ? pack : Readable.from([pack]), maxBytes: limits.maxBytes ?? 1e7, maxObjects: limits.maxObjects ?? 1_000 }, 'Result')
        .then(() => 'taken', (error: { fault?: { code: string } }) => error.fault?.code ?? String(error)),
    rawTree(...entries) {
      const content = Buffer.concat(entries.flatMap(([mode, name, blob]) => [Buffer.from(`${mode} `), Buffer.from(name as string), Buffer.alloc(1), Buffer.from(blob, 'hex')]));
      return execFileSync('git', ['hash-object', '-t', 'tree', '-w', '--stdin', '--literally'], { cwd: repository.path, env: quietGit, input: content, encoding: 'utf8' }).trim();
    },
    objects: () => execFileSync('git', ['cat-file', '--batch-all-objects', '--batch-check'], { cwd: depotPath, env: quietGit, encoding: 'utf8' }),
  };
}

const blobOf = (repository: TestRepository, content: string): string =>
  execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: repository.path, env: quietGit, input: content, encoding: 'utf8' }).trim();

/** A pack of exactly these objects, reachable or not. */
const packOfExactly = (repository: TestRepository, ids: readonly string[]): Buffer =>
  execFileSync('git', ['pack-objects', '--stdout', '--quiet'], { cwd: repository.path, env: quietGit, input: `${ids.join('\n')}\n`, maxBuffer: 2 ** 28 });

async function refused(stage: Scene, code: string, tree: string, pack: Buffer | Readable, limits?: { maxBytes?: number; maxObjects?: number }): Promise<void> {
  const before = stage.objects();
  expect(await stage.offer(tree, pack, limits)).toBe(code);
  expect(stage.objects()).toBe(before);
  expect(readdirSync(join(stage.depotPath, 'scratch'))).toEqual([]);
}

describe('a pack from a container', () => {
  test('that is cut off, garbage or empty', async () => {
    const stage = await scene();
    stage.repository.write('x', 'x'.repeat(5000));
    stage.repository.commit();
    const tree = stage.repository.git('rev-parse', 'HEAD^{tree}');
    const pack = packOf(stage.repository, [tree]);
    for (const size of [0, 3, 11, 12, 40, pack.length - 21, pack.length - 1]) await refused(stage, 'invalid', tree, pack.subarray(0, size));
    await refused(stage, 'invalid', tree, Buffer.from('a tar, not a pack, and long enough to have a header'));
    const flipped = Buffer.from(pack);
    flipped.writeUInt8(flipped.readUInt8(30) ^ 0x10, 30);
    await refused(stage, 'invalid', tree, flipped);
    await refused(stage, 'invalid', '--all', pack);
    expect(await stage.offer(tree, pack)).toBe('taken');
  });

  test('above the caps, in bytes and in objects, even when it never ends', async () => {
    const stage = await scene();
    for (let file = 0; file < 30; file += 1) stage.repository.write(`f${file}`, `${file}`);
    stage.repository.commit();
    const tree = stage.repository.git('rev-parse', 'HEAD^{tree}');
    const pack = packOf(stage.repository, [tree]);
    await refused(stage, 'tooLarge', tree, pack, { maxObjects: 10 });
    await refused(stage, 'tooLarge', tree, pack, { maxBytes: 100 });
    const endless = Readable.from((function* () {
      yield pack.subarray(0, pack.length - 30);
      for (;;) yield Buffer.alloc(65_536);
    })());
    expect(['tooLarge', 'invalid']).toContain(await stage.offer(tree, endless, { maxBytes: 1e6 }));
    const failing = new Readable({ read() { this.destroy(new Error('connection lost')); } });
    expect(await stage.offer(tree, failing)).toBe('Error: connection lost');
  });

  test('with names that reach for .git or out of the tree', async () => {
    const stage = await scene();
    const blob = blobOf(stage.repository, 'evil');
    const names = ['.git', '.GIT', '.Git', '..', '.', '.git ', '.git.', 'git~1', 'GIT~1', '.g\u200cit', '.git::$INDEX_ALLOCATION', 'a/b', `${'n'.repeat(256)}`];
    for (const name of names) {
      const tree = stage.rawTree(['100644', name, blob]);
      await refused(stage, 'invalid', tree, packOfExactly(stage.repository, [tree, blob]));
      const above = stage.rawTree(['40000', 'deep', tree]);
      await refused(stage, 'invalid', above, packOfExactly(stage.repository, [above, tree, blob]));
    }
    const twice = stage.rawTree(['100644', 'same', blob], ['100644', 'same', blob]);
    await refused(stage, 'invalid', twice, packOfExactly(stage.repository, [twice, blob]));
    const unsorted = stage.rawTree(['100644', 'b', blob], ['100644', 'a', blob]);
    await refused(stage, 'invalid', unsorted, packOfExactly(stage.repository, [unsorted, blob]));
    for (const mode of ['100666', '104755', '20000', '0100644']) {
      const odd = stage.rawTree([mode, 'odd', blob]);
      await refused(stage, 'invalid', odd, packOfExactly(stage.repository, [odd, blob]));
    }
  });

  test('with a tree that is none, is missing, misses objects, or names a new submodule', async () => {
    const stage = await scene();
    const blob = blobOf(stage.repository, 'fine');
    const tree = stage.rawTree(['100644', 'file', blob]);
    await refused(stage, 'invalid', blob, packOfExactly(stage.repository, [blob]));
    await refused(stage, 'invalid', '1'.repeat(40), packOfExactly(stage.repository, [blob]));
    await refused(stage, 'invalid', tree, packOfExactly(stage.repository, [tree]));
    const wrong = stage.rawTree(['100644', 'file', tree]);
    await refused(stage, 'invalid', wrong, packOfExactly(stage.repository, [wrong, tree, blob]));
    const link = stage.rawTree(['160000', 'lib', '2'.repeat(40)]);
    await refused(stage, 'invalid', link, packOfExactly(stage.repository, [link]));
  });

  test('with more than the tree needs: the rest stays outside', async () => {
    const stage = await scene();
    const blob = blobOf(stage.repository, 'fine');
    const stowaway = blobOf(stage.repository, 'stowaway');
    const tree = stage.rawTree(['100644', 'file', blob]);
    expect(await stage.offer(tree, packOfExactly(stage.repository, [tree, blob, stowaway]))).toBe('taken');
    expect(stage.objects()).toContain(blob);
    expect(stage.objects()).not.toContain(stowaway);
  });
});
