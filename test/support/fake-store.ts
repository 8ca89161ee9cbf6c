import type { NetworkEntry } from '../../src-main/contract/network.ts';
import { entryPlace } from '../../src-main/domain/network/entry-place.ts';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { HistoryPage, HistoryQuery } from '../../src-main/contract/endpoints.ts';
import type { Landing } from '../../src-main/contract/landing.ts';
import type { Project } from '../../src-main/contract/project.ts';
import type { Progress, Run } from '../../src-main/contract/run.ts';
import { findableText } from '../../src-main/domain/findable-text.ts';
import { outcomeOf } from '../../src-main/domain/run-outcome.ts';
import { standingOf } from '../../src-main/domain/run-standing.ts';
import { bestPlace } from '../../src-main/domain/best-place.ts';
import { snippetAround } from '../../src-main/domain/snippet.ts';
import { StoreFailure, type Change, type RecordedEvent, type KeptSnapshotRecord, type RunStore } from '../../src-main/ports/run-store.ts';

/** A store in memory, for tests of the core. Passes the same suite as the real one. */
export const fakeStore = (): RunStore & { readonly events: readonly RecordedEvent[] } => {
  const projects = new Map<string, Project>();
  const briefs = new Map<string, Brief>();
  const runs = new Map<string, Run>();
  const numbers = new Map<string, number>();
  const landings = new Map<string, Landing>();
  const settings = new Map<string, unknown>();
  const receipts = new Map<string, unknown>();
  const progresses = new Map<string, Progress>();
  const tails = new Map<string, string>();
  const snapshots = new Map<string, KeptSnapshotRecord>();
  const network = new Map<string, NetworkEntry>();
  const events: RecordedEvent[] = [];
  const listeners = new Set<(change: Change) => void>();
  let lastNumber = 0;
  const copy = <T>(value: T): T => structuredClone(value);
  const orNull = <T>(value: T | undefined): T | null => (value === undefined ? null : copy(value));

  const check = (change: Change): void => {
    const refuse = (message: string): never => {
      throw new StoreFailure({ code: 'internal', message, next: '' });
    };
    if (change.receipt !== undefined && receipts.has(change.receipt.command)) refuse('the command has its receipt');
    const known = new Set([...projects.keys(), ...(change.projects ?? []).map((one) => one.id)]);
    for (const one of change.briefs ?? []) {
      if (!known.has(one.projectId)) refuse('no such project');
      if ([...briefs.values()].some((other) => other.number === one.number && other.id !== one.id)) refuse('the number is taken');
    }
  };

  const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const textsOf = (run: Run): string[] => {
    const lastLine = progresses.get(run.id)?.lastLine ?? '';
    return Object.values(findableText(numbers.get(run.id) ?? 0, run, { lastLine, tail: tails.get(run.id) ?? '' }));
  };
  const standing = (run: Run): string => standingOf({ id: run.id, state: run.state.name, isLanded: run.landed.length > 0 }, briefs.get(run.briefId) ?? null);
  const matches = (query: HistoryQuery, run: Run): boolean => {
    const isGiven = (query.text?.trim() ?? '') !== '';
    const words = wordsOf(query.text ?? '');
    const searched = isGiven ? wordsOf(textsOf(run).join('\n')) : [];
    return (
      (query.projectId === undefined || run.projectId === query.projectId) &&
      (query.states === undefined || query.states.includes(run.state.name)) &&
      (query.standings === undefined || query.standings.includes(standing(run))) &&
      (query.before === undefined || run.queuedAt < query.before) &&
      (query.since === undefined || run.queuedAt >= query.since) &&
      (!isGiven || (words.length > 0 && words.every((word) => searched.some((found) => found.startsWith(word)))))
    );
  };
  const snippetOf = (query: HistoryQuery, run: Run): string | null => {
    const words = wordsOf(query.text ?? '');
    if (words.length === 0) return null;
    const match = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words.join('|')})`, 'giu');
    const found = textsOf(run).map((text) => ({ text, ...bestPlace(text, [...text.matchAll(match)].map(({ index }) => index), words) }));
    const best = found.reduce((one, other) => (other.score > one.score ? other : one));
    return snippetAround(best.text, best.at);
  };

  const history = (query: HistoryQuery): HistoryPage => {
    const found = [...runs.values()].filter((run) => matches(query, run)).reverse().sort((one, other) => other.queuedAt - one.queuedAt);
    const last = found[query.limit - 1];
    const page = last === undefined ? found : found.filter((run) => run.queuedAt >= last.queuedAt);
    return {
      runs: page.map((run) => ({
        runId: run.id, briefId: run.briefId, projectId: run.projectId, number: numbers.get(run.id) ?? 0, attempt: run.attempt,
        goal: run.order.text.goal, state: run.state.name, standing: standing(run), queuedAt: run.queuedAt, endedAt: run.endedAt,
        ...outcomeOf(run), snippet: snippetOf(query, run),
      })),
    };
  };

  return {
    events,
    project: (id) => orNull(projects.get(id)),
    projects: () => copy([...projects.values()]),
    brief: (id) => orNull(briefs.get(id)),
    briefByNumber: (number) => orNull([...briefs.values()].find((one) => one.number === number)),
    briefs: () => copy([...briefs.values()].sort((one, other) => one.number - other.number)),
    nextBriefNumber: () => lastNumber + 1,
    run: (id) => orNull(runs.get(id)),
    runsOfBrief: (id) => copy([...runs.values()].filter((one) => one.briefId === id).sort((one, other) => one.attempt - other.attempt)),
    unendedRuns: () => copy([...runs.values()].filter((one) => one.endedAt === null).sort((one, other) => one.queuedAt - other.queuedAt)),
    landing: (id) => orNull(landings.get(id)),
    intendedLandings: () => copy([...landings.values()].filter((one) => one.state === 'intended')),
    setting: (name) => copy(settings.get(name)),
    receipt: (command) => (receipts.has(command) ? { answer: copy(receipts.get(command)) } : null),
    commit: (change) => {
      check(change);
      for (const one of change.projects ?? []) projects.set(one.id, copy(one));
      for (const one of change.briefs ?? []) {
        briefs.set(one.id, copy(one));
        lastNumber = Math.max(lastNumber, one.number);
      }
      for (const one of change.runs ?? []) {
        if (!runs.has(one.id)) numbers.set(one.id, briefs.get(one.briefId)?.number ?? 0);
        runs.set(one.id, copy(one));
      }
      for (const one of change.landings ?? []) landings.set(one.id, copy(one));
      for (const id of change.removedBriefs ?? []) briefs.delete(id);
      for (const id of change.removedProjects ?? []) {
        projects.delete(id);
        for (const one of [...snapshots.values()]) if (one.projectId === id) snapshots.delete(one.key);
        for (const one of [...briefs.values()]) if (one.projectId === id) briefs.delete(one.id);
      }
      for (const [name, value] of Object.entries(change.settings ?? {})) {
        if (value === undefined) settings.delete(name);
        else settings.set(name, copy(value));
      }
      for (const key of change.removedSnapshots ?? []) snapshots.delete(key);
      if (change.receipt !== undefined) receipts.set(change.receipt.command, copy(change.receipt.answer));
      events.push(...copy([...change.events]));
      for (const listener of [...listeners]) listener(change);
    },
    progress: (id) => orNull(progresses.get(id)),
    saveProgress: (all) => {
      for (const one of all) if (runs.has(one.runId)) progresses.set(one.runId, copy(one));
    },
    saveLogTail: (run, text) => {
      if (runs.has(run)) tails.set(run, text);
    },
    snapshot: (key) => {
      const kept = snapshots.get(key);
      if (kept === undefined) return null;
      const { uses: _uses, lastUsedAt: _lastUsedAt, ...record } = kept;
      return copy(record);
    },
    snapshots: () => copy([...snapshots.values()].sort((one, other) => other.madeAt - one.madeAt || (one.key < other.key ? -1 : 1))),
    saveSnapshot: (record) => {
      const { uses = 0, lastUsedAt = null } = snapshots.get(record.key) ?? {};
      snapshots.set(record.key, { ...copy(record), uses, lastUsedAt });
    },
    noteSnapshotBytes: (key, bytes) => {
      const kept = snapshots.get(key);
      if (kept !== undefined) snapshots.set(key, { ...kept, bytes });
    },
    countSnapshotUse: (key, at) => {
      const kept = snapshots.get(key);
      if (kept !== undefined) snapshots.set(key, { ...kept, uses: kept.uses + 1, lastUsedAt: at });
    },
    saveNetworkEntries: (run, entries) => {
      if (runs.has(run)) for (const entry of entries) network.set(`${run}${entryPlace(entry)}`, copy(entry));
    },
    networkEntries: (run) => copy([...network].filter(([place]) => place.startsWith(run)).map(([, entry]) => entry).sort((one, other) => one.at - other.at)),
    removeSnapshot: (key) => void snapshots.delete(key),
    onCommit: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    history: async (query) => history(query),
    close: async () => {},
  };
};
