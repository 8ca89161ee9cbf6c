import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryAt, type TestRepository } from './repository.ts';

/**
 * The published source of a package as a repository on branch main, as someone who works on it would have it: with a lock file,
 * its installed dependencies ignored. npm's own configuration says where packages come from.
 *
 * @param specification name and version, as `npm pack` takes it.
 */
export function unpackPackage(specification: string, into: string): TestRepository {
  const npm = (cwd: string, ...args: string[]) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const archive = npm(into, 'pack', '--silent', specification).trim();
  execFileSync('tar', ['-xzf', archive], { cwd: into });
  const path = join(into, 'project');
  renameSync(join(into, 'package'), path);
  writeFileSync(join(path, '.gitignore'), 'node_modules\n');
  npm(path, 'install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund');
  const repository = repositoryAt(path);
  repository.git('init', '--quiet', '--initial-branch=main');
  repository.git('config', 'user.name', 'Ada');
  repository.git('config', 'user.email', 'ada@example.org');
  repository.commit('As published');
  return repository;
}
