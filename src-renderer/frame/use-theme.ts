import { useLayoutEffect, useSyncExternalStore } from 'react';
import { useFleet } from '../client/fleet-store.ts';

export type Theme = 'dark' | 'light' | 'contrast';

const light = window.matchMedia('(prefers-color-scheme: light)');
const contrast = window.matchMedia('(prefers-contrast: more)');
const subscribe = (changed: () => void): (() => void) => {
  for (const query of [light, contrast]) query.addEventListener('change', changed);
  return () => {
    for (const query of [light, contrast]) query.removeEventListener('change', changed);
  };
};
const ofTheSystem = (): Theme => (contrast.matches ? 'contrast' : light.matches ? 'light' : 'dark');

/** The theme in use: the one that was chosen, or the system's. Set on the page, where the tokens look for it. */
export const useTheme = (): Theme => {
  const chosen = useFleet((fleet) => fleet.settings.theme);
  const system = useSyncExternalStore(subscribe, ofTheSystem);
  const theme = chosen === 'system' ? system : chosen;
  // Before anything is painted: a screen must not flash in the theme of the system first.
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return theme;
};
