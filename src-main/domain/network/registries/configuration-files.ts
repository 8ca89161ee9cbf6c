import { placesIn, type NamedPlace } from './named-places.ts';

/** A file of an image, by its absolute path there. */
export interface ImageFile {
  readonly path: string;
  readonly text: string;
}

interface Reader {
  /** Which tool's file it is, by its path. */
  readonly at: RegExp;
  readonly read: (text: string) => NamedPlace[];
}

const lines = (text: string): string[] => text.split(/\r?\n/);
const withoutComments = (text: string, comment: RegExp): string => lines(text).filter((line) => !comment.test(line)).join('\n');

/** `key = value` lines; pip goes on in lines that are indented. Only values of what names an index, not those of a proxy or of documentation. */
const settings =
  (key: RegExp, comment: RegExp = /^\s*[#;]/) =>
  (text: string): NamedPlace[] => {
    const found: NamedPlace[] = [];
    let taken = false;
    for (const line of lines(withoutComments(text, comment))) {
      const setting = /^\s*["']?([^=\s"']+)["']?\s*[=:]\s*(.*)$/.exec(line);
      if (/^\s+\S/.test(line) && taken && !/^\s*[\w.-]+\s*=/.test(line)) found.push(...placesIn(line));
      else {
        taken = setting !== null && key.test(setting[1] ?? '');
        if (taken) found.push(...placesIn(setting?.[2] ?? ''));
      }
    }
    return found;
  };

/** `registry`, `@scope:registry`, and the same in the words of yarn. Keys with a name in them carry credentials, not places. */
const npm = settings(/^(?:@[^:]+:)?registry$/);

const yarn = (text: string): NamedPlace[] => {
  const found = withoutComments(text, /^\s*#/);
  return lines(found).flatMap((line) => (/^\s*"?(?:@[^:\s]+:)?(?:registry|npmRegistryServer|npmPublishRegistry)"?:?\s/.test(line) ? placesIn(line) : []));
};

const cargo = (text: string): NamedPlace[] => {
  const found: NamedPlace[] = [];
  let table = '';
  for (const line of lines(withoutComments(text, /^\s*#/))) {
    table = /^\s*\[+([^\]]+)\]/.exec(line)?.[1] ?? table;
    if (/^(?:source|registries|registry)\b/.test(table) && /^\s*(?:index|registry|"?[\w-]+"?\s*=\s*\{)/.test(line)) found.push(...placesIn(line));
  }
  return found;
};

/** One line each: `deb [options] address suite component`. Options may hold a mirror's key, which is no place. */
const aptList = (text: string): NamedPlace[] =>
  lines(text).flatMap((line) => placesIn(/^\s*deb(?:-src)?\s+(?:\[[^\]]*\]\s*)?(\S+)/.exec(line)?.[1] ?? ''));

/** Paragraphs of fields; those that are switched off are left out. */
const aptSources = (text: string): NamedPlace[] =>
  withoutComments(text, /^#/)
    .split(/\n\s*\n/)
    .filter((paragraph) => !/^enabled:\s*(?:no|false)\s*$/im.test(paragraph))
    .flatMap((paragraph) => placesIn(/^uris:((?:.*)(?:\n[ \t].*)*)/im.exec(paragraph)?.[1] ?? ''));

const withoutXmlComments = (text: string): string => text.replace(/<!--[\s\S]*?(?:-->|$)/g, '');

/** Mirrors, and repositories of profiles; not proxies. */
const maven = (text: string): NamedPlace[] =>
  [...withoutXmlComments(text).matchAll(/<(mirror|repository|pluginRepository)>([\s\S]*?)<\/\1>/g)].flatMap(([, , body]) => placesIn(/<url>([^<]*)<\/url>/.exec(body ?? '')?.[1] ?? ''));

/** A list under `:sources:`. */
const gem = (text: string): NamedPlace[] => {
  const list = /^:?sources:\s*((?:.*)(?:\n\s*-.*)*)/m.exec(withoutComments(text, /^\s*#/));
  return placesIn(list?.[1] ?? '');
};

const bundler = (text: string): NamedPlace[] =>
  lines(withoutComments(text, /^\s*#/)).flatMap((line) => (/^\s*BUNDLE_MIRROR__/.test(line) ? placesIn(line.slice(line.indexOf(':') + 1)) : []));

/** `repositories`, a list or a map of `{ type, url }`. */
const composer = (text: string): NamedPlace[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const repositories = (value as { repositories?: unknown; config?: { repositories?: unknown } } | null)?.repositories;
  const of = (one: unknown): NamedPlace[] => (typeof one === 'object' && one !== null && 'url' in one && typeof one.url === 'string' ? placesIn(one.url) : []);
  return typeof repositories === 'object' && repositories !== null ? Object.values(repositories).flatMap(of) : [];
};

const READERS: readonly Reader[] = [
  { at: /(?:^|\/)\.?npmrc$/, read: npm },
  { at: /(?:^|\/)\.yarnrc(?:\.yml)?$/, read: yarn },
  { at: /(?:^|\/)pip\.conf$|\/pip\/pip\.(?:conf|ini)$/, read: settings(/^(?:(?:global|install|download|wheel)\.)?(?:index-url|extra-index-url|find-links)$/) },
  { at: /(?:^|\/)\.?uv\/uv\.toml$|(?:^|\/)uv\.toml$/, read: settings(/^(?:index-url|extra-index-url|default-index|url)$/, /^\s*#/) },
  { at: /(?:^|\/)\.?cargo\/config(?:\.toml)?$/, read: cargo },
  { at: /(?:^|\/)sources\.list(?:\.d\/[^/]+\.list)?$/, read: aptList },
  { at: /(?:^|\/)sources\.list\.d\/[^/]+\.sources$/, read: aptSources },
  { at: /(?:^|\/)go\/env$|(?:^|\/)go\.env$/, read: settings(/^(?:GOPROXY|GOSUMDB)$/, /^\s*#/) },
  { at: /(?:^|\/)settings\.xml$/, read: maven },
  { at: /(?:^|\/)\.?gemrc$/, read: gem },
  { at: /(?:^|\/)\.?bundle\/config$/, read: bundler },
  { at: /(?:^|\/)\.?composer\/(?:config|composer)\.json$/, read: composer },
];

/**
 * Where the tools of an image keep what registries they ask, as patterns for a shell: the caller reads what is there, and
 * `registriesOf` knows the files again by their paths.
 */
export const REGISTRY_FILES: readonly string[] = [
  '/etc/npmrc', '/usr/etc/npmrc', '/usr/local/etc/npmrc', '~/.npmrc', '~/.yarnrc', '~/.yarnrc.yml',
  '/etc/pip.conf', '/etc/xdg/pip/pip.conf', '~/.pip/pip.conf', '~/.config/pip/pip.conf', '/etc/uv/uv.toml', '~/.config/uv/uv.toml',
  '/usr/local/cargo/config.toml', '~/.cargo/config', '~/.cargo/config.toml',
  '/etc/apt/sources.list', '/etc/apt/sources.list.d/*.list', '/etc/apt/sources.list.d/*.sources',
  '/usr/local/go/go.env', '~/.config/go/env',
  '/usr/share/maven/conf/settings.xml', '/etc/maven/settings.xml', '~/.m2/settings.xml',
  '/etc/gemrc', '~/.gemrc', '~/.bundle/config', '/usr/local/bundle/config', '~/.composer/config.json', '~/.config/composer/config.json', '~/.config/composer/composer.json',
];

/** The places that one file names; none when it is the file of no tool that is known. */
export const placesOfFile = ({ path, text }: ImageFile): NamedPlace[] => READERS.filter(({ at }) => at.test(path)).flatMap(({ read }) => read(text));
