import { create } from 'zustand';
import type { Brief, BriefText } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeBrief } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { dropDraft, keepDraft, keptDraft } from './draft-storage.ts';

/** Quiet time after which what was typed is sent, in milliseconds. */
const SAVE_AFTER_MS = 500;

export type SaveState = { readonly kind: 'saved' } | { readonly kind: 'saving' } | { readonly kind: 'failed'; readonly message: string };

interface Pending {
  readonly text: BriefText;
  readonly timer: ReturnType<typeof setTimeout> | null;
}

/** Texts that are newer than what the service has, by brief; they outlive the page that shows them. */
export const useDrafts = create<{ texts: Readonly<Record<string, BriefText>>; states: Readonly<Record<string, SaveState>> }>(() => ({
  texts: {},
  states: {},
}));
const pending = new Map<string, Pending>();
const sending = new Map<string, Promise<void>>();

const setState = (id: string, state: SaveState): void => useDrafts.setState(({ states }) => ({ states: { ...states, [id]: state } }));

const forget = (id: string): void => {
  dropDraft(id);
  useDrafts.setState(({ texts }) => {
    const { [id]: _gone, ...rest } = texts;
    return { texts: rest };
  });
};

const send = async (brief: Pick<Brief, 'id'>, text: BriefText): Promise<void> => {
  setState(brief.id, { kind: 'saving' });
  try {
    takeBrief(await api.briefs.edit({ commandId: newCommandId(), briefId: brief.id, text }));
    if (pending.has(brief.id)) return;
    forget(brief.id);
    setState(brief.id, { kind: 'saved' });
  } catch (error) {
    setState(brief.id, { kind: 'failed', message: faultOf(error).message });
  }
};

/** Sends what is not yet saved; settles when the service has it or has refused it. Edits go one after the other. */
export const flushDraft = async (id: Brief['id']): Promise<void> => {
  const waiting = pending.get(id);
  if (waiting) {
    if (waiting.timer) clearTimeout(waiting.timer);
    pending.delete(id);
    const before = sending.get(id) ?? Promise.resolve();
    sending.set(id, before.then(() => send({ id }, waiting.text)));
  }
  await sending.get(id);
};

/** Takes a new text: kept on this machine at once, sent to the service after a pause in the typing. */
export const editDraft = (id: Brief['id'], text: BriefText): void => {
  keepDraft(id, text);
  useDrafts.setState(({ texts }) => ({ texts: { ...texts, [id]: text } }));
  const timer = pending.get(id)?.timer;
  if (timer) clearTimeout(timer);
  pending.set(id, { text, timer: setTimeout(() => void flushDraft(id), SAVE_AFTER_MS) });
};

/** Takes up a draft that a reload or a crash left behind. */
export const recoverDraft = (id: Brief['id']): void => {
  if (useDrafts.getState().texts[id]) return;
  const text = keptDraft(id);
  if (text) editDraft(id, text);
};
