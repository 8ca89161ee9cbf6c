import type { Settings } from '../../src-main/contract/settings.ts';
import { showFault } from '../ui/toast.tsx';
import { api } from './api.ts';
import { faultOf } from './fault-of.ts';
import { useFleet } from './fleet-store.ts';
import { newCommandId } from './ids.ts';

/** Changes the settings that are named, shown at once and for every window; set back when the service refuses. */
export const changeSettings = (change: Partial<Settings>): void => {
  const before = useFleet.getState().settings;
  useFleet.setState({ settings: { ...before, ...change } });
  api.service.changeSettings({ commandId: newCommandId(), settings: change }).catch((error: unknown) => {
    useFleet.setState({ settings: before });
    showFault(faultOf(error));
  });
};
