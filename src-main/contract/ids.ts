import { z } from 'zod';

/**
 * Ids are made by whoever creates the thing (commands: by the client, so that a repeated call is recognised).
 * One shape for all: a short prefix and 12 characters of Crockford's base32 in lower case, so that an id is
 * safe as a Docker name, a label, a git ref component, a file name and a URL segment without escaping.
 */
const idOf = <Prefix extends string>(prefix: Prefix) =>
  z.string().regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{12}$`), `must look like ${prefix}_ and 12 characters`);

export const projectId = idOf('prj').brand<'ProjectId'>();
export const briefId = idOf('brf').brand<'BriefId'>();
export const runId = idOf('run').brand<'RunId'>();
export const landingId = idOf('lnd').brand<'LandingId'>();
export const commandId = idOf('cmd').brand<'CommandId'>();

/** A comment on a result. */
export const commentId = idOf('cmt').brand<'CommentId'>();
/** A shell in a container, while it is open. */
export const shellId = idOf('shl').brand<'ShellId'>();

export type ProjectId = z.infer<typeof projectId>;
export type BriefId = z.infer<typeof briefId>;
export type RunId = z.infer<typeof runId>;
export type LandingId = z.infer<typeof landingId>;
export type CommentId = z.infer<typeof commentId>;
export type ShellId = z.infer<typeof shellId>;
export type CommandId = z.infer<typeof commandId>;

/** A full git object id, SHA-1 (40) or SHA-256 (64), lower case hex. */
const objectId = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'must be a full git object id');
export const commitId = objectId.brand<'CommitId'>();
export const treeId = objectId.brand<'TreeId'>();
export const blobId = objectId.brand<'BlobId'>();

export type CommitId = z.infer<typeof commitId>;
export type TreeId = z.infer<typeof treeId>;
export type BlobId = z.infer<typeof blobId>;

/** Milliseconds since 1970-01-01 UTC. */
export const instant = z.number().int().nonnegative();
