import { create } from 'zustand';

/** How a person likes to look at changes; remembered on this machine. */
export interface ReviewView {
  readonly files: 'tree' | 'list';
  readonly diff: 'split' | 'inline';
  /** Leaves out changes that are only white space. */
  readonly hideWhitespace: boolean;
  /** 'auto': where a changed line does not fit. */
  readonly wrap: 'auto' | 'on' | 'off';
  readonly showFiles: boolean;
  readonly showEvidence: boolean;
  /** What the run was asked for, above the evidence. */
  readonly showAsked: boolean;
}

const KEY = 'drydock.review';
/** From this height of the window, in pixels, what was asked for takes no room from the checks. */
const ROOM = 1000;
const FIRST: ReviewView = { files: 'tree', diff: 'split', hideWhitespace: false, wrap: 'auto', showFiles: true, showEvidence: true, showAsked: window.innerHeight >= ROOM };

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

/** Whether a changed line of the file that is shown is longer than its side is wide. */
const useTooLong = create<{ readonly tooLong: boolean }>(() => ({ tooLong: false }));
export const setTooLong = (tooLong: boolean): void => useTooLong.setState({ tooLong });

const isWrapped = (wrap: ReviewView['wrap'], tooLong: boolean): boolean => wrap === 'on' || (wrap === 'auto' && tooLong);

/** Whether long lines are wrapped now. */
export const useWrapped = (): boolean => {
  const tooLong = useTooLong((state) => state.tooLong);
  return isWrapped(useReviewView((view) => view.wrap), tooLong);
};

/** Wraps long lines, or not; what a file would have by itself is left to each file again. */
export const toggleWrap = (): void => {
  const { tooLong } = useTooLong.getState();
  const next = !isWrapped(useReviewView.getState().wrap, tooLong);
  changeView({ wrap: next === tooLong ? 'auto' : next ? 'on' : 'off' });
};

/** Whether two columns do not fit where the file is shown. */
const useNarrow = create<{ readonly narrow: boolean }>(() => ({ narrow: false }));
export const setNarrow = (narrow: boolean): void => useNarrow.setState({ narrow });

const TOO_NARROW = 'Too narrow for two columns: hide the files with [ or the evidence with ]';

/** Why two columns that were chosen are not shown; null: they are, or fit. */
const narrowInWords = ({ diff }: Pick<ReviewView, 'diff'>, narrow: boolean): string | null => (diff === 'split' && narrow ? TOO_NARROW : null);
export const useTooNarrow = (): string | null => {
  const narrow = useNarrow((state) => state.narrow);
  return narrowInWords(useReviewView(), narrow);
};

/** Side by side, or inline; where the first does not fit, that is said. */
export const toggleLayout = (say: (words: string) => void): void => {
  changeView({ diff: useReviewView.getState().diff === 'split' ? 'inline' : 'split' });
  const words = narrowInWords(useReviewView.getState(), useNarrow.getState().narrow);
  if (words !== null) say(words);
};
