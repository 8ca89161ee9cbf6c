import type { Environment } from '../contract/project.ts';
import { DEFAULT_ENVIRONMENT } from './default-environment.ts';

interface Ecosystem {
  readonly lockFile: string;
  readonly setup: string;
  readonly reason: string;
}

/** First match of a group wins: a repository with two lock files of one ecosystem uses the more specific tool. */
const ECOSYSTEMS: readonly (readonly Ecosystem[])[] = [
  [
    { lockFile: 'pnpm-lock.yaml', setup: 'npx --yes pnpm install --frozen-lockfile', reason: 'pnpm-lock.yaml: dependencies by pnpm' },
    { lockFile: 'yarn.lock', setup: 'npx --yes yarn install --frozen-lockfile', reason: 'yarn.lock: dependencies by yarn' },
    { lockFile: 'package-lock.json', setup: 'npm ci', reason: 'package-lock.json: dependencies by npm ci' },
    { lockFile: 'npm-shrinkwrap.json', setup: 'npm ci', reason: 'npm-shrinkwrap.json: dependencies by npm ci' },
    { lockFile: 'package.json', setup: 'npm install --no-package-lock', reason: 'package.json without a lock file: npm install' },
  ],
  [
    { lockFile: 'uv.lock', setup: 'uv sync --frozen', reason: 'uv.lock: the image must have uv' },
    { lockFile: 'poetry.lock', setup: 'poetry install --no-interaction', reason: 'poetry.lock: the image must have poetry' },
    {
      lockFile: 'requirements.txt',
      setup: 'python3 -m venv .venv && .venv/bin/pip install --requirement requirements.txt',
      reason: 'requirements.txt: a virtual environment in .venv; the image must have Python',
    },
  ],
  [{ lockFile: 'go.sum', setup: 'go mod download', reason: 'go.sum: the image must have Go' }],
  [{ lockFile: 'Cargo.lock', setup: 'cargo fetch --locked', reason: 'Cargo.lock: the image must have Rust' }],
  [{ lockFile: 'Gemfile.lock', setup: 'bundle install', reason: 'Gemfile.lock: the image must have Ruby' }],
];

/** Files whose presence and content a proposal is made from. */
export const PROPOSAL_FILES: readonly string[] = ECOSYSTEMS.flat().map((each) => each.lockFile);

export interface EnvironmentProposal {
  readonly environment: Environment;
  readonly reasons: readonly string[];
  /** Commands that the repository itself names as its tests. */
  readonly checks: readonly string[];
}

const hasDependencies = (manifest: string | undefined): boolean => {
  try {
    const { dependencies, devDependencies } = JSON.parse(manifest ?? '{}') as Record<string, unknown>;
    return [dependencies, devDependencies].some((each) => typeof each === 'object' && each !== null && Object.keys(each).length > 0);
  } catch {
    return false;
  }
};

const npmChecks = (manifest: string | undefined): string[] => {
  try {
    const { scripts } = JSON.parse(manifest ?? '{}') as { scripts?: Record<string, unknown> };
    const test = scripts?.['test'];
    return typeof test === 'string' && !test.includes('no test specified') ? ['npm test'] : [];
  } catch {
    return [];
  }
};

/** Proposes setup and checks from the files of a folder, given by name with their text. Suggests only; runs nothing. */
export const proposeEnvironment = (files: ReadonlyMap<string, string>): EnvironmentProposal => {
  const found = ECOSYSTEMS.flatMap((group) => group.find((each) => files.has(each.lockFile)) ?? []).filter(
    (each) => each.lockFile !== 'package.json' || hasDependencies(files.get('package.json')),
  );
  return {
    environment: {
      ...DEFAULT_ENVIRONMENT,
      setup: found.map((each) => each.setup).join('\n'),
      lockFiles: found.map((each) => each.lockFile),
    },
    reasons: found.map((each) => each.reason),
    checks: npmChecks(files.get('package.json')),
  };
};
