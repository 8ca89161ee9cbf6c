import { create } from 'zustand';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import { api } from './api.ts';
import { faultOf } from './fault-of.ts';
import { useFleet } from './fleet-store.ts';
import { newCommandId } from './ids.ts';
import { dropPending, keepPending, pendingSettings } from './pending-settings.ts';

interface Saving {
  /** Changes that the service has not answered yet. */
  readonly saving: number;
  /** When it last took one. */
  readonly savedAt: number | null;
  /** Why it refused the last one it refused. */
  readonly refused: Fault | null;
}

/** How the last changes went. */
export const useSaving = create<Saving>(() => ({ saving: 0, savedAt: null, refused: null }));

/** What is still as this change had made it goes back to what was before; later changes stay. */
const setBack = (change: Partial<Settings>, before: Settings): void =>
  useFleet.setState(({ settings }) => ({
    settings: { ...settings, ...Object.fromEntries(Object.entries(change).flatMap(([name, value]) => (settings[name as keyof Settings] === value ? [[name, before[name as keyof Settings]]] : []))) },
  }));

/** Changes the settings that are named, shown at once and for every window; kept until the service has answered, and set back when it refuses. */
export const changeSettings = (change: Partial<Settings>): void => {
  const before = useFleet.getState().settings;
  useFleet.setState({ settings: { ...before, ...change } });
  useSaving.setState(({ saving }) => ({ saving: saving + 1 }));
  keepPending(change);
  api.service.changeSettings({ commandId: newCommandId(), settings: change }).then(
    () => {
      dropPending(change);
      useSaving.setState(({ saving }) => ({ saving: saving - 1, savedAt: Date.now() }));
    },
    (error: unknown) => {
      dropPending(change);
      setBack(change, before);
      useSaving.setState(({ saving }) => ({ saving: saving - 1, refused: faultOf(error) }));
    },
  );
};

/** Sends what was changed before a reload and never answered. Once, when the settings of the service are known. */
export const recoverSettings = (): void => {
  const pending = pendingSettings();
  if (Object.keys(pending).length > 0) changeSettings(pending);
};
