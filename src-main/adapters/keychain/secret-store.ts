import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { ProjectId } from '../../contract/ids.ts';
import { secretName, secretSource, type SecretFacts, type SecretGiven, type SecretSource } from '../../contract/secret.ts';
import { obstacleToSecret } from '../../domain/secrets/rules.ts';
import type { Clock } from '../../ports/surroundings.ts';
import { SecretFailure, type SecretStore } from '../../ports/secret-store.ts';
import { keyFromFile, readKeyFile } from './key-file.ts';
import { resolveReference } from './resolve-reference.ts';
import { createSealedBox, type SealedBox } from './sealed-box.ts';
import { secretFiles } from './secret-files.ts';

export interface SecretStoreOptions {
  /** The data directory. */
  readonly directory: string;
  readonly clock: Clock;
  /** Master key of 32 bytes out of the system's keychain; null: it lies in a file of the data directory, made at the first use. */
  readonly key: Uint8Array | null;
}

const kept = z.object({ source: secretSource, value: z.string().nullable(), version: z.string(), changedAt: z.number() });
type Kept = z.infer<typeof kept>;

/** What is sealed is bound to where it belongs: a file that is copied under another name or project does not open. */
const aboutOf = (project: ProjectId, name: string): string => `${project}/${name}`;

const requireName = (name: string): void => {
  if (secretName.safeParse(name).success) return;
  throw new SecretFailure({ code: 'invalid', message: `A secret cannot be called ${JSON.stringify(name)}.`, next: 'Use letters, digits and underscores, as for a variable.' });
};

const missing = (names: readonly string[]): SecretFailure =>
  new SecretFailure({
    code: 'notFound',
    message: `${names.length === 1 ? 'The secret' : 'The secrets'} ${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} no value on this machine.`,
    next: "Give it in the project's environment, or with `drydock secret set`, then run again.",
    detail: { missing: [...names] },
  });

