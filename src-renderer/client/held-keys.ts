/** Longer than this no place keeps a person waiting: then what was held is dropped and keys work at once again, in milliseconds. */
const LONGEST_MS = 10_000;
/** More than anybody means to do ahead. */
const MOST = 16;

/** Says whether the place that the address names is still opening: what its keys are about is not sure yet. */
let isOpening = (): boolean => false;
let release = (): void => undefined;

/** Has keys wait for as long as a place is opening. There is one that says so: the last to come. */
export const holdKeysWhile = (opening: () => boolean): void => {
  isOpening = opening;
};

/** A place is all there: what was pressed for it is carried out. */
export const keysAreFree = (): void => release();

interface Holding {
  /** Does what the key means now; `at`: when it was pressed. */
  readonly perform: (chord: string, at: number) => void;
  /** Whether keys go to something else by now: a field, a dialog. */
  readonly isTaken: () => boolean;
}

/**
 * Keys that were pressed while the place that they are for is opening. They are carried out in their order once it is there, one
 * after the other: each may open another place, and the rest then waits for that. They are dropped when the place is left, when
 * something that is typed in gets the focus, when the pointer is used, or after ten seconds.
 */
export const createHeldKeys = ({ perform, isTaken }: Holding) => {
  let held: { readonly chord: string; readonly at: number }[] = [];
  let place = '';
  /** The place is not there after so long: its keys no longer wait. */
  let stalled = false;
  let releasing = false;
  const isLate = (now: number): boolean => held[0] !== undefined && now - held[0].at > LONGEST_MS;
  const drop = (): void => {
    held = [];
  };
  const next = (): void => {
    if (window.location.hash !== place || isTaken() || isLate(performance.now())) drop();
    const key = isOpening() ? undefined : held.shift();
    releasing = key !== undefined;
    if (key === undefined) return;
    perform(key.chord, key.at);
    // What the key has changed is to be there before the next one is looked at; its place may be another one now.
    place = window.location.hash;
    setTimeout(next, 0);
  };
  release = (): void => {
    stalled = false;
    // Where nothing waits, the next key is free at once.
    if (releasing || held.length === 0) return;
    releasing = true;
    // The actions of what has just come are known by then.
    setTimeout(next, 0);
  };
  return {
    drop,
    /** Whether something waits already: what comes after it must wait too. */
    isBusy: (): boolean => held.length > 0 || releasing,
    /** Keeps a key for later; false: nothing is to be waited for. */
    hold: (chord: string, repeated: boolean, at: number): boolean => {
      if (window.location.hash !== place && !releasing) {
        drop();
        stalled = false;
        place = window.location.hash;
      }
      if (isLate(at)) {
        drop();
        stalled = true;
      }
      if (stalled || !(isOpening() || held.length > 0 || releasing)) return false;
      // A key that is kept down goes as fast as the place can follow.
      if (!repeated && held.length < MOST) held.push({ chord, at });
      return true;
    },
  };
};
