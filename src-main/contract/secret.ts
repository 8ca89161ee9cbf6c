import { z } from 'zod';
import { instant, projectId } from './ids.ts';

/** A secret's name is the variable under which setup sees it. */
export const secretName = z.string().min(1).max(128).regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a variable name: letters, digits and underscores');

/** How setup gets a secret: as a variable of its script, or as a file on a file system in memory that ends with setup. */
export const secretUse = z.object({
  name: secretName,
  /** null: a variable. Else the file's path in the container: absolute, or from the home folder with `~/`. */
  file: z
    .string()
    .min(1)
    .max(1_024)
    .regex(/^(?:~\/|\/)[^\0]+$/, 'must be a path that begins with / or ~/')
    .refine((path) => path.split('/').every((part, at) => part !== '..' && part !== '.' && (part !== '' || at === 0)), 'must not contain . or .. or empty parts')
    .nullable()
    .default(null),
});
export type SecretUse = z.infer<typeof secretUse>;

/** Where a secret's value comes from. A reference is resolved each time it is needed, and only ever one that the user typed. */
export const secretSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stored') }),
  z.object({ kind: z.literal('environment'), variable: secretName }),
  z.object({ kind: z.literal('file'), path: z.string().min(1).max(4_096) }),
  /** A 1Password reference: `op://vault/item/field`, read by its command line tool. */
  z.object({ kind: z.literal('onePassword'), reference: z.string().min(6).max(1_024).regex(/^op:\/\//) }),
  z.object({ kind: z.literal('command'), command: z.string().min(1).max(4_096) }),
]);
export type SecretSource = z.infer<typeof secretSource>;

/** What may be known of a secret. Its value never leaves the service. */
export const secretFacts = z.object({
  projectId,
  name: secretName,
  source: secretSource,
  /** Changes with the value: part of a snapshot's key. */
  version: z.string(),
  changedAt: instant,
  lastUsedAt: instant.nullable(),
  /** It cannot be read any more, and must be given anew. */
  damaged: z.literal(true).optional(),
});
export type SecretFacts = z.infer<typeof secretFacts>;

/** What is given to keep: a value, or where it is found. */
export const secretGiven = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), value: z.string().max(262_144) }),
  ...secretSource.options.slice(1) as [typeof secretSource.options[1], typeof secretSource.options[2], typeof secretSource.options[3], typeof secretSource.options[4]],
]);
export type SecretGiven = z.infer<typeof secretGiven>;

/** Under what a secret was looked for. */
export const secretForm = z.enum(['raw', 'trimmed', 'line', 'base64', 'base64url', 'hex', 'percent', 'json', 'xml', 'shell']);
export type SecretForm = z.infer<typeof secretForm>;

/** A place where a secret was found: in a file of the image (with its name), or in what the engine knows of the image. */
export const secretPlace = z.object({ secret: secretName, form: secretForm, place: z.string().max(4_200) });
export type SecretPlace = z.infer<typeof secretPlace>;

/** What sealing did, and what it proves. */
export const sealReceipt = z.object({
  at: instant,
  /** Names of the secrets that were looked for. */
  secrets: z.array(secretName),
  forms: z.array(secretForm),
  /** Regular files that setup had made or changed, and their bytes; all of them were searched. */
  files: z.number().int(),
  bytes: z.number().int(),
  /** Known hiding places that were deleted. */
  deleted: z.array(z.string().max(4_200)).max(256),
  /** Where a secret was found: not empty means that no snapshot was made. */
  found: z.array(secretPlace).max(256),
});
export type SealReceipt = z.infer<typeof sealReceipt>;
