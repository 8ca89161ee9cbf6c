import type { CommandId } from '../../contract/ids.ts';
import { DONE, type Nothing, type Once } from '../once.ts';
import { SLOTS_SETTING } from '../supervisor/supervisor.ts';

/** How many runs may be under way at once; null: as the engine has CPU and memory for. */
export const setSlots = (once: Once, input: { commandId: CommandId; slots: number | null }): Promise<Nothing> =>
  once(input.commandId, () => ({
    answer: DONE,
    change: { events: [{ subject: 'settings', type: 'slotsSet', data: input.slots }], settings: { [SLOTS_SETTING]: input.slots } },
  }));
