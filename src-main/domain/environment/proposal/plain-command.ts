/** What brings tools or dependencies in, publishes, or talks: never a check. Matched at the beginning of each command of a line. */
const NO_CHECK =
  /^(?:sudo|apt(?:-get)?|apk|yum|dnf|brew|choco|curl|wget|git|gh|glab|docker|podman|kubectl|helm|terraform|aws|gcloud|az|ssh|scp|rsync|echo|printf|cat|ls|pwd|env|export|set|unset|source|\.|cd|mkdir|cp|mv|rm|ln|chmod|chown|tar|unzip|zip|sleep|exit|true|false|test|if|then|else|fi|for|while|do|done|case|esac|function|corepack|nvm|rustup|asdf|pyenv|codecov|coveralls)(?=\s|$)|^(?:npm (?:ci|i|install|publish|audit|config|version|cache)|pnpm (?:i|install|publish|add|config)|yarn(?:$| (?:install|publish|add|config|--))|bun (?:i|install|add)|npx --yes (?:codecov|semantic-release)|npx (?:codecov|semantic-release)|(?:python3? -m )?(?:pip3?|pipx) |uv (?:sync|pip|python|venv|tool)|poetry (?:install|publish|config)|pipenv (?:install|sync)|bundle (?:install|config)|gem |composer (?:install|update)|dotnet (?:restore|nuget|publish|tool)|go (?:mod|install|get|generate)|cargo (?:fetch|install|publish|login)|mvn (?:deploy|release)|.*(?<![-\w])(?:deploy|release|publish|upload)\b)/i;

const RANKS: readonly RegExp[] = [
  /\b(?:tests?|pytest|jest|vitest|mocha|rspec|phpunit|ctest|tox|nox|spec|specs|unittest|check|coverage|e2e)\b/i,
  /\b(?:lint|eslint|oxlint|ruff|flake8|pylint|mypy|pyright|tsc|type-?check|check-types|clippy|fmt|format|vet|rubocop|phpstan|prettier|black|isort|biome|golangci-lint|shellcheck)\b/i,
  /\b(?:build|compile|assemble)\b/i,
];

/** How test-like a command is: 0 for tests, then linters and types, then builds, then the rest. */
export const rankOf = (command: string): number => {
  const rank = RANKS.findIndex((pattern) => pattern.test(command));
  return rank < 0 ? RANKS.length : rank;
};

/** The lines of a script, those that end in a backslash joined with the next. */
export const scriptLines = (script: string): string[] => script.slice(0, 65_536).replaceAll(/ ?\\\r?\n\s*/g, ' ').split(/\r?\n/).map((line) => line.trim());

/**
 * Whether a line of a CI file can stand alone as a check: programs with arguments, joined by `&&` at most. What expands anything, redirects
 * or asks for a secret is none.
 */
export const isPlainCommand = (line: string): boolean => {
  if (line === '' || line.length > 300 || !/^[\x20-\x7e]+$/.test(line)) return false;
  if (/[$`;|<>\\{}#()]/.test(line) || /(?<!&)&(?!&)/.test(line) || /^[-@*]/.test(line)) return false;
  const commands = line.split('&&').map((command) => command.trim());
  return commands.every((command) => command !== '' && !/^\w+=/.test(command) && !NO_CHECK.test(command));
};

/** Scripts that only make sense as a whole: what a line does depends on those before it. */
export const dependsOnItself = (lines: readonly string[]): boolean => lines.some((line) => /^(?:cd|pushd|if|for|while|case|export|source|\.|function|set \+e)(?:\s|$)/.test(line) || line.includes('<<'));
