import { create } from 'zustand';

/** How a person likes to look at changes; remembered on this machine. */
export interface ReviewView {
  readonly files: 'tree' | 'list';
  readonly diff: 'split' | 'inline';
  /** Leaves out changes that are only white space. */
  readonly hideWhitespace: boolean;
  readonly wrap: boolean;
  readonly showFiles: boolean;
  readonly showEvidence: boolean;
}

const KEY = 'drydock.review';
const FIRST: ReviewView = { files: 'tree', diff: 'split', hideWhitespace: false, wrap: false, showFiles: true, showEvidence: true };

const remembered = (): ReviewView => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return FIRST;
    // Only what is of the same kind as the default: the storage may be from another version.
    const known = Object.entries(kept).filter(([name, value]) => name in FIRST && typeof value === typeof FIRST[name as keyof ReviewView]);
    return { ...FIRST, ...Object.fromEntries(known) };
  } catch {
    return FIRST;
  }
};

export const useReviewView = create<ReviewView>(remembered);

/** Changes how it is looked at, for now and for later. */
export const changeView = (change: Partial<ReviewView>): void => {
  useReviewView.setState(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(useReviewView.getState()));
  } catch {
    // It holds until the window is closed, then.
  }
};
