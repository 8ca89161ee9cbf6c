import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { SecretFacts, SecretGiven, SecretSource } from '../../contract/secret.ts';
import { secretName } from '../../contract/secret.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { withoutLineEnd } from '../../domain/secrets/line-end.ts';
import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { asFault, EXIT, wrongUse } from '../failure.ts';
import { findProject } from '../find-project.ts';
import { oneLine } from '../sanitise.ts';
import type { Surroundings } from '../surroundings.ts';

const IN_A_FILE = 'Note: the key that encrypts secrets lies in a file beside them: whoever can read your files can read it.';

const VALUE_FROM_STDIN = 'The value comes from stdin: drydock secret set NAME [PROJECT] < FILE';

/** `drydock secret …`: what setup may use and nothing may show. */
export function addSecret(line: CommandLine): void {
  const secret: Command = line.program.command('secret').description('what setup may use, and nothing may show');
  secret
    .command('set <name> [project]')
    .description('keep a value, read from stdin, or where it is found; never give it as an argument')
    .option('--from <reference>', 'env:VARIABLE, file:PATH, op://VAULT/ITEM/FIELD or command:COMMAND')
    .allowExcessArguments()
    .hook('preAction', (_, command) => {
      // What is too much may be the value: it is not repeated.
      if (command.args.length > 2) throw wrongUse('There are too many arguments.', VALUE_FROM_STDIN);
    })
    .action(withService<{ from?: string }>(line, set));
  secret.command('list [project]').description('name them; their values are never shown').action(withService(line, list));
  secret.command('remove <name> [project]').description('remove one from this machine').action(withService(line, remove));
}

async function set({ client, output, options, surroundings }: Task<{ from?: string }>, name = '', where = '.'): Promise<number> {
  const parsed = secretName.safeParse(name);
  if (!parsed.success) throw wrongUse(`${oneLine(name)} is no name for a secret.`, 'Use letters, digits and underscores, as for a variable.');
  const project = await findProject(client, surroundings.cwd, where).catch((error: unknown) => {
    // What was taken for a project may be the value.
    throw asFault(error).code === 'notFound' && where !== '.' ? wrongUse('There is no such project.', `\`drydock project list\` names those there are. ${VALUE_FROM_STDIN}`) : error;
  });
  const given = options.from === undefined ? await readValue(surroundings, name) : referenceOf(options.from, surroundings.cwd);
  if (given === null) return EXIT.interrupted;
  const facts = await client.secrets.set({ commandId: newCommandId(), projectId: project.id, name, given });
  const { keptBy } = await client.secrets.list({ projectId: project.id });
  await output.line(`${name} of ${oneLine(project.name)} is kept${given.kind === 'value' ? '' : `: ${sourceInWords(facts.source)}`}.`);
  if (keptBy === 'keyFile' && given.kind === 'value') await output.note(IN_A_FILE);
  await output.data({ ok: true, keptBy, secret: facts });
  return EXIT.done;
}

async function list({ client, output, surroundings }: Task<unknown>, where = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, where);
  const { keptBy, secrets } = await client.secrets.list({ projectId: project.id });
  const width = Math.max(0, ...secrets.map(({ name }) => name.length));
  for (const facts of secrets) await output.line(`${facts.name.padEnd(width)}  ${factsInWords(facts)}`);
  if (secrets.length === 0) await output.note('No secret yet. Next: drydock secret set NAME');
  else if (keptBy === 'keyFile') await output.note(IN_A_FILE);
  await output.data({ ok: true, projectId: project.id, keptBy, secrets });
  return EXIT.done;
}

async function remove({ client, output, surroundings }: Task<unknown>, name = '', where = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, where);
  const { secrets } = await client.secrets.list({ projectId: project.id });
  if (!secrets.some((each) => each.name === name)) throw wrongUse(`${oneLine(project.name)} has no secret ${oneLine(name)}.`, '`drydock secret list` names those there are.');
  await client.secrets.remove({ commandId: newCommandId(), projectId: project.id, name });
  await output.line(`${name} of ${oneLine(project.name)} is removed from this machine.`);
  await output.data({ ok: true, projectId: project.id, name });
  return EXIT.done;
}

/** null: called off. */
async function readValue(surroundings: Surroundings, name: string): Promise<SecretGiven | null> {
  const read = await surroundings.readHidden(`Value of ${name} (not shown; Enter ends it): `);
  if (read === null) return null;
  return { kind: 'value', value: withoutLineEnd(read) };
}

function referenceOf(text: string, cwd: string): SecretGiven {
  if (text.startsWith('op://')) return { kind: 'onePassword', reference: text };
  const [, kind, rest = ''] = /^(env|file|command):([^]+)$/.exec(text) ?? [];
  switch (kind) {
    case 'env':
      return { kind: 'environment', variable: rest };
    case 'file':
      return { kind: 'file', path: resolve(cwd, rest) };
    case 'command':
      return { kind: 'command', command: rest };
    default:
      // It is not repeated: whoever mistook the option for the value would find it in a log.
      throw wrongUse('--from names where a value is found, not the value.', 'Give env:VARIABLE, file:PATH, op://VAULT/ITEM/FIELD or command:COMMAND; the value itself comes from stdin.');
  }
}

function sourceInWords(source: SecretSource): string {
  switch (source.kind) {
    case 'stored':
      return 'kept here';
    case 'environment':
      return `env:${source.variable}`;
    case 'file':
      return `file:${oneLine(source.path)}`;
    case 'onePassword':
      return oneLine(source.reference);
    case 'command':
      return `command:${oneLine(source.command)}`;
    default:
      return assertNever(source);
  }
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

function factsInWords({ source, changedAt, lastUsedAt, damaged }: SecretFacts): string {
  if (damaged === true) return 'cannot be read any more: set it again';
  return `${sourceInWords(source)}, set ${day(changedAt)}, ${lastUsedAt === null ? 'not used yet' : `used ${day(lastUsedAt)}`}`;
}
