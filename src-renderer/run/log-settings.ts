import { create } from 'zustand';

/** How this person likes to read logs: kept by the browser, for every run. */
export interface LogSettings {
  readonly wrap: boolean;
  readonly times: boolean;
  readonly matchCase: boolean;
  /** Height of the shell's pane in pixels. */
  readonly shellHeight: number;
}

const KEY = 'drydock.log';
const FIRST: LogSettings = { wrap: false, times: false, matchCase: false, shellHeight: 260 };

const load = (): LogSettings => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const { wrap, times, matchCase, shellHeight } = (typeof kept === 'object' && kept !== null ? kept : {}) as Partial<Record<keyof LogSettings, unknown>>;
    return { wrap: wrap === true, times: times === true, matchCase: matchCase === true, shellHeight: typeof shellHeight === 'number' && shellHeight >= 80 ? shellHeight : FIRST.shellHeight };
  } catch {
    return FIRST;
  }
};

export const useLogSettings = create<LogSettings>(load);

/** Changes what is named and keeps it; a browser that keeps nothing only forgets it. */
export const changeLogSettings = (change: Partial<LogSettings>): void => {
  useLogSettings.setState(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(useLogSettings.getState()));
  } catch {
    // Storage is off or full: the choice holds until the window is closed.
  }
};
