import * as monaco from 'monaco-editor/editor/editor.api.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/features/codeEditor/register.js';
import 'monaco-editor/features/diffEditor/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/folding/register.js';
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/unicodeHighlighter/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/languages/definitions/cpp/register.js';
import 'monaco-editor/languages/definitions/csharp/register.js';
import 'monaco-editor/languages/definitions/css/register.js';
import 'monaco-editor/languages/definitions/dockerfile/register.js';
import 'monaco-editor/languages/definitions/go/register.js';
import 'monaco-editor/languages/definitions/graphql/register.js';
import 'monaco-editor/languages/definitions/hcl/register.js';
import 'monaco-editor/languages/definitions/html/register.js';
import 'monaco-editor/languages/definitions/ini/register.js';
import 'monaco-editor/languages/definitions/java/register.js';
import 'monaco-editor/languages/definitions/javascript/register.js';
import 'monaco-editor/languages/definitions/kotlin/register.js';
import 'monaco-editor/languages/definitions/less/register.js';
import 'monaco-editor/languages/definitions/lua/register.js';
import 'monaco-editor/languages/definitions/markdown/register.js';
import 'monaco-editor/languages/definitions/perl/register.js';
import 'monaco-editor/languages/definitions/php/register.js';
import 'monaco-editor/languages/definitions/powershell/register.js';
import 'monaco-editor/languages/definitions/protobuf/register.js';
import 'monaco-editor/languages/definitions/python/register.js';
import 'monaco-editor/languages/definitions/ruby/register.js';
import 'monaco-editor/languages/definitions/rust/register.js';
import 'monaco-editor/languages/definitions/scala/register.js';
import 'monaco-editor/languages/definitions/scss/register.js';
import 'monaco-editor/languages/definitions/shell/register.js';
import 'monaco-editor/languages/definitions/sql/register.js';
import 'monaco-editor/languages/definitions/swift/register.js';
import 'monaco-editor/languages/definitions/typescript/register.js';
import 'monaco-editor/languages/definitions/xml/register.js';
import 'monaco-editor/languages/definitions/yaml/register.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';

/** The one module that loads the editor; imported when a diff is first shown, so that the board starts without it. */
globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const dark = matchMedia('(prefers-color-scheme: dark)');

/** The editor in the colours of the window. */
const applyTheme = (): void => {
  monaco.editor.defineTheme('drydock', {
    base: dark.matches ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [],
    colors: {
      'editor.background': token('--panel'),
      'editor.foreground': token('--text'),
      'editorLineNumber.foreground': token('--muted'),
      'editorGutter.background': token('--panel'),
      'diffEditor.unchangedRegionBackground': token('--raised'),
      'diffEditor.unchangedRegionForeground': token('--muted'),
      'diffEditor.insertedTextBackground': dark.matches ? '#3fb95040' : '#1c703930',
      'diffEditor.insertedLineBackground': dark.matches ? '#3fb9501a' : '#1c703914',
      'diffEditor.removedTextBackground': dark.matches ? '#f8514945' : '#b3302a2e',
      'diffEditor.removedLineBackground': dark.matches ? '#f851491c' : '#b3302a12',
      'diffEditor.border': token('--line'),
      focusBorder: token('--accent'),
    },
  });
  monaco.editor.setTheme('drydock');
};
applyTheme();
dark.addEventListener('change', applyTheme);

// JSON has no grammar of its own here (its service would be a second worker); it reads well as JavaScript.
const BY_NAME: Readonly<Record<string, string>> = { json: 'javascript', jsonc: 'javascript', lock: 'yaml', toml: 'ini', tf: 'hcl', vue: 'html', svelte: 'html' };

/** The language of a path by its name, 'plaintext' when none is known. */
export const languageOf = (path: string): string => {
  const name = (path.split('/').at(-1) ?? '').toLowerCase();
  const extension = name.split('.').at(-1) ?? '';
  const known = BY_NAME[extension];
  if (known) return known;
  const language = monaco.languages
    .getLanguages()
    .find((each) => each.filenames?.some((file) => file.toLowerCase() === name) || each.extensions?.some((end) => name.endsWith(end)));
  return language?.id ?? 'plaintext';
};

export { monaco };