/** Secrets as files of a data directory, each sealed by itself: a damaged one leaves the others whole. */
export const createSecretStore = ({ directory, clock, key }: SecretStoreOptions): SecretStore => {
  const files = secretFiles(directory);
  let own: Promise<SealedBox> | null = null;
  const ownBox = (): Promise<SealedBox> => {
    const making = (own ??= (key === null ? keyFromFile(directory) : Promise.resolve(key)).then(createSealedBox));
    making.catch(() => (own = null));
    return making;
  };
  /** The box that something was sealed in: with a key of the keychain also that of the key file, from before there was a keychain. */
  const boxOf = async (sealed: Uint8Array): Promise<SealedBox | null> => {
    const box = await ownBox();
    if (box.isOurs(sealed)) return box;
    const before = key === null ? null : await readKeyFile(directory);
    const other = before === null ? null : createSealedBox(before);
    return other?.isOurs(sealed) === true ? other : null;
  };

  let writing: Promise<unknown> = Promise.resolve();
  /** One change of files at a time. */
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const turn = writing.then(change);
    writing = turn.catch(() => {});
    return turn;
  };

  const read = async (project: ProjectId, name: string): Promise<Kept | null> => {
    const sealed = await files.read(project, name);
    if (sealed === null) return null;
    const box = await boxOf(sealed);
    const text = box?.open(sealed, aboutOf(project, name)) ?? null;
    const parsed = text === null ? null : kept.safeParse(JSON.parse(text));
    if (parsed?.success === true) return parsed.data;
    const why =
      box === null
        ? 'it is damaged, or sealed with another key: the app keeps its key in the keychain of the system, `drydock serve` in a file'
        : 'its file is damaged';
    throw new SecretFailure({ code: 'damagedData', message: `The secret ${name} cannot be read: ${why}.`, next: 'Give it anew.', detail: { name } });
  };

  const factsOf = async (project: ProjectId, name: string, { source, version, changedAt }: Omit<Kept, 'value'>): Promise<SecretFacts> => ({
    projectId: project,
    name,
    source,
    version,
    changedAt,
    lastUsedAt: await files.usedAt(project, name),
  });

  /** A damaged one is listed: it is there, and can be given anew. */
  const damagedFacts = async (project: ProjectId, name: string): Promise<SecretFacts> => ({
    ...(await factsOf(project, name, { source: { kind: 'stored' }, version: 'damaged', changedAt: await files.writtenAt(project, name) })),
    damaged: true,
  });

  const valueOf = async (name: string, { source, value }: Kept): Promise<string> => {
    if (source.kind === 'stored') return value ?? '';
    const found = await resolveReference(name, source);
    // Held to the same rules as what is kept: otherwise ordinary text would be covered.
    const obstacle = obstacleToSecret(found);
    if (obstacle === null) return found;
    throw new SecretFailure({ code: 'secretUnreadable', message: `The secret ${name} is not taken: ${obstacle}.`, next: 'Look at what its reference leads to.' });
  };

  return {
    keptBy: key === null ? 'keyFile' : 'keychain',
    facts: async (project) => {
      const all: SecretFacts[] = [];
      for (const name of await files.names(project)) {
        const one = await read(project, name).catch((error: unknown) => {
          if (error instanceof SecretFailure && error.fault.code === 'damagedData') return 'damaged' as const;
          throw error;
        });
        // null: removed meanwhile.
        if (one !== null) all.push(one === 'damaged' ? await damagedFacts(project, name) : await factsOf(project, name, one));
      }
      return all;
    },
    keep: async (project, name, given) => {
      requireName(name);
      const obstacle = given.kind === 'value' ? obstacleToSecret(given.value) : obstacleToReference(given);
      if (obstacle !== null) throw new SecretFailure({ code: 'invalid', message: `The secret ${name} is not taken: ${obstacle}.`, next: given.kind === 'value' ? 'Give the whole secret, as its issuer shows it.' : 'Correct the reference.' });
      const { seal, mark } = await ownBox();
      const source: SecretSource = given.kind === 'value' ? { kind: 'stored' } : given;
      const value = given.kind === 'value' ? given.value : null;
      const version = mark(value === null ? `reference ${JSON.stringify(source)}` : `value ${value}`);
      const one: Kept = { source, value, version, changedAt: clock.now() };
      return inTurn(async () => {
        const before = await read(project, name).catch(() => null);
        await files.write(project, name, seal(JSON.stringify(one), aboutOf(project, name)));
        // Another value was not used yet.
        if (before?.version !== version) await files.setUsedAt(project, name, null);
        return factsOf(project, name, one);
      });
    },
    remove: async (project, name) => {
      requireName(name);
      await inTurn(() => files.remove(project, name));
    },
    reveal: async (project, names) => {
      const known = new Map<string, Kept>();
      for (const name of names) {
        requireName(name);
        const one = await read(project, name);
        if (one !== null) known.set(name, one);
      }
      const absent = names.filter((name) => !known.has(name));
      if (absent.length > 0) throw missing(absent);
      const revealed = new Map<string, string>();
      // One after another: two programs that ask for a password at once confuse whoever answers.
      for (const [name, one] of known) revealed.set(name, await valueOf(name, one));
      await inTurn(async () => {
        for (const name of known.keys()) {
          // Not worth a run: a full disk is told by whatever must be written.
          if ((await files.read(project, name)) !== null) await files.setUsedAt(project, name, clock.now()).catch(() => {});
        }
      });
      return revealed;
    },
    forget: (project) => inTurn(() => files.forget(project)),
  };
};

/** Why a reference cannot be kept; null: it can. */
const obstacleToReference = (given: Exclude<SecretGiven, { kind: 'value' }>): string | null => {
  if (given.kind === 'file' && !isAbsolute(given.path)) return 'the path of its file is not absolute';
  if (given.kind === 'command' && given.command.trim() === '') return 'its command is empty';
  return null;
};
