import { delimiter } from 'node:path';

/** Where git runs, and what it may see there. */
export interface GitPlace {
  readonly directory: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** `name=value` settings given to every call, above any configuration file. */
  readonly configuration: readonly string[];
}

/** Who Drydock's own commits are by. */
export const drydockIdentity = { name: 'Drydock', email: 'drydock@localhost' } as const;

/** Variables by which git is redirected or starts another program. */
const redirecting = /^(GIT_.*|EDITOR|VISUAL|PAGER|SSH_ASKPASS|PREFIX)$/i;

/** Nothing of the caller's environment may redirect git, so that every variable of git's own is dropped first. */
function scrubbedEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !redirecting.test(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // Above `protocol.<name>.allow` of a repository's own configuration, which would be above `protocol.allow`.
    GIT_ALLOW_PROTOCOL: 'none',
  };
}

/** No hook and no monitor runs, nothing is fetched, nothing is collected behind our back. */
const everywhere = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'protocol.allow=never',
  // A folder of committed files that looks like a repository is none: its configuration would name programs.
  'safe.bareRepository=explicit',
  'gc.auto=0',
  'maintenance.auto=false',
  'core.splitIndex=false',
  'diff.ignoreSubmodules=dirty',
];

/**
 * Drydock's own repositories: no configuration of the machine or of the user applies. Commits are by Drydock unless the
 * caller names another identity.
 */
export function depotPlace(directory: string): GitPlace {
  return {
    directory,
    environment: {
      ...scrubbedEnvironment(),
      GIT_DIR: directory,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: drydockIdentity.name,
      GIT_AUTHOR_EMAIL: drydockIdentity.email,
      GIT_COMMITTER_NAME: drydockIdentity.name,
      GIT_COMMITTER_EMAIL: drydockIdentity.email,
    },
    configuration: [
      ...everywhere,
      'core.attributesFile=/dev/null',
      'core.excludesFile=/dev/null',
      'core.protectHFS=true',
      'core.protectNTFS=true',
      'core.filesRefLockTimeout=10000',
      'core.fsyncMethod=batch',
      'core.fsync=committed,loose-object',
    ],
  };
}

/** The user's repository: their own configuration applies, as in their own `git add` and `git checkout`. */
export function userPlace(directory: string): GitPlace {
  return { directory, environment: scrubbedEnvironment(), configuration: everywhere };
}

export function withEnvironment(place: GitPlace, extra: NodeJS.ProcessEnv): GitPlace {
  return { ...place, environment: { ...place.environment, ...extra } };
}

/** Lets git read objects of further stores. Paths are quoted as git's own alternates are, because they may hold the delimiter. */
export function withAlternates(place: GitPlace, stores: readonly string[]): GitPlace {
  const quoted = stores.map((store) => (new RegExp(`["\\n${delimiter}]`).test(store) ? quotePath(store) : store));
  return withEnvironment(place, { GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted.join(delimiter) });
}

function quotePath(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}
