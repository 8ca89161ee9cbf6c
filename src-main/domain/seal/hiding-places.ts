/**
 * Where tools keep credentials, in the home folder: what setup made or changed of these is deleted before sealing. Known from the tools' own
 * documentation; a folder goes as a whole. What is not here is found by the scan, if it holds a secret of the project.
 */
export const HIDING_PLACES: readonly string[] = [
  // packages
  '.npmrc', '.yarnrc', '.yarnrc.yml', '.npm/_logs', '.pypirc', '.pip/pip.conf', '.config/pip/pip.conf', '.config/pypoetry/auth.toml', '.config/uv/credentials',
  '.cargo/credentials', '.cargo/credentials.toml', '.gem/credentials', '.bundle/config', '.composer/auth.json', '.config/composer/auth.json',
  '.m2/settings.xml', '.m2/settings-security.xml', '.gradle/gradle.properties', '.nuget/NuGet/NuGet.Config', '.config/NuGet/NuGet.Config', '.sbt/.credentials', '.ivy2/.credentials',
  // sources
  '.netrc', '_netrc', '.git-credentials', '.config/git/credentials', '.cache/git/credential', '.gitconfig', '.config/git/config', '.config/gh', '.config/glab-cli', '.config/hub', '.subversion/auth', '.ssh', '.gnupg',
  // engines and clouds
  '.docker', '.config/containers/auth.json', '.kube', '.aws', '.azure', '.config/gcloud', '.boto', '.s3cfg', '.config/rclone', '.terraform.d/credentials.tfrc.json', '.config/doctl', '.config/op', '.vault-token', '.netlify', '.vercel', '.config/heroku',
  // histories
  '.bash_history', '.sh_history', '.zsh_history', '.history', '.ash_history', '.python_history', '.node_repl_history', '.psql_history', '.pgpass', '.mysql_history', '.my.cnf', '.rediscli_history', '.sqlite_history', '.lesshst', '.wget-hsts', '.viminfo',
];
