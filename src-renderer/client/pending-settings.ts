import { namedSettings, type Settings } from '../../src-main/contract/settings.ts';

const KEY = 'drydock.settings.pending';

/** Changes that the service has not taken yet, by name; what is kept in another form than it understands is dropped. */
export const pendingSettings = (): Partial<Settings> => {
  try {
    const kept = namedSettings.safeParse(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
    return kept.success ? (Object.fromEntries(Object.entries(kept.data).filter(([, value]) => value !== undefined)) as Partial<Settings>) : {};
  } catch {
    return {};
  }
};

const write = (pending: Partial<Settings>): void => {
  try {
    if (Object.keys(pending).length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(pending));
  } catch {
    // It is still sent, as long as the page is there.
  }
};

/** Keeps a change over a reload until the service has answered it. */
export const keepPending = (change: Partial<Settings>): void => write({ ...pendingSettings(), ...change });

/** What was answered need not be kept; a later value of the same name has to be. */
export const dropPending = (change: Partial<Settings>): void => {
  const answered = new Map(Object.entries(change).map(([name, value]) => [name, JSON.stringify(value)]));
  write(Object.fromEntries(Object.entries(pendingSettings()).filter(([name, value]) => answered.get(name) !== JSON.stringify(value))) as Partial<Settings>);
};
