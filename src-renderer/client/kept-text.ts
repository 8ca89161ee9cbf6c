/** Keeps a text on this machine, over a reload; null: there is nothing to be kept. A full or forbidden storage must stop nobody: it is still on screen. */
export const keepText = (at: string, text: string | null): void => {
  try {
    if (text === null) localStorage.removeItem(at);
    else localStorage.setItem(at, text);
  } catch {
    // It is there until the window closes.
  }
};

/** What was kept, or null. */
export const keptText = (at: string): string | null => {
  try {
    return localStorage.getItem(at);
  } catch {
    return null;
  }
};
