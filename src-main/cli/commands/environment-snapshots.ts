import type { Command } from 'commander';
import type { KeptSnapshot } from '../../contract/live.ts';
import type { Project } from '../../contract/project.ts';
import { sizeInWords } from '../../domain/size-in-words.ts';
import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { daysAgo } from '../describe.ts';
import { engineLookedFor } from '../engine-looked-for.ts';
import { EXIT } from '../failure.ts';
import { findProject } from '../find-project.ts';
import { oneLine } from '../sanitise.ts';

/** `drydock env list` and `reset`: the sealed environments that runs start from. */
export function addEnvironmentSnapshots(line: CommandLine, env: Command): void {
  env.command('list').description('the sealed environments that runs start from').action(withService(line, list));
  env.command('reset [project]').description('forget what setup has made: the next run sets it up from the beginning').action(withService(line, reset));
}

/** A snapshot in one line: what it takes, how often and when it was used, and what holds it. */
export function snapshotInWords({ sizeBytes, uses, madeAt, lastUsedAt, inUse, neededBy }: KeptSnapshot, now: number): string {
  return [
    sizeBytes === null ? 'size not known' : sizeInWords(sizeBytes),
    `made ${daysAgo(now - madeAt)}`,
    uses === 0 || lastUsedAt === null ? 'not used yet' : `used ${uses === 1 ? 'once' : `${uses} times`}, last ${daysAgo(now - lastUsedAt)}`,
    ...(inUse ? ['in use'] : []),
    ...(neededBy > 0 ? [`${neededBy} ${neededBy === 1 ? 'result waits' : 'results wait'} in it`] : []),
  ].join(', ');
}

async function list({ client, output, service }: Task<unknown>): Promise<number> {
  if (service.isOurs) await engineLookedFor(client);
  const [projects, snapshots] = [await client.projects.list({}), await client.fleet.snapshots({})];
  const now = Date.now();
  const nameOf = (id: string): string => oneLine(projects.find((project) => project.id === id)?.name ?? 'a removed project');
  const width = Math.max(0, ...projects.map(({ name }) => oneLine(name).length), ...snapshots.map(({ projectId }) => nameOf(projectId).length));
  const lineOf = (name: string, words: string): Promise<void> => output.line(`${name.padEnd(width)}  ${words}`);
  for (const snapshot of snapshots) await lineOf(nameOf(snapshot.projectId), snapshotInWords(snapshot, now));
  for (const project of projects.filter(({ id }) => !snapshots.some(({ projectId }) => projectId === id))) await lineOf(nameOf(project.id), withoutSnapshot(project));
  await output.data({ ok: true, environments: projects.map(({ id, name }) => ({ projectId: id, name, snapshots: snapshots.filter(({ projectId }) => projectId === id) })), snapshots });
  return EXIT.done;
}

const withoutSnapshot = ({ environment }: Project): string => (environment.setup.trim() === '' ? 'nothing to set up' : 'not set up yet');

async function reset({ client, output, surroundings, service }: Task<unknown>, name = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, name);
  if (service.isOurs) await engineLookedFor(client);
  const { removed, kept } = await client.fleet.resetEnvironment({ commandId: newCommandId(), projectId: project.id });
  const gone = removed === 0 ? 'There was nothing to forget' : `${removed === 1 ? '1 snapshot is' : `${removed} snapshots are`} gone; the next run sets the environment up from the beginning`;
  await output.line(`${oneLine(project.name)}: ${gone}${kept > 0 ? `; ${kept} that ${kept === 1 ? 'a run uses stays' : 'runs use stay'}` : ''}.`);
  await output.data({ ok: true, projectId: project.id, removed, kept });
  return EXIT.done;
}
