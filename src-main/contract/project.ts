import { z } from 'zod';
import { instant, projectId } from './ids.ts';

/** What a container may use. Limits are not reservations; sizes in bytes, time in seconds. */
export const limits = z.object({
  cpus: z.number().min(0.25).max(256),
  memoryBytes: z.number().int().min(64 * 2 ** 20),
  processes: z.number().int().min(16).max(65_536),
  writtenBytes: z.number().int().min(2 ** 20),
});
export type Limits = z.infer<typeof limits>;

/** A repository-relative folder with forward slashes: no drive, no leading slash, no `.` or `..` segment; '' is the root. */
export const relativeFolder = z
  .string()
  .max(4096)
  .refine((path) => path === '' || path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'), {
    message: 'must be a folder inside the repository, written with forward slashes',
  })
  .refine((path) => !path.includes('\0') && !path.includes('\\'), { message: 'must not contain a backslash or NUL' });

/** How a project's containers are made. An empty setup script means that the image is used as it is. */
export const environment = z.object({
  /** null: Drydock's own base image. */
  image: z.string().min(1).max(512).regex(/^[\w][\w.\-/:@]*$/, 'must be an image reference').nullable(),
  setup: z.string().max(65_536),
  /** Files whose content is part of the snapshot's key, beside the scripts. */
  lockFiles: z.array(z.string().min(1).max(4096)).max(256),
  variables: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string().max(32_768)),
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
