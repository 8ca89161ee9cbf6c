/** Under this name the browser keeps what was done last from the palette, newest first. */
const KEY = 'drydock.recent-actions';
const MOST = 5;

/** Names of the actions that were run last, newest first. What is stored and cannot be read is nothing. */
export const recentActions = (): string[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
};

export const rememberAction = (name: string): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify([name, ...recentActions().filter((each) => each !== name)].slice(0, MOST)));
  } catch {
    // A full or forbidden storage costs the list, nothing else.
  }
};
