import { useEffect, useRef, useState } from 'react';
import type { Fault } from '../../../src-main/contract/fault.ts';
import type { RunId } from '../../../src-main/contract/ids.ts';
import type { LandingPreview, LandingTarget } from '../../../src-main/contract/landing.ts';
import { api } from '../../client/api.ts';
import { faultOf } from '../../client/fault-of.ts';
import { useSettled } from '../settling.ts';

/** Time without a key press after which a change is asked about, in milliseconds; the first question is asked at once. */
const PREVIEW_AFTER_MS = 250;

/** What landing would do. `current` is false while a newer question is under way: then nothing may be landed. */
export interface Preview {
  readonly preview: LandingPreview | null;
  /** Which way the preview is of: another one than is chosen, until `current`. */
  readonly target: LandingTarget | null;
  readonly fault: Fault | null;
  readonly current: boolean;
}

/** Asks again for every change of the target, and when the window comes back to the front: the repository may have moved. */
export const usePreview = (runId: RunId, target: LandingTarget | null, again: number): Preview => {
  const [state, setState] = useState<Preview & { readonly of: string }>({ preview: null, target: null, fault: null, current: false, of: '' });
  const [returns, setReturns] = useState(0);
  const isFirst = useRef(true);
  const settled = useSettled(runId);
  const asked = JSON.stringify([target, again, returns, settled]);
  useEffect(() => {
    const back = (): void => setReturns((count) => count + 1);
    window.addEventListener('focus', back);
    return () => window.removeEventListener('focus', back);
  }, []);
  useEffect(() => {
    // By its value: the target is a new object at every drawing.
    const [wanted] = JSON.parse(asked) as [LandingTarget | null, ...unknown[]];
    if (wanted === null || !settled) return;
    const giveUp = new AbortController();
    const timer = setTimeout(() => {
      api.runs.previewLanding({ runId, target: wanted }, { signal: giveUp.signal }).then(
        (preview) => setState({ preview, target: wanted, fault: null, current: true, of: asked }),
        (error: unknown) => {
          if (!giveUp.signal.aborted) setState({ preview: null, target: null, fault: faultOf(error), current: true, of: asked });
        },
      );
    }, isFirst.current ? 0 : PREVIEW_AFTER_MS);
    isFirst.current = false;
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [runId, asked, settled]);
  return { preview: state.preview, target: state.target, fault: state.fault, current: target !== null && state.of === asked };
};
