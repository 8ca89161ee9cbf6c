import { z } from 'zod';
import { blobId, instant, projectId } from './ids.ts';
import { DEFAULT_NETWORK, injectedHeader, networkPolicy } from './network.ts';
import { secretUse } from './secret.ts';

/** What a container may use. Limits are not reservations; sizes in bytes, time in seconds. */
export const limits = z.object({
  cpus: z.number().min(0.25).max(256),
  memoryBytes: z.number().int().min(64 * 2 ** 20),
  processes: z.number().int().min(16).max(65_536),
  writtenBytes: z.number().int().min(2 ** 20),
});
export type Limits = z.infer<typeof limits>;

const imageReference = z.string().min(1).max(512).regex(/^[\w][\w.\-/:@]*$/, 'must be the name of an image, as in node:24');
const variables = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string().max(32_768));

/** A repository-relative folder with forward slashes: no drive, no leading slash, no `.` or `..` segment; '' is the root. */
export const relativeFolder = z
  .string()
  .max(4096)
  .refine((path) => path === '' || path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'), {
    message: 'must be a folder inside the repository, written with forward slashes',
  })
  .refine((path) => !path.includes('\0') && !path.includes('\\'), { message: 'must not contain a backslash or NUL' });

/** A throwaway server beside a run, in its network: PostgreSQL, Redis … */
export const serviceSpec = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower case letters, digits and dashes'),
  image: imageReference,
  variables,
  /** Run in its container until it ends with 0; '': taken to be ready when it has started. */
  health: z.string().max(4_096).default(''),
  /** Seconds until it must be ready. */
  readyWithinSeconds: z.number().int().min(1).max(600).default(60),
  /** What its image's entrypoint is given, in place of the image's own command; null: as the image says. */
  command: z.array(z.string().max(4_096)).max(64).nullable().default(null),
});
export type ServiceSpec = z.infer<typeof serviceSpec>;

/** Services of one environment: none has the name of another. */
export const servicesOf = <Spec extends z.ZodType<{ readonly name: string }>>(spec: Spec) =>
  z
    .array(spec)
    .max(8)
    .superRefine((services, context) => {
      for (const [at, { name }] of services.entries()) {
        if (services.findIndex((each) => each.name === name) < at) context.addIssue({ code: 'custom', path: [at, 'name'], message: `there are two services named ${name}` });
      }
    });

/** How a project's containers are made. An empty setup script means that the image is used as it is. */
export const environment = z.object({
  /** null: Drydock's own base image, or what `dockerfile` makes. */
  image: imageReference.nullable(),
  /** A Dockerfile of the repository, built without secrets; null: none. */
  dockerfile: z.string().min(1).max(4_096).nullable().default(null),
  setup: z.string().max(65_536),
  /** Run on what an older snapshot holds when a lock file has changed; '': setup is run again. */
  maintenance: z.string().max(65_536).default(''),
  /** Whether setup runs as root of its container, for images that need packages of their distribution. */
  setupAsRoot: z.boolean().default(false),
  /** What setup is given of the project's secrets. */
  secrets: z.array(secretUse).max(64).default([]),
  network: networkPolicy.default(DEFAULT_NETWORK),
  /** Headers with a secret that the proxy adds in the work phase. */
  inject: z.array(injectedHeader).max(32).default([]),
  services: servicesOf(serviceSpec).default([]),
  /** Containers that are made ahead and wait. */
  warm: z.number().int().min(0).max(4).default(0),
  /** Files whose content is part of the snapshot's key, beside the scripts. */
  lockFiles: z.array(z.string().min(1).max(4096)).max(256),
  variables,
  limits,
  setupTimeoutSeconds: z.number().int().min(1).max(86_400),
});
export type Environment = z.infer<typeof environment>;

export const project = z.object({
  id: projectId,
  name: z.string().min(1).max(200),
  /** The repository's top folder, absolute, links resolved. */
  path: z.string().min(1),
  environment,
  /** The content of the environment's Dockerfile that the user approved; null or absent: none. */
  approvedDockerfile: blobId.nullable().optional(),
  /** Which of the window's project colours it has. */
  colour: z.number().int().min(0).max(11).default(0),
  addedAt: instant,
});
export type Project = z.infer<typeof project>;

/** Facts of a folder that can be a project, read without writing anything. */
export const repositoryFacts = z.object({
  path: z.string(),
  gitDirectory: z.string(),
  /** null when HEAD is detached. */
  branch: z.string().nullable(),
  head: z.string(),
  branches: z.array(z.object({ name: z.string(), commit: z.string(), subject: z.string() })),
  /** Files git sees as changed or untracked in the working tree, capped at 1,000. */
  changedFiles: z.number().int(),
  shallow: z.boolean(),
  submodules: z.array(z.string()),
  usesLfs: z.boolean(),
});
export type RepositoryFacts = z.infer<typeof repositoryFacts>;
