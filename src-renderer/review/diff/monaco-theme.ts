import * as monaco from 'monaco-editor/editor/editor.api.js';

/** A colour of the window, with six digits: built style sheets shorten `#ffffff`, and the editor's rules take no short ones. */
const token = (name: string): string =>
  getComputedStyle(document.documentElement)
    .getPropertyValue(name)
    .trim()
    .replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3');

/** Colours of syntax by theme; each holds 4.5 : 1 on its ground with an added or removed line's wash (contrast: 7 : 1). */
const SYNTAX = {
  dark: { comment: 'abb6c0', string: '9ecb8f', number: 'd8b36a', keyword: 'e2b6ea', type: '7cc4e8', tag: '7cc4e8', attribute: 'd8b36a', regexp: 'e2a27a' },
  light: { comment: '48545e', string: '2b6327', number: '7a4a00', keyword: '7d2c92', type: '0d5285', tag: '0d5285', attribute: '7a4a00', regexp: '8a3a12' },
  contrast: { comment: 'dfe5e9', string: 'b9f0a5', number: 'ffd479', keyword: 'f0c2f7', type: 'a9e2ff', tag: 'a9e2ff', attribute: 'ffd479', regexp: 'ffc5a0' },
};

type Name = keyof typeof SYNTAX;

const LINES: Readonly<Record<Name, readonly [string, string, string, string]>> = {
  dark: ['#3fb95016', '#3fb9503c', '#f8514918', '#f851494a'],
  light: ['#1c703912', '#1c703934', '#b3302a10', '#b3302a30'],
  contrast: ['#1e6b3340', '#2f9a4c70', '#8a221c40', '#c43a3270'],
};

const rulesOf = (name: Name): monaco.editor.ITokenThemeRule[] => {
  const colours = SYNTAX[name];
  const plain = token('--text').slice(1);
  const rule = (scope: string, foreground: string): monaco.editor.ITokenThemeRule => ({ token: scope, foreground });
  return [
    rule('', plain),
    ...['comment', 'metatag'].map((scope) => rule(scope, colours.comment)),
    ...['string', 'attribute.value', 'string.key', 'string.value'].map((scope) => rule(scope, colours.string)),
    ...['regexp', 'string.escape'].map((scope) => rule(scope, colours.regexp)),
    ...['number', 'constant', 'variable.predefined'].map((scope) => rule(scope, colours.number)),
    ...['keyword', 'operator.sql', 'keyword.flow'].map((scope) => rule(scope, colours.keyword)),
    ...['type', 'type.identifier', 'tag', 'metatag.content', 'predefined', 'namespace'].map((scope) => rule(scope, colours.type)),
    ...['attribute.name', 'key', 'annotation'].map((scope) => rule(scope, colours.attribute)),
    ...['delimiter', 'identifier', 'variable', 'operator', 'delimiter.html', 'delimiter.xml'].map((scope) => rule(scope, plain)),
  ];
};

/** The editor in the colours of the window. */
const applyTheme = (): void => {
  const chosen = document.documentElement.dataset['theme'];
  const name: Name = chosen === 'light' || chosen === 'contrast' ? chosen : 'dark';
  const [added, addedText, removed, removedText] = LINES[name];
  monaco.editor.defineTheme('drydock', {
    base: name === 'light' ? 'vs' : name === 'contrast' ? 'hc-black' : 'vs-dark',
    inherit: true,
    rules: rulesOf(name),
    colors: {
      'editor.background': token('--panel'),
      'editor.foreground': token('--text'),
      'editorLineNumber.foreground': token('--muted'),
      'editorLineNumber.activeForeground': token('--text'),
      'editorGutter.background': token('--panel'),
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': name === 'light' ? '#0f6f7a3a' : '#13707a90',
      'diffEditor.unchangedRegionBackground': token('--raised'),
      'diffEditor.unchangedRegionForeground': token('--muted'),
      'diffEditor.unchangedRegionShadow': '#00000000',
      'diffEditor.insertedLineBackground': added,
      'diffEditor.insertedTextBackground': addedText,
      'diffEditor.removedLineBackground': removed,
      'diffEditor.removedTextBackground': removedText,
      'diffEditorGutter.insertedLineBackground': added,
      'diffEditorGutter.removedLineBackground': removed,
      'diffEditor.diagonalFill': `${token('--line-strong').slice(0, 7)}30`,
      'diffEditor.border': token('--line'),
      'editorUnicodeHighlight.border': token('--amber'),
      'editorUnicodeHighlight.background': '#00000000',
      focusBorder: token('--accent'),
    },
  });
  monaco.editor.setTheme('drydock');
};

/** Keeps the editor in the theme of the window, whichever way that is chosen. */
export const followTheme = (): void => {
  applyTheme();
  new MutationObserver(applyTheme).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
};
