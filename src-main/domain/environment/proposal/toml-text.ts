/** What a TOML file says in one table, as far as a proposal reads it: names with plain strings, or lists of them. */
export type TomlTable = ReadonlyMap<string, readonly string[]>;

const STRING = /"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'/g;

const stringsOf = (text: string): string[] => [...text.matchAll(STRING)].map(([, double, single]) => double ?? single ?? '');

/** A line without its comment; a `#` inside of quotes is none. */
const withoutComment = (line: string): string => /^(?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*')*/.exec(line)?.[0] ?? '';

/**
 * The tables of a TOML file by name. It is a look, not a parser: inline tables, dates and multi-line strings are passed over. What is
 * no TOML has no tables.
 */
export const tomlTables = (text: string): ReadonlyMap<string, TomlTable> => {
  const tables = new Map<string, Map<string, string[]>>();
  let table = new Map<string, string[]>();
  tables.set('', table);
  let open: string[] | null = null;
  for (const raw of text.split('\n')) {
    const line = withoutComment(raw.slice(0, 2_000)).trim();
    if (open !== null) {
      open.push(...stringsOf(line));
      if (line.includes(']')) open = null;
      continue;
    }
    const heading = /^\[{1,2}\s*([\w."'-]+)\s*\]{1,2}$/.exec(line)?.[1];
    if (heading !== undefined) {
      table = tables.get(heading) ?? new Map<string, string[]>();
      tables.set(heading, table);
      continue;
    }
    const [, name, value = ''] = /^([\w."'-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const strings = stringsOf(value);
    table.set(name, strings);
    if (value.startsWith('[') && !value.includes(']')) open = strings;
  }
  return tables;
};

/** Sections of an INI file, each as its text. */
export const iniSections = (text: string): ReadonlyMap<string, string> => {
  const sections = new Map<string, string>();
  let name = '';
  for (const line of text.split('\n')) {
    const heading = /^\[([^\]]{1,200})\]\s*$/.exec(line)?.[1];
    if (heading === undefined) sections.set(name, `${sections.get(name) ?? ''}${line}\n`);
    else {
      name = heading;
      sections.set(name, sections.get(name) ?? '');
    }
  }
  return sections;
};
