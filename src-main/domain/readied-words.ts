import type { Readied } from '../contract/result.ts';
import { plainText } from './plain-text.ts';

const MOST_LINES = 4;
const MOST_CHARACTERS = 240;
const MOST_HOSTS = 6;

const list = (names: readonly string[]): string => (names.length <= MOST_HOSTS ? names.join(', ') : `${names.slice(0, MOST_HOSTS).join(', ')} and ${names.length - MOST_HOSTS} more`);

/** What the script could read from. */
const reach = ({ hosts }: Pick<Readied, 'hosts'>): string => (hosts.length === 0 ? 'without a network, as the image names no registry,' : `with reading from ${list(hosts)} alone`);

/** Of a script's output what tells most about a registry's answer: lines that name one of the hosts, else the last ones. */
const tellingLines = (output: string, hosts: readonly string[]): string[] => {
  const lines = plainText(output).split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const naming = lines.filter((line) => hosts.some((host) => line.includes(host)));
  return (naming.length > 0 ? naming : lines).slice(-MOST_LINES).map((line) => (line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS)}…`));
};

/** Why the environment could not be made ready for a check, in words. `end`: how its script ended; `output`: what it said. */
export const readyingProblem = (readied: Omit<Readied, 'problem'>, end: string, output: string): string => {
  const { script, changed, hosts, refused } = readied;
  const said = tellingLines(output, [...hosts, ...refused]);
  return [
    `The environment could not be made ready for the changed ${changed.join(', ')}: ${script} ${end}, ${reach(readied)} and without secrets.`,
    ...(refused.length > 0 ? [`${list(refused)} ${refused.length === 1 ? 'is none' : 'are none'} of the image's registries, and ${refused.length === 1 ? 'was' : 'were'} refused.`] : []),
    ...(said.length > 0 ? [`It said: ${said.join(' · ')}`] : []),
  ].join(' ');
};

/** How the environment was made ready for a check, in words. */
export const readiedInWords = (readied: Readied): string =>
  readied.problem ?? `Made ready for the changed ${readied.changed.join(', ')} by ${readied.script}, ${reach(readied)} and without secrets.`;
