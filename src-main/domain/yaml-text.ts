import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';

/** Comparisons of keys that a file may cost. They are made in pairs; what Drydock writes has some hundred keys, most of them in maps of their own. */
const MOST_COMPARISONS = 200_000;

/** `line`: of the text, from 1; null where none is to blame. */
export interface YamlProblem {
  readonly message: string;
  readonly line: number | null;
}

export type ReadYaml =
  | { readonly ok: true; readonly value: unknown; readonly lineOf: (path: readonly PropertyKey[], key?: string) => number | null }
  | { readonly ok: false; readonly problem: YamlProblem };

/** What keeps YAML from being read, in plain words, by the library's name for it. */
const IN_WORDS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'it is indented otherwise than what belongs together.',
  BAD_SCALAR_START: 'a value that begins with such a character has to stand in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'a value with a colon in it has to stand in quotes, or a line has two colons.',
  DUPLICATE_KEY: 'a field stands twice.',
  MISSING_CHAR: 'a bracket, a quote, a comma or a colon is missing.',
  MULTILINE_IMPLICIT_KEY: 'a field has no colon behind its name.',
  MULTIPLE_DOCS: 'a second document begins.',
  TAB_AS_INDENT: 'it is indented by a tab, where only spaces can be.',
};

/** Whether two keys are one, refused once it was asked too often: the library makes a thrown error one of the document's. */
const keysCompared = (): ((a: unknown, b: unknown) => boolean) => {
  let comparisons = 0;
  return (a, b) => {
    if ((comparisons += 1) > MOST_COMPARISONS) throw new Error('it has far more fields than are ever needed.');
    return a === b || (isScalar(a) && isScalar(b) && a.value === b.value);
  };
};

/** The line where a field's value stands, or the name of a field of it. */
const lineIn = (yaml: Document, lines: LineCounter, path: readonly PropertyKey[], key?: string): number | null => {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = depth === 0 ? yaml.contents : yaml.getIn(path.slice(0, depth), true);
    const named = key !== undefined && isMap(node) ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key)?.key : undefined;
    const blamed = isNode(named) ? named : depth === 0 ? null : node;
    if (isNode(blamed) && blamed.range) return lines.linePos(blamed.range[0]).line;
  }
  return null;
};

/** Reads YAML of one document. Aliases are refused unless some are allowed: a few bytes of them could unfold into gigabytes. Never throws. */
export const readYaml = (text: string, options: { readonly aliases?: number; readonly merge?: boolean } = {}): ReadYaml => {
  const lines = new LineCounter();
  const bad = (message: string, line: number | null): ReadYaml => ({ ok: false, problem: { message, line } });
  try {
    const yaml = parseDocument(text, { uniqueKeys: keysCompared(), lineCounter: lines, prettyErrors: false, merge: options.merge ?? false, logLevel: 'error' });
    const problem = yaml.errors[0];
    if (problem) return bad(IN_WORDS[problem.code] ?? problem.message.split('\n')[0] ?? 'it is not YAML.', lines.linePos(problem.pos[0]).line);
    const value: unknown = yaml.toJS({ maxAliasCount: options.aliases ?? 0 }) ?? {};
    return { ok: true, value, lineOf: (path, key) => lineIn(yaml, lines, path, key) };
  } catch (error) {
    // The library recurses: what is nested a thousand times deep ends its stack.
    return bad(error instanceof RangeError ? 'it is nested too deeply.' : 'it uses YAML aliases, which are not allowed.', null);
  }
};
