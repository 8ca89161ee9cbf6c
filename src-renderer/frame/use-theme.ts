import { useEffect, useSyncExternalStore } from 'react';
import { useFleet } from '../client/fleet-store.ts';

export type Theme = 'dark' | 'light' | 'contrast';

const light = window.matchMedia('(prefers-color-scheme: light)');
const subscribe = (changed: () => void): (() => void) => {
  light.addEventListener('change', changed);
  return () => light.removeEventListener('change', changed);
};

/** The theme in use: the one that was chosen, or the system's. Set on the page, where the tokens look for it. */
export const useTheme = (): Theme => {
  const chosen = useFleet((fleet) => fleet.settings.theme);
  const isLight = useSyncExternalStore(subscribe, () => light.matches);
  const theme = chosen === 'system' ? (isLight ? 'light' : 'dark') : chosen;
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return theme;
};
