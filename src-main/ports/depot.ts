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

/** What depot and landing adapters throw: a fault that a person can act on. */
export class DepotFailure extends Failure {}

/** A project as the depot knows it: its id names the bare repository, its path the user's. */
export interface DepotProject {
  readonly id: ProjectId;
  readonly path: string;
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
  /** Newest first. Fault: baseNotFound. Writes nothing. */
  commits(project: DepotProject, search: CommitSearch): Promise<BaseCommit[]>;
  /** Paths of the files and links that a base has, as shown, ignored ones and submodules left out. Fault: baseNotFound. Writes nothing. */
  baseFiles(project: DepotProject, choice: BaseChoice): Promise<string[]>;
  /** Brings the chosen base into the depot as a commit. The user's index, files and refs are untouched. Fault: baseNotFound. */
  commitBase(project: DepotProject, choice: BaseChoice): Promise<CommittedBase>;
  /** Keeps objects reachable under refs/drydock/<name>; null lets go. */
  keep(project: DepotProject, name: string, commit: CommitId | null): Promise<void>;
  /**
   * The files of a tree as a tar, made from ls-tree and cat-file (not `git archive`, which obeys attributes): entries
   * below `prefix`, owned by `uid`, links as link entries, gitlinks as empty folders. With `since`, only what differs from that tree.
   */
  archive(project: DepotProject, tree: TreeId, options: { prefix: string; uid: number; since?: TreeId }): Promise<Readable>;
  /** What the tree weighs, checked out. */
  weigh(project: DepotProject, tree: TreeId): Promise<Weight>;
  /** Paths, as raw bytes, that `to` no longer has and `from` had. */
  deletedPaths(project: DepotProject, from: TreeId, to: TreeId): Promise<Uint8Array[]>;
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
  /** A patch that `git apply` takes, with full binary content. */
  patch(project: DepotProject, from: TreeId, to: TreeId): Promise<Readable>;
  /** Content of small text files of a tree by path; absent ones are left out. */
  texts(project: DepotProject, tree: TreeId, paths: readonly string[]): Promise<Map<string, string>>;
  /** A private clone with the tree checked out, in a folder that does not exist yet. */
  cloneInto(project: DepotProject, base: CommittedBase, tree: TreeId, folder: string, message: string): Promise<void>;
  /** Deletes the project's depot. */
  forget(project: DepotProject): Promise<void>;
}
