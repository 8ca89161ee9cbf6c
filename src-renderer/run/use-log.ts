import { useEffect, useMemo, useReducer } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { api } from '../client/api.ts';
import { useProgress } from '../client/fleet-store.ts';
import { LogReader } from './log-reader.ts';

/** The log of a run's current turn, pulled as it grows; the screen is told at most once a frame. */
export const useLog = (run: Run): LogReader => {
  const [, redraw] = useReducer((version: number) => version + 1, 0);
  const turn = run.turns.at(-1)?.number ?? 1;
  const runId = run.id;
  const reader = useMemo(() => {
    let frame = 0;
    return new LogReader(
      (offset, max) => api.runs.log({ runId, turn, offset, max }),
      () => {
        frame ||= requestAnimationFrame(() => {
          frame = 0;
          redraw();
        });
      },
    );
  }, [runId, turn]);
  useEffect(() => () => reader.close(), [reader]);

  const length = useProgress(runId)?.logLength ?? -1;
  const logEnded = useProgress(runId)?.logEnded ?? false;
  const state = run.state.name;
  useEffect(() => {
    // A failed read leaves the index where it was; the next length or state asks again.
    if (!reader.ended || length > reader.lines.length) reader.pull().catch(() => undefined);
  }, [reader, length, logEnded, state]);
  return reader;
};
