import type { FolderLook } from './folder-look.ts';
import { tomlTables } from './toml-text.ts';
import { need, type Ecosystem, type Install, type ProposedCheck } from './part.ts';

const made = (look: FolderLook, lock: string, command: string, tool: string, more: Partial<Install> = {}): Install => ({
  commands: [command],
  isRepeatable: true,
  lockFiles: [lock],
  reason: `${look.pathOf(lock)}: dependencies by ${command.split(' ')[0] ?? tool}`,
  needs: [need(tool, look.pathOf(lock))],
  ...more,
});

const check = (look: FolderLook, command: string, from: string): ProposedCheck[] => [{ command, from: look.pathOf(from) }];

const cargoMembers = (look: FolderLook): readonly string[] | null => {
  const text = look.has('Cargo.toml') ? look.text('Cargo.toml') : null;
  const workspace = text === null ? undefined : tomlTables(text).get('workspace');
  return workspace === undefined ? null : (workspace.get('members') ?? []);
};

/** cargo, with the members of a workspace. */
export const rust: Ecosystem = {
  locked: (look) => {
    if (!look.has('Cargo.lock')) return null;
    const members = cargoMembers(look);
    const tail = members === null ? '' : `; Cargo.toml: a workspace of ${members.length === 0 ? 'its own packages' : members.slice(0, 8).join(', ')}`;
    return made(look, 'Cargo.lock', 'cargo fetch --locked', 'Rust', { reason: `${look.pathOf('Cargo.lock')}: dependencies by cargo${tail}` });
  },
  unlocked: (look) => (look.has('Cargo.toml') ? made(look, 'Cargo.toml', 'cargo fetch', 'Rust', { reason: `${look.pathOf('Cargo.toml')} without a lock file: dependencies by cargo` }) : null),
  checks: (look) => (look.has('Cargo.toml') ? check(look, cargoMembers(look) === null ? 'cargo test' : 'cargo test --workspace', 'Cargo.toml') : []),
};

/** Folders that go.work names, as patterns of packages; those that lead out of the repository are left aside. */
const goWorkPatterns = (look: FolderLook): string[] => {
  const text = (look.text('go.work') ?? '').replaceAll(/\/\/.*$/gm, '');
  const block = /^use\s*\(([^)]*)\)/m.exec(text)?.[1]?.split('\n') ?? [];
  const single = [...text.matchAll(/^use\s+([^\s(]+)\s*$/gm)].map(([, folder = '']) => folder);
  const folders = [...block, ...single].map((folder) => folder.trim()).filter((folder) => folder !== '');
  const inside = folders.filter((folder) => /^\.(?:\/[\w.-]+)*\/?$/.test(folder) && !folder.split('/').includes('..'));
  if (inside.length < folders.length) look.ignore('go.work', 'some of its folders are not plain ones of this repository');
  return inside.slice(0, 32).map((folder) => `${folder.replace(/\/$/, '')}/...`);
};

/** Go modules, and workspaces of several. */
export const go: Ecosystem = {
  locked: (look) => {
    if (look.has('go.work')) {
      const locks = ['go.work', 'go.work.sum'].filter((name) => look.has(name));
      return made(look, 'go.work', 'go mod download', 'Go', { lockFiles: locks, reason: `${look.pathOf('go.work')}: the modules of a workspace, by go` });
    }
    return look.has('go.sum') ? made(look, 'go.sum', 'go mod download', 'Go') : null;
  },
  checks: (look) => {
    if (look.has('go.mod')) return check(look, 'go test ./...', 'go.mod');
    const patterns = look.has('go.work') ? goWorkPatterns(look) : [];
    return patterns.length === 0 ? [] : check(look, `go test ${patterns.join(' ')}`, 'go.work');
  },
};

const GRADLE_INPUTS = ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts', 'gradle.lockfile', 'gradle/libs.versions.toml', 'gradle/wrapper/gradle-wrapper.properties'];
const gradle = (look: FolderLook): string => (look.has('gradlew') ? './gradlew' : 'gradle');
const maven = (look: FolderLook): string => (look.has('mvnw') ? './mvnw' : 'mvn');
const isGradle = (look: FolderLook): boolean => GRADLE_INPUTS.slice(0, 4).some((name) => look.has(name));

/** Maven and Gradle, by their wrappers where the repository has them. */
export const jvm: Ecosystem = {
  locked: (look) => {
    if (look.has('pom.xml')) {
      const own = maven(look);
      const from = look.pathOf('pom.xml');
      return made(look, 'pom.xml', `${own} --batch-mode dependency:go-offline`, 'Java', {
        reason: `${from}: dependencies by ${own}`,
        needs: [need('Java', from), ...(own === 'mvn' ? [need('Maven', from)] : [])],
      });
    }
    if (!isGradle(look)) return null;
    const own = gradle(look);
    const inputs = GRADLE_INPUTS.filter((name) => look.has(name));
    const from = look.pathOf(inputs[0] ?? 'build.gradle');
    return made(look, inputs[0] ?? 'build.gradle', `${own} --no-daemon testClasses`, 'Java', {
      lockFiles: inputs,
      reason: `${from}: dependencies by ${own}`,
      needs: [need('Java', from), ...(own === 'gradle' ? [need('Gradle', from)] : [])],
    });
  },
  checks: (look) => {
    if (look.has('pom.xml')) return check(look, `${maven(look)} --batch-mode --offline test`, 'pom.xml');
    return isGradle(look) ? check(look, `${gradle(look)} --no-daemon --offline test`, GRADLE_INPUTS.find((name) => look.has(name)) ?? 'build.gradle') : [];
  },
};

const PROJECT = /\.(?:sln|slnx|csproj|fsproj|vbproj)$/;
const dotnetProject = (look: FolderLook): string | undefined => look.names.filter((name) => PROJECT.test(name)).toSorted((a, b) => Number(/\.slnx?$/.test(b)) - Number(/\.slnx?$/.test(a)))[0];

/** .NET, by a solution or a project. */
export const dotnet: Ecosystem = {
  locked: (look) => {
    const project = dotnetProject(look);
    if (project === undefined) return null;
    const isLocked = look.has('packages.lock.json');
    const inputs = isLocked ? ['packages.lock.json'] : [project, ...['Directory.Packages.props'].filter((name) => look.has(name))];
    return made(look, project, `dotnet restore${isLocked ? ' --locked-mode' : ''}`, '.NET', { lockFiles: inputs, reason: `${inputs.map(look.pathOf).join(', ')}: dependencies by dotnet` });
  },
  checks: (look) => {
    const project = dotnetProject(look);
    return project === undefined ? [] : check(look, 'dotnet test --no-restore', project);
  },
};
