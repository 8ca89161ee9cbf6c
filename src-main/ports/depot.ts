import type { Readable } from 'node:stream';
import type { BaseChoice } from '../contract/brief.ts';
import type { BlobId, CommitId, ProjectId, TreeId } from '../contract/ids.ts';
import type { RepositoryFacts } from '../contract/project.ts';
import type { CommittedBase, FileChange, Hunk } from '../contract/result.ts';
import type { Weight } from '../domain/heavy-workspace.ts';
import type { Exclusion } from '../domain/review/hunks.ts';
import { Failure } from './failure.ts';

/** A commit of the user's repository; `at` in milliseconds since 1970, texts made visible. */
export interface BaseCommit {
  readonly commit: CommitId;
  readonly subject: string;
  readonly author: string;
  readonly at: number;
}

export interface CommitSearch {
  /** null: from HEAD. */
  readonly branch: string | null;
  /** What subject, author or the beginning of the id must hold, in any case; '': nothing. */
  readonly text: string;
  readonly limit: number;
}

/** One file, link or gitlink of a tree. */
export interface TreeFile {
  /** As shown. */
  readonly path: string;
  /** Git's: 100644, 100755, 120000 or 160000. */
  readonly mode: string;
  readonly id: string;
  /** In bytes; 0 of a gitlink. */
  readonly size: number;
}

/** A file that an archive holds otherwise than its tree says. */
export interface PlacedFile {
  readonly path: Uint8Array;
  readonly mode: string;
  readonly id: string;
  /** The outermost submodule that it lies in; null: the content of a pointer. */
  readonly submodule: Uint8Array | null;
}

/** What depot and landing adapters throw: a fault that a person can act on. */
export class DepotFailure extends Failure {}

/** A project as the depot knows it: its id names the bare repository, its path the user's. */
export interface DepotProject {
  readonly id: ProjectId;
  readonly path: string;
}

/** A result that was landed as a commit on a branch of the user's. */
export interface LandedCommit {
  readonly branch: string;
  readonly commit: CommitId;
  /** What it changed, as shown. */
  readonly paths: readonly string[];
}

/** Where the branch is now that a run started from. */
export interface BaseNow {
  readonly branch: string;
  readonly commit: CommitId;
  /** Commits that it has and the run's base has not; null: not to be counted, because the base's commit is gone. */
  readonly commits: number | null;
  /** It no longer has the commit that the run started from. */
  readonly rewritten: boolean;
}

export interface PackedTree {
  /** The tree that the collector wrote. */
  readonly tree: string;
  readonly pack: Readable;
  /** Most bytes and objects that are taken. */
  readonly maxBytes: number;
  readonly maxObjects: number;
}

/**
 * Drydock's own bare repository of each project; bases and results live in it as commits. Never runs a program named by
 * the user's or an agent's repository configuration, never has a working tree. Rejects with DepotFailure.
 */
