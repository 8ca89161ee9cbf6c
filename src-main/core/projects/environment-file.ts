import type { EnvironmentFileReading } from '../../contract/endpoints.ts';
import type { BlobId, CommandId, ProjectId } from '../../contract/ids.ts';
import type { Environment, Project } from '../../contract/project.ts';
import { neededApproval } from '../../domain/environment/approval.ts';
import { boundedEnvironment } from '../../domain/environment/bounded-environment.ts';
import { ENVIRONMENT_FILE, parseEnvironmentFile, writeEnvironmentFile, type EnvironmentFile } from '../../domain/environment/environment-file.ts';
import { textDifference } from '../../domain/environment/text-difference.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireProject } from '../require.ts';
import { headBlobs, headTexts } from './head-texts.ts';

interface HeadFile {
  readonly blob: BlobId | null;
  readonly file: EnvironmentFile | null;
  readonly problems: readonly string[];
  /** What HEAD has at a path; null: no regular file. */
  readonly blobAt: (path: string | null) => BlobId | null;
}

const readHead = async (deps: Pick<Deps, 'depot'>, project: Project): Promise<HeadFile> => {
  const { blobs } = await headBlobs(deps, project);
  const blob = blobs.get(ENVIRONMENT_FILE) ?? null;
  const blobAt = (path: string | null): BlobId | null => (path === null ? null : (blobs.get(path) ?? null));
  if (blob === null) return { blob, file: null, problems: [], blobAt };
  const text = (await headTexts(deps, project, blobs, [ENVIRONMENT_FILE])).get(ENVIRONMENT_FILE);
  if (text === undefined) return { blob, file: null, problems: [`${ENVIRONMENT_FILE} is too large, or no text.`], blobAt };
  const parsed = parseEnvironmentFile(text);
  return parsed.ok ? { blob, file: parsed.file, problems: [], blobAt } : { blob, file: null, problems: parsed.problems, blobAt };
};

const MOST_DOCKERFILE_BYTES = 512 * 1024;

const isSame = (a: Environment, b: Environment): boolean => writeEnvironmentFile(a) === writeEnvironmentFile(b);

/** A Dockerfile's text; '' of one that is not there (any more), or is no text. */
const textOf = async ({ depot }: Pick<Deps, 'depot'>, project: Project, blob: BlobId | null): Promise<string> => {
  const known = blob === null ? null : await depot.blob(project, blob, MOST_DOCKERFILE_BYTES).catch(() => null);
  return known?.bytes == null ? '' : new TextDecoder().decode(known.bytes);
};

/** What the repository's file at HEAD describes, how it differs from what is in use, and what of it the user has yet to approve. */
export const readEnvironmentFile = async (deps: Pick<Deps, 'store' | 'depot'>, input: { projectId: ProjectId }): Promise<EnvironmentFileReading> => {
  const project = requireProject(deps.store, input.projectId);
  const head = await readHead(deps, project);
  const bounded = head.file === null ? null : boundedEnvironment(head.file, project.environment);
  const described = bounded?.environment ?? project.environment;
  const dockerfile = head.blobAt(described.dockerfile);
  const approved = project.approvedDockerfile ?? null;
  const [before, after] = approved === dockerfile ? ['', ''] : await Promise.all([textOf(deps, project, approved), textOf(deps, project, dockerfile)]);
  return {
    file: bounded?.environment ?? null,
    blob: head.blob,
    dockerfile,
    problems: [...head.problems, ...(bounded?.problems ?? [])],
    differs: !isSame(described, project.environment),
    needsApproval: neededApproval({ environment: project.environment, dockerfile: approved }, { environment: described, dockerfile }),
    diff: textDifference(writeEnvironmentFile(project.environment), writeEnvironmentFile(described)),
    dockerfileDiff: textDifference(before, after),
  };
};

/** Makes what was shown the project's environment: that very file, with that very Dockerfile, or nothing. */
export const adoptEnvironmentFile = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; projectId: ProjectId; from: BlobId; dockerfile: BlobId | null },
): Promise<Project> =>
  once(input.commandId, async () => {
    const { blob, file, problems, blobAt } = await readHead(deps, requireProject(deps.store, input.projectId));
    if (blob !== input.from) refuse('targetMoved', `${ENVIRONMENT_FILE} has changed since it was shown.`, 'Look at it again, then adopt it.');
    return () => {
      const before = requireProject(deps.store, input.projectId);
      const described = file ?? refuse('invalid', `${ENVIRONMENT_FILE} cannot be used: ${problems.join('; ')}`, 'Correct it in the repository, then try again.');
      const { environment } = boundedEnvironment(described, before.environment);
      const dockerfile = blobAt(environment.dockerfile);
      if (dockerfile !== input.dockerfile) refuse('targetMoved', `${environment.dockerfile} has changed since it was shown.`, 'Look at it again, then adopt it.');
      const project: Project = { ...before, environment, approvedDockerfile: dockerfile };
      return { answer: project, change: { events: [{ subject: project.id, type: 'environmentAdopted', data: { from: input.from, environment } }], projects: [project] } };
    };
  });

/** The environment in use as the file that a repository would keep. */
export const environmentFileText = ({ store }: Pick<Deps, 'store'>, input: { projectId: ProjectId }): { path: string; text: string } => ({
  path: ENVIRONMENT_FILE,
  text: writeEnvironmentFile(requireProject(store, input.projectId).environment),
});
