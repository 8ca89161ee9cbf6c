import type { Run } from '../contract/run.ts';

/** A run of which nothing has happened yet but that it is in `state` since `at`, in milliseconds since 1970. */
export const freshRun = (made: Pick<Run, 'id' | 'briefId' | 'projectId' | 'attempt' | 'order'>, state: 'queued' | 'preparing', at: number): Run => ({
  ...made,
  state: { name: state },
  turns: [{ number: 1, base: null, snapshot: null, work: null, result: null, checks: [] }],
  times: { [state]: at },
  queuedAt: at,
  endedAt: null,
  excluded: [],
  excludedHunks: {},
  comments: [],
  viewed: {},
  criteriaMet: [],
  landed: [],
  seen: false,
});