export interface Depot {
  /** Faults: notARepository, bareRepository, noCommit, gitMissing. Writes nothing. */
  inspect(path: string): Promise<RepositoryFacts>;
  resolve(project: DepotProject, choice: BaseChoice): Promise<{ commit: CommitId; description: string; notes: string[] }>;
  /** Addresses of the user's remotes, as git's configuration words them. Writes nothing. */
  remotes(project: DepotProject): Promise<string>;
  /** Newest first. Fault: baseNotFound. Writes nothing. */
  commits(project: DepotProject, search: CommitSearch): Promise<BaseCommit[]>;
  /** Paths of the files and links that a base has, as shown, ignored ones and submodules left out. Fault: baseNotFound. Writes nothing. */
  baseFiles(project: DepotProject, choice: BaseChoice): Promise<string[]>;
  /** Which landings the base lacks as it is now: their commits and what they changed. None of a branch that is gone. Faults: baseNotFound, noCommit. Writes nothing. */
  missingFrom(project: DepotProject, choice: BaseChoice, landings: readonly LandedCommit[]): Promise<boolean[]>;
  /** Where the branch that a base was chosen from is now; null: there was none, or it is gone. Writes nothing. */
  baseNow(project: DepotProject, base: CommittedBase): Promise<BaseNow | null>;
  /** Brings the chosen base into the depot as a commit. The user's index, files and refs are untouched. Fault: baseNotFound. */
  commitBase(project: DepotProject, choice: BaseChoice): Promise<CommittedBase>;
  /** Keeps objects reachable under refs/drydock/<name>; null lets go. */
  keep(project: DepotProject, name: string, commit: CommitId | null): Promise<void>;
  /**
   * The files of a tree as a tar, made from ls-tree and cat-file (not `git archive`, which obeys attributes): entries
   * below `prefix`, owned by `uid`, links as link entries, gitlinks as folders with what the user's clone
   * had in them, pointers of Git LFS as their content. With `since`, only what differs from that tree; with `only`, only paths
   * that are shown so.
   */
  archive(project: DepotProject, tree: TreeId, options: { prefix: string; uid: number; since?: TreeId; only?: ReadonlySet<string> }): Promise<Readable>;
  /** Everything in a tree but its folders, in git's order; with `within`, of these paths and folders. */
  files(project: DepotProject, tree: TreeId, within?: readonly string[]): Promise<TreeFile[]>;
  /**
   * What an archive of the tree holds otherwise than the tree says, paths as raw bytes: the files of submodules, and the content of Git LFS's pointers, as far
   * as the user's clone had them when the base was taken.
   */
  placedFiles(project: DepotProject, tree: TreeId): Promise<PlacedFile[]>;
  /** What the tree weighs, checked out. */
  weigh(project: DepotProject, tree: TreeId): Promise<Weight>;
  /**
   * Paths, as raw bytes, that `to` no longer has and `from` had: files, links and submodules, but for those that a folder has taken the place of; and folders,
   * the deepest first.
   */
  deletedPaths(project: DepotProject, from: TreeId, to: TreeId): Promise<{ readonly files: readonly Uint8Array[]; readonly folders: readonly Uint8Array[] }>;
  /** A git index file for the tree, without stat data: what the collector compares the workspace with. */
  indexFile(project: DepotProject, tree: TreeId): Promise<Uint8Array>;
  /** Verifies a pack made by the collector (strict), takes it in, and commits its tree on the base. */
  importTree(project: DepotProject, base: CommittedBase, packed: PackedTree, message: string): Promise<CommitId>;
  /** Every regular file of a tree, by its path as shown. */
  blobsByPath(project: DepotProject, tree: TreeId): Promise<ReadonlyMap<string, BlobId>>;
  treeOf(project: DepotProject, commit: CommitId): Promise<TreeId>;
  changes(project: DepotProject, from: TreeId, to: TreeId): Promise<FileChange[]>;
  /** null: larger than `maxBytes`. */
  blob(project: DepotProject, blob: BlobId, maxBytes: number): Promise<{ bytes: Uint8Array | null; size: number }>;
  /** The content of many blobs in one go. Left out: those above `eachBytes`, and those after which more than `totalBytes` would be read. */
  contents(project: DepotProject, blobs: readonly BlobId[], limits: { readonly eachBytes: number; readonly totalBytes: number }): Promise<Map<BlobId, Uint8Array>>;
  /** Stores bytes as a blob, kept until the project is forgotten. */
  store(project: DepotProject, bytes: Uint8Array): Promise<BlobId>;
  /**
   * The hunks of one changed path, without context and in order; of a file that is added or deleted, one. Empty for binaries, links,
   * submodules, files above 8 MiB and where no line differs. Fault: notFound, when the result does not change the path.
   */
  hunks(project: DepotProject, base: TreeId, result: TreeId, path: string): Promise<Hunk[]>;
  /**
   * The tree of the base with the result's changes except what is excluded. A file whose every hunk is excluded is as on the base;
   * hunks of an excluded path count for nothing. Fault: invalid, for what is no change of the result.
   */
  select(project: DepotProject, base: TreeId, result: TreeId, exclusion: Exclusion): Promise<TreeId>;
  /** The tree with one regular file added or replaced. Fault: conflict, when a link, a submodule, a folder or a file is in its place. */
  withFile(project: DepotProject, tree: TreeId, path: string, bytes: Uint8Array): Promise<TreeId>;
  /** A patch that `git apply` takes, with full binary content. */
  patch(project: DepotProject, from: TreeId, to: TreeId): Promise<Readable>;
  /** Content of small text files of a tree by path; absent ones are left out. */
  texts(project: DepotProject, tree: TreeId, paths: readonly string[]): Promise<Map<string, string>>;
  /** A private clone with the tree checked out, in a folder that does not exist yet. */
  cloneInto(project: DepotProject, base: CommittedBase, tree: TreeId, folder: string, message: string): Promise<void>;
  /** Bytes that the project's depot takes on the disk, and how much of it nothing that is kept refers to, for a day at least. Zero when there is none. */
  heldBytes(project: DepotProject): Promise<{ readonly all: number; readonly unneeded: number }>;
  /** No longer keeps bases that no run started from, but for the newest few. Fine when there is no depot. */
  letGoOfBases(project: DepotProject): Promise<void>;
  /** Removes what nothing that is kept refers to, what was written within the last day left out. Fine when there is none. */
  dropUnneeded(project: DepotProject): Promise<void>;
  /** Deletes the project's depot. */
  forget(project: DepotProject): Promise<void>;
}
