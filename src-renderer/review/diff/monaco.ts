import * as monaco from 'monaco-editor/editor/editor.api.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/features/codeEditor/register.js';
import 'monaco-editor/features/diffEditor/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/folding/register.js';
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/unicodeHighlighter/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/languages/definitions/bat/register.js';
import 'monaco-editor/languages/definitions/cpp/register.js';
import 'monaco-editor/languages/definitions/clojure/register.js';
import 'monaco-editor/languages/definitions/csharp/register.js';
import 'monaco-editor/languages/definitions/dart/register.js';
import 'monaco-editor/languages/definitions/css/register.js';
import 'monaco-editor/languages/definitions/dockerfile/register.js';
import 'monaco-editor/languages/definitions/fsharp/register.js';
import 'monaco-editor/languages/definitions/elixir/register.js';
import 'monaco-editor/languages/definitions/go/register.js';
import 'monaco-editor/languages/definitions/graphql/register.js';
import 'monaco-editor/languages/definitions/handlebars/register.js';
import 'monaco-editor/languages/definitions/hcl/register.js';
import 'monaco-editor/languages/definitions/html/register.js';
import 'monaco-editor/languages/definitions/ini/register.js';
import 'monaco-editor/languages/definitions/java/register.js';
import 'monaco-editor/languages/definitions/javascript/register.js';
import 'monaco-editor/languages/definitions/julia/register.js';
import 'monaco-editor/languages/definitions/kotlin/register.js';
import 'monaco-editor/languages/definitions/less/register.js';
import 'monaco-editor/languages/definitions/lua/register.js';
import 'monaco-editor/languages/definitions/markdown/register.js';
import 'monaco-editor/languages/definitions/objective-c/register.js';
import 'monaco-editor/languages/definitions/perl/register.js';
import 'monaco-editor/languages/definitions/php/register.js';
import 'monaco-editor/languages/definitions/powershell/register.js';
import 'monaco-editor/languages/definitions/protobuf/register.js';
import 'monaco-editor/languages/definitions/python/register.js';
import 'monaco-editor/languages/definitions/r/register.js';
import 'monaco-editor/languages/definitions/ruby/register.js';
import 'monaco-editor/languages/definitions/rust/register.js';
import 'monaco-editor/languages/definitions/scala/register.js';
import 'monaco-editor/languages/definitions/scss/register.js';
import 'monaco-editor/languages/definitions/shell/register.js';
import 'monaco-editor/languages/definitions/solidity/register.js';
import 'monaco-editor/languages/definitions/sql/register.js';
import 'monaco-editor/languages/definitions/swift/register.js';
import 'monaco-editor/languages/definitions/twig/register.js';
import 'monaco-editor/languages/definitions/typescript/register.js';
import 'monaco-editor/languages/definitions/vb/register.js';
import 'monaco-editor/languages/definitions/xml/register.js';
import 'monaco-editor/languages/definitions/yaml/register.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';

import { installHunkDiff } from './hunk-diff.ts';
import { followTheme } from './monaco-theme.ts';

/** The one module that loads the editor; imported when a diff is first shown, so that the board starts without it. */
globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };
installHunkDiff();
followTheme();

// JSON has no grammar of its own here (its service would be a second worker); it reads well as JavaScript.
const BY_EXTENSION: Readonly<Record<string, string>> = {
  json: 'javascript', jsonc: 'javascript', json5: 'javascript', lock: 'yaml', toml: 'ini', cfg: 'ini', conf: 'ini', env: 'ini', properties: 'ini',
  tf: 'hcl', vue: 'html', svelte: 'html', svg: 'xml', mts: 'typescript', cts: 'typescript', mjs: 'javascript', cjs: 'javascript', h: 'cpp', hh: 'cpp',
  bash: 'shell', zsh: 'shell', gradle: 'java', kts: 'kotlin', mdx: 'markdown', csproj: 'xml', plist: 'xml', gemspec: 'ruby', rake: 'ruby',
};
const BY_NAME: Readonly<Record<string, string>> = { makefile: 'shell', '.bashrc': 'shell', '.gitignore': 'ini', '.editorconfig': 'ini', '.npmrc': 'ini', gemfile: 'ruby', rakefile: 'ruby', jenkinsfile: 'java' };

/** The language of a path by its name, 'plaintext' when none is known. */
export const languageOf = (path: string): string => {
  const name = (path.split('/').at(-1) ?? '').toLowerCase();
  const extension = name.split('.').at(-1) ?? '';
  const known = BY_NAME[name] ?? (name.startsWith('dockerfile') ? 'dockerfile' : BY_EXTENSION[extension]);
  if (known !== undefined) return known;
  const language = monaco.languages
    .getLanguages()
    .find((each) => each.filenames?.some((file) => file.toLowerCase() === name) || each.extensions?.some((end) => name.endsWith(end)));
  return language?.id ?? 'plaintext';
};

export { monaco };
