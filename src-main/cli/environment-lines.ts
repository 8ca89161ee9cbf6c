import type { Environment } from '../contract/project.ts';
import type { Output } from './output.ts';
import { forTerminal, oneLine } from './sanitise.ts';

const GIB = 2 ** 30;

const inGib = (bytes: number): number => Math.round((bytes / GIB) * 10) / 10;

const script = (text: string): string => forTerminal(text.trimEnd()).replaceAll('\n', '\n          ');

/** An environment, a line for each thing that it says. What is as by default is left out, but for image, setup and limits. `waiting`: containers that are made ahead now; null: not known. */
export async function printEnvironment(output: Output, made: Environment, waiting: number | null = null): Promise<void> {
  const { network, limits } = made;
  const image = made.dockerfile === null ? (made.image ?? "Drydock's base image") : `made from ${made.dockerfile}`;
  const internet = [network.mode, ...network.presets, ...network.rules.map(({ host }) => host)].map(oneLine).join(', ');
  const lines: readonly (readonly [label: string, text: string, isTold?: boolean])[] = [
    ['Image', oneLine(image)],
    ['Setup', made.setup === '' ? 'none' : script(made.setup)],
    ['As root', 'yes, setup runs as root of its container', made.setupAsRoot],
    ['Maintain', made.maintenance === made.setup ? 'as setup' : script(made.maintenance), made.maintenance !== ''],
    ['Locked by', made.lockFiles.map(oneLine).join(', '), made.lockFiles.length > 0],
    ...Object.entries(made.variables).map(([key, value]) => ['Variable', `${key}=${oneLine(value)}`] as const),
    ...made.secrets.map(({ name, file }) => ['Secret', file === null ? name : `${name} as ${oneLine(file)}`] as const),
    ...made.inject.map(({ secret, header, host }) => ['Injects', `${oneLine(secret)} as ${header} for ${oneLine(host)}`] as const),
    ...made.services.map(({ name, image: from }) => ['Service', `${name} (${oneLine(from)})`] as const),
    ['Internet', internet, internet !== 'off'],
    ['Warm', `${made.warm} ahead${waiting === null ? '' : `, ${waiting} ${waiting === 1 ? 'waits' : 'wait'} now`}`, made.warm > 0],
    ['Limits', `${limits.cpus} CPU, ${inGib(limits.memoryBytes)} GiB, ${limits.processes} processes`],
  ];
  for (const [label, text, isTold = true] of lines) if (isTold) await output.line(`${label.padEnd(10)}${text}`);
}

/** Lines that all begin with the same word. */
export async function printEach(output: Output, label: string, texts: readonly string[]): Promise<void> {
  for (const text of texts) await output.line(`${label.padEnd(10)}${oneLine(text)}`);
}
