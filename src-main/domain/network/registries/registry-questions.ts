import { placesIn, placesOfNames, type NamedPlace } from './named-places.ts';

/** What a tool of an image is asked about its registries, with its own defaults. Run in the image without a network; a tool that is missing says nothing. */
export interface RegistryQuestion {
  readonly tool: string;
  readonly command: readonly string[];
  /** What it prints: web addresses among other things, or names alone. */
  readonly answer: 'addresses' | 'names';
}

const shell = (script: string): string[] => ['sh', '-c', script];

/** Names of hosts are in no file of Drydock's: each tool knows its own, and says it. */
export const REGISTRY_QUESTIONS: readonly RegistryQuestion[] = [
  { tool: 'npm', command: ['npm', 'config', 'get', 'registry'], answer: 'addresses' },
  { tool: 'pnpm', command: ['pnpm', 'config', 'get', 'registry'], answer: 'addresses' },
  // The first version knows the first word, all later ones the second.
  { tool: 'yarn', command: shell('yarn config get registry; yarn config get npmRegistryServer'), answer: 'addresses' },
  { tool: 'pip', command: shell('pip config list || python3 -m pip config list'), answer: 'addresses' },
  // Where nothing is configured pip prints nothing: its default is in its source. Files lie on a host of their own.
  {
    tool: 'pip defaults',
    command: ['python3', '-c', 'from pip._internal.models.index import PyPI as index; print("https://" + index.netloc); print("https://" + index.file_storage_domain)'],
    answer: 'addresses',
  },
  { tool: 'go', command: ['go', 'env', 'GOPROXY'], answer: 'addresses' },
  // "off", a name, or a name with its key and then an address.
  { tool: 'go checksums', command: shell('go env GOSUMDB | cut -d+ -f1'), answer: 'names' },
  // Cargo has no command that says it; the address stands in its program.
  { tool: 'cargo', command: shell('program="$(rustup which cargo || command -v cargo)" && grep -aoE "sparse\\+https://[a-z0-9.-]+/" "$program" | sort -u'), answer: 'addresses' },
  // As apt has understood its own lists, mirrors and variables written out.
  { tool: 'apt', command: ['apt-get', 'indextargets', '--format', '$(SITE)'], answer: 'addresses' },
  { tool: 'gem', command: ['gem', 'sources', '--list'], answer: 'addresses' },
  { tool: 'composer', command: ['composer', 'config', '--global', '--no-interaction', 'repositories'], answer: 'addresses' },
  // The model that every Maven project inherits from.
  {
    tool: 'maven',
    command: shell('for home in "$MAVEN_HOME" /usr/share/maven /opt/maven; do for model in "$home"/lib/maven-model-builder-*.jar; do [ -f "$model" ] && unzip -p "$model" org/apache/maven/model/pom-4.0.0.xml | grep -o "<url>[^<]*</url>"; done; done'),
    answer: 'addresses',
  },
];

/** The places in a tool's answer. What it prints beside them, warnings or notices with addresses of documentation, is to be kept away: only its standard output is an answer. */
export const placesInAnswer = ({ answer }: Pick<RegistryQuestion, 'answer'>, output: string): NamedPlace[] => (answer === 'names' ? placesOfNames(output) : placesIn(output));
