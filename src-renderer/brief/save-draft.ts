import { create } from 'zustand';
import type { Brief, BriefText } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeBrief } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { showOffer } from '../ui/toast.tsx';
import { dropDraft, keepDraft, keptDraft, type Draft } from './draft-storage.ts';
import { sameText, sendable } from './draft-text.ts';

/** Quiet time after which what was typed is sent, in milliseconds. */
const SAVE_AFTER_MS = 500;

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly message: string }
  /** Changed elsewhere too: nothing is sent until a person has chosen. */
  | { readonly kind: 'conflict'; readonly theirs: Brief };

interface Drafts {
  /** What is on screen and newer than what the service has, by brief; it outlives the page that shows it. */
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly states: Readonly<Record<string, SaveState>>;
}

export const useDrafts = create<Drafts>(() => ({ drafts: {}, states: {} }));
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const sending = new Map<string, Promise<void>>();

const setState = (id: string, state: SaveState): void => useDrafts.setState(({ states }) => ({ states: { ...states, [id]: state } }));
const draftOf = (id: string): Draft | undefined => useDrafts.getState().drafts[id];

const put = (id: string, draft: Draft): void => {
  keepDraft(id, draft);
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [id]: draft } }));
};

const forget = (id: string): void => {
  dropDraft(id);
  useDrafts.setState(({ drafts }) => {
    const { [id]: _gone, ...rest } = drafts;
    return { drafts: rest };
  });
};

const send = async (id: Brief['id']): Promise<void> => {
  const draft = draftOf(id);
  if (!draft || useDrafts.getState().states[id]?.kind === 'conflict') return;
  const sent = sendable(draft.text);
  if (!sent.ok) return setState(id, { kind: 'failed', message: sent.message });
  if (draft.base && sameText(sent.text, draft.base.text)) {
    if (sameText(draft.text, sent.text)) forget(id);
    return setState(id, { kind: 'saved' });
  }
  setState(id, { kind: 'saving' });
  try {
    const saved = await api.briefs.edit({ commandId: newCommandId(), briefId: id, text: sent.text, ...(draft.base && { from: draft.base.text }) });
    takeBrief(saved);
    const now = draftOf(id);
    // What was typed meanwhile, and rows that are only begun, stay; they are made from what the service has now.
    if (now && !sameText(now.text, saved.text)) put(id, { text: now.text, base: { text: saved.text, at: saved.changedAt } });
    else forget(id);
    setState(id, timers.has(id) ? { kind: 'saving' } : { kind: 'saved' });
  } catch (error) {
    const fault = faultOf(error);
    if (fault.code === 'refusedByState') await meet(id);
    else setState(id, { kind: 'failed', message: `${fault.message} ${fault.next}` });
  }
};

/** The brief says something else than what the draft was made from. */
const meet = async (id: Brief['id']): Promise<void> => {
  try {
    conflictWith(await api.briefs.get({ briefId: id }));
  } catch (error) {
    setState(id, { kind: 'failed', message: faultOf(error).message });
  }
};

/** Whether the newest word of the service was written elsewhere, while this window holds a draft. */
export const isChangedElsewhere = (brief: Brief): boolean => {
  const base = draftOf(brief.id)?.base;
  return base != null && !sending.has(brief.id) && brief.changedAt > base.at && !sameText(brief.text, base.text);
};

export const conflictWith = (theirs: Brief): void => {
  takeBrief(theirs);
  setState(theirs.id, { kind: 'conflict', theirs });
};

/** Ends a conflict: their text is shown. What was typed here is offered once more. */
export const takeTheirs = (theirs: Brief): void => {
  const mine = draftOf(theirs.id)?.text;
  forget(theirs.id);
  setState(theirs.id, { kind: 'saved' });
  if (mine) showOffer('The other version was taken.', { title: 'Bring mine back', run: () => editDraft(theirs, mine) });
};

/** Ends a conflict: what was typed here is saved over theirs. */
export const keepMine = (id: Brief['id'], theirs: Brief): void => {
  const draft = draftOf(id);
  if (draft) put(id, { text: draft.text, base: { text: theirs.text, at: theirs.changedAt } });
  setState(id, { kind: 'saving' });
  void flushDraft(id);
};

/** Sends what is not yet saved; settles when the service has it or has refused it. Edits go one after the other. */
export const flushDraft = async (id: Brief['id']): Promise<void> => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  const mine = (sending.get(id) ?? Promise.resolve()).then(() => send(id));
  sending.set(id, mine);
  await mine;
  if (sending.get(id) === mine) sending.delete(id);
};

const schedule = (id: Brief['id']): void => {
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(() => void flushDraft(id), SAVE_AFTER_MS));
};

/** Takes a new text: kept on this machine at once, sent to the service after a pause in the typing. */
export const editDraft = (brief: Brief, text: BriefText): void => {
  put(brief.id, { text, base: draftOf(brief.id)?.base ?? { text: brief.text, at: brief.changedAt } });
  if (useDrafts.getState().states[brief.id]?.kind === 'conflict') return;
  setState(brief.id, { kind: 'saving' });
  schedule(brief.id);
};

/** Takes up a draft that a reload or a crash left behind. */
export const recoverDraft = (id: Brief['id']): void => {
  if (draftOf(id)) return;
  const draft = keptDraft(id);
  if (!draft) return;
  put(id, draft);
  setState(id, { kind: 'saving' });
  schedule(id);
};
