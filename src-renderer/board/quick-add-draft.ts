const KEY = 'drydock.quick-add';

/** A goal that was typed and not added. */
export const keptGoal = (): string => {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
};

/** Keeps what is typed on this machine; a full or forbidden storage must not stop the typing. */
export const keepGoal = (goal: string): void => {
  try {
    if (goal === '') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, goal);
  } catch {
    // It is there until the window closes.
  }
};
