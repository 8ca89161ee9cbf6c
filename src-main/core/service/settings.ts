import type { CommandId } from '../../contract/ids.ts';
import { settings, type Settings } from '../../contract/settings.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { Once } from '../once.ts';

/** Where the store holds them, as one document. */
const SETTING = 'settings';

/** The settings as they are; what was never chosen, or cannot be read any more, has its default. */
export const readSettings = (store: Pick<RunStore, 'setting'>): Settings => settings.safeParse(store.setting(SETTING) ?? {}).data ?? settings.parse({});

type Named = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

/** Changes the settings that are named, and no other. */
export const changeSettings = (store: RunStore, once: Once, input: { commandId: CommandId; settings: Named }): Promise<Settings> =>
  once(input.commandId, () => {
    const after = settings.parse({ ...readSettings(store), ...input.settings });
    return { answer: after, change: { events: [{ subject: SETTING, type: 'settingsChanged', data: input.settings }], settings: { [SETTING]: after } } };
  });
