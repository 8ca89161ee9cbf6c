import { create } from 'zustand';
import type { CommentId, RunId } from '../../../src-main/contract/ids.ts';
import type { Comment } from '../../../src-main/contract/result.ts';
import { newCommentId } from '../../client/ids.ts';
import type { Lines } from './diff-view.ts';

/** A comment while it is written: a new one, or a change of the one with its id. */
export type Draft = Omit<Comment, 'at'> & { readonly runId: RunId };

const KEY = 'drydock.comments';

const isDraft = (value: unknown): value is Draft => typeof value === 'object' && value !== null && ['runId', 'id', 'path', 'text'].every((name) => typeof (value as Record<string, unknown>)[name] === 'string');

const remembered = (): readonly Draft[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isDraft) : [];
  } catch {
    return [];
  }
};

/** All comments that are being written; what was typed outlives the window. */
export const useDrafts = create<{ readonly drafts: readonly Draft[] }>(() => ({ drafts: remembered() }));

const set = (drafts: readonly Draft[]): void => {
  useDrafts.setState({ drafts });
  try {
    localStorage.setItem(KEY, JSON.stringify(drafts.filter(({ text }) => text !== '')));
  } catch {
    // It is kept for as long as the window is open.
  }
};

const others = (id: CommentId): Draft[] => useDrafts.getState().drafts.filter((draft) => draft.id !== id);

const ON_FILE = { side: 'result', from: null, to: null } as const;

/** Begins a comment on lines (null: on the file), or goes on with the one that was begun there. */
export const startDraft = (runId: RunId, path: string, on: Lines | null): void => {
  const lines = on ?? ON_FILE;
  const begun = useDrafts.getState().drafts.some((draft) => draft.runId === runId && draft.path === path && draft.side === lines.side && draft.to === lines.to);
  if (!begun) set([...useDrafts.getState().drafts, { runId, path, ...lines, id: newCommentId(), text: '' }]);
};

export const startEdit = (runId: RunId, { id, path, side, from, to, text }: Omit<Comment, 'at'>): void => set([...others(id), { runId, id, path, side, from, to, text }]);

export const typeDraft = (draft: Draft, text: string): void => set(useDrafts.getState().drafts.map((each) => (each.id === draft.id ? { ...each, text } : each)));

export const dropDraft = (id: CommentId): void => set(others(id));
