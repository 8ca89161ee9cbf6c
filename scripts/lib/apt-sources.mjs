import { runCommand } from './run-command.mjs';

const FORMAT = ['$(REPO_URI)', '$(RELEASE)', '$(COMPONENT)', '$(ORIGIN)'].join('\t');
const COMPONENTS = ['main', 'universe'];
const KEPT_SETTINGS = /^Acquire::(Check-Valid-Until|Check-Date|https?::Proxy) /i;

/**
 * The machine's own package sources of its distribution, as apt itself lists them: `{ uri, release, components }`,
 * the suite with its updates and security fixes. Those with a credential in their address are left out.
 */
export async function aptSources(suite) {
  const { stdout } = await runCommand('apt-get', ['indextargets', '--format', FORMAT, 'Created-By: Packages']);
  const releases = [suite, `${suite}-updates`, `${suite}-security`];
  const sources = new Map();
  for (const line of stdout.split('\n')) {
    const [uri = '', release, component, origin] = line.split('\t');
    const usable = /^https?:\/\/[^@]+$/.test(uri) && ['Debian', 'Ubuntu'].includes(origin);
    if (!usable || !releases.includes(release) || !COMPONENTS.includes(component)) continue;
    const source = sources.get(`${uri} ${release}`) ?? { uri, release, components: [] };
    if (!source.components.includes(component)) source.components.push(component);
    sources.set(`${uri} ${release}`, source);
  }
  return [...sources.values()];
}

/** Settings of apt without which those sources may not answer in the image: an archive frozen in time, a proxy. */
export async function aptSettings() {
  const { stdout } = await runCommand('apt-config', ['dump']);
  const kept = stdout.split('\n').filter((line) => KEPT_SETTINGS.test(line) && !/@|\/\/(localhost|127\.)/.test(line));
  return kept.map((line) => `${line}\n`).join('');
}
