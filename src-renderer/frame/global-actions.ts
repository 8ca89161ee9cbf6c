import { useEffect } from 'react';
import { listenForKeys } from '../client/action-keys.ts';
import { useActions } from '../client/actions.ts';
import { useFleet } from '../client/fleet-store.ts';
import { goTo, useRoute } from '../client/route.ts';
import { changeSettings, recoverSettings, useSaving } from '../client/change-settings.ts';
import { leaveField } from './leave-field.ts';
import { openPalette } from './palette.tsx';
import { openShortcuts } from './shortcuts.tsx';
import { leaveFaults, showFault, showNothing, takeBack, takeOffer, useOffer } from '../ui/toast.tsx';

/** What can be done everywhere. */
export const useGlobalActions = (): void => {
  useEffect(listenForKeys, []);
  useEffect(() => {
    document.addEventListener('keydown', leaveField);
    return () => document.removeEventListener('keydown', leaveField);
  }, []);
  const loaded = useFleet((fleet) => fleet.loaded);
  useEffect(() => {
    if (loaded) recoverSettings();
  }, [loaded]);
  const refused = useSaving((saving) => saving.refused);
  useEffect(() => {
    if (refused) showFault(refused, 'settings');
  }, [refused]);
  const savedAt = useSaving((saving) => saving.savedAt);
  useEffect(() => takeBack('settings'), [savedAt]);
  const route = useRoute();
  const place = 'id' in route ? `${route.place} ${route.id}` : route.place;
  useEffect(() => leaveFaults, [place]);
  const newest = useFleet((fleet) => Object.keys(fleet.projects).at(-1));
  const project = route.place === 'board' ? (route.project ?? newest) : newest;
  const theme = useFleet((fleet) => fleet.settings.theme);
  const offer = useOffer();
  useActions([
    // In the list of keys also while nothing can be taken back.
    { title: offer?.title ?? 'Undo, as the newest message offers', section: 'Everywhere', keys: 'mod+z', also: 'take back', early: true, hidden: !offer, run: () => (offer ? takeOffer() : showNothing('Nothing to take back.')) },
    { title: 'Open the command palette', section: 'Everywhere', keys: 'mod+k', hidden: true, run: openPalette },
    { title: 'Show the keys', section: 'Everywhere', keys: '?', early: true, also: 'shortcuts help', run: openShortcuts },
    { title: 'Go to the board', section: 'Go to', keys: 'g b', early: true, run: () => goTo({ place: 'board', project: null }) },
    { title: 'Go to the review queue', section: 'Go to', keys: 'g r', early: true, run: () => goTo({ place: 'review' }) },
    { title: 'Go to the fleet', section: 'Go to', keys: 'g f', early: true, run: () => goTo({ place: 'fleet' }) },
    { title: 'Go to the history', section: 'Go to', keys: 'g h', early: true, run: () => goTo({ place: 'history' }) },
    { title: 'Go to the settings', section: 'Go to', keys: 'g s', early: true, run: () => goTo({ place: 'settings' }) },
    ...(project === undefined
      ? []
      : [
          { title: 'Write a new brief', section: 'Everywhere', keys: 'b', early: true, also: 'create add task', run: () => goTo({ place: 'newBrief' as const, project }) },
          { title: 'Open the environment', section: 'Go to', keys: 'g e', early: true, also: 'image setup limits project', run: () => goTo({ place: 'project' as const, id: project }) },
        ]),
    { title: theme === 'light' ? 'Use the dark theme' : 'Use the light theme', section: 'Everywhere', also: 'appearance colours', run: () => changeSettings({ theme: theme === 'light' ? 'dark' : 'light' }) },
  ]);
};
