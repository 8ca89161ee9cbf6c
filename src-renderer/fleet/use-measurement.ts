import { useEffect, useState } from 'react';
import type { Measurement } from '../../src-main/contract/live.ts';
import { api } from '../client/api.ts';
import { useDisk } from '../client/disk.ts';

/** Pause before asking again after the readings ended although nobody wanted them to, in milliseconds. */
const ASK_AGAIN_MS = 1_000;

const follow = async (signal: AbortSignal, take: (measurement: Measurement) => void): Promise<void> => {
  while (!signal.aborted) {
    try {
      for await (const measurement of await api.fleet.measure({}, { signal })) take(measurement);
    } catch {
      // Cut or refused: the banner says why; the next answer is the next reading.
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
};

/** What the fleet weighs, read while somebody looks: not when the page is hidden or left. null before the first reading. */
export const useMeasurement = (): Measurement | null => {
  const [latest, setLatest] = useState<Measurement | null>(null);
  useEffect(() => {
    let giveUp: AbortController | null = null;
    const look = (): void => {
      if (document.hidden) {
        giveUp?.abort();
        giveUp = null;
      } else if (giveUp === null) {
        giveUp = new AbortController();
        void follow(giveUp.signal, (measurement) => {
          setLatest(measurement);
          useDisk.setState({ disk: measurement.disk });
        });
      }
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      giveUp?.abort();
    };
  }, []);
  return latest;
};
