import { iniSections, tomlTables } from './toml-text.ts';
import { upward, type FolderLook } from './folder-look.ts';
import { need, type Ecosystem, type Install, type ProposedCheck } from './part.ts';

const REQUIREMENTS = /^(?:(?:dev|test)[-_])?requirements(?:[-_.](?:dev|test|tests|development))?\.txt$/;

const VENV = 'python3 -m venv .venv && .venv/bin/pip install';

/** How what was installed is called, by the lock file that installed it. */
const runnerOf = (look: FolderLook): string => {
  if (look.has('uv.lock')) return 'uv run --no-sync ';
  if (look.has('poetry.lock')) return 'poetry run ';
  return look.has('Pipfile.lock') ? 'pipenv run ' : '.venv/bin/';
};

const locked = (look: FolderLook): Install | null => {
  const by = (lock: string, command: string, tool: string): Install => ({
    commands: [command],
    isRepeatable: true,
    lockFiles: [lock],
    reason: `${look.pathOf(lock)}: dependencies by ${tool}`,
    needs: [need('Python', look.pathOf(lock)), need(tool, look.pathOf(lock))],
  });
  if (look.has('uv.lock')) return by('uv.lock', 'uv sync --frozen', 'uv');
  if (look.has('poetry.lock')) return by('poetry.lock', 'poetry install --no-interaction --sync', 'poetry');
  if (look.has('Pipfile.lock')) return { ...by('Pipfile.lock', 'pipenv sync --dev', 'pipenv'), isRepeatable: false };
  if (!look.has('requirements.txt')) return null;
  const files = ['requirements.txt', ...look.names.filter((name) => name !== 'requirements.txt' && REQUIREMENTS.test(name)).toSorted()];
  return {
    commands: [`${VENV} ${files.map((name) => `--requirement ${name}`).join(' ')}`],
    // pip takes nothing away that an older list had.
    isRepeatable: false,
    lockFiles: files,
    reason: `${files.map(look.pathOf).join(', ')}: a virtual environment in .venv`,
    needs: [need('Python', look.pathOf('requirements.txt'))],
  };
};

const hasTable = (look: FolderLook, name: string): boolean => {
  const text = look.has('pyproject.toml') ? look.text('pyproject.toml') : null;
  return text !== null && tomlTables(text).has(name);
};

const unlocked = (look: FolderLook): Install | null => {
  const manifest = hasTable(look, 'project') || hasTable(look, 'tool.poetry') ? 'pyproject.toml' : ['setup.py', 'setup.cfg'].find((name) => look.has(name));
  if (manifest === undefined) return null;
  return {
    commands: [`${VENV} --editable .`],
    isRepeatable: false,
    lockFiles: [manifest],
    reason: `${look.pathOf(manifest)} without a lock file: the package itself, in a virtual environment in .venv`,
    needs: [need('Python', look.pathOf(manifest))],
  };
};

const section = (look: FolderLook, file: string, name: string): string | null => {
  const text = look.has(file) ? look.text(file) : null;
  return text === null ? null : (iniSections(text).get(name) ?? null);
};

const pytestFrom = (look: FolderLook): string | null => {
  if (look.has('pytest.ini')) return 'pytest.ini';
  if (hasTable(look, 'tool.pytest.ini_options')) return 'pyproject.toml';
  if (section(look, 'setup.cfg', 'tool:pytest') !== null) return 'setup.cfg';
  if (section(look, 'tox.ini', 'pytest') !== null || /^\s*(?:commands\s*=)?\s*pytest\b/m.test(section(look, 'tox.ini', 'testenv') ?? '')) return 'tox.ini';
  return look.has('conftest.py') ? 'conftest.py' : null;
};

const checks = (look: FolderLook, installed: FolderLook | null): ProposedCheck[] => {
  const runner = installed === null ? null : runnerOf(installed);
  const called = (command: string): string => {
    if (runner === null) return `python3 -m ${command}`;
    return runner.startsWith('.') ? `${upward(look.folder, installed?.folder ?? look.folder)}${runner}python -m ${command}` : `${runner}${command}`;
  };
  const pytest = pytestFrom(look);
  if (pytest !== null) return [{ command: called('pytest'), from: look.pathOf(pytest) }];
  const tox = section(look, 'tox.ini', 'testenv');
  if (tox === null) return [];
  if (/-m\s+unittest\b/.test(tox)) return [{ command: called('unittest').replace(/ run (--no-sync )?unittest$/, ' run $1python -m unittest'), from: look.pathOf('tox.ini') }];
  look.ignore('tox.ini', 'tox makes environments of its own, which needs the internet; name what it runs as a check');
  return [];
};

const TOOLS = /^(?:pytest|python3?|ruff|mypy|flake8|black|isort|pylint|pyright|coverage|nox|tox)\b/;

/** pip, uv, poetry and pipenv. */
export const python: Ecosystem = {
  locked,
  unlocked,
  checks,
  runner: (command, look) => (TOOLS.test(command) ? runnerOf(look) : null),
};
