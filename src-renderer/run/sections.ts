import type { Phase, Run } from '../../src-main/contract/run.ts';
import { currentTurn } from '../../src-main/domain/run-machine.ts';
import type { LogPiece } from './log-marks.ts';
import { begunPhases, PHASE_TITLE, phaseAt, type BegunPhase } from './phases.ts';

/** A part of the stream under one heading: a phase of the run, or one check, with its lines of the log (none: `from` is `to`). */
export interface Section {
  readonly key: string;
  readonly title: string;
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
  /** What came of it, in a few words; empty while it goes on. */
  readonly outcome: string;
  readonly state: 'done' | 'active' | 'failed';
  readonly began: number;
  /** null: under way. */
  readonly until: number | null;
}

const CHECK = /^check:(\d+):(base|result)$/;

interface Group {
  readonly key: string;
  readonly phase: Phase;
  readonly line: number;
  readonly at: number;
}

const PHASE_OF: Readonly<Record<string, Phase>> = { setup: 'settingUp', work: 'working' };

/** Which heading a piece goes under. What Drydock itself says goes to what it speaks of: the check that follows, or the phase of its time. */
const groupOf = (pieces: readonly LogPiece[], at: number, phases: readonly BegunPhase[]): Group => {
  const piece = pieces[at];
  const { source = '', line = 0, at: began = 0 } = piece ?? {};
  const place = { line, at: began };
  if (CHECK.test(source)) return { key: source, phase: 'checking', ...place };
  const next = pieces[at + 1]?.source ?? '';
  const phase = PHASE_OF[source] ?? phaseAt(phases, began) ?? 'preparing';
  if (source === 'drydock' && phase === 'checking' && CHECK.test(next)) return { key: next, phase, ...place };
  return { key: phase, phase, ...place };
};

const checkTitle = (key: string): string | null => {
  const [, check, side] = CHECK.exec(key) ?? [];
  return check === undefined ? null : `Check ${Number(check) + 1} on the ${side}`;
};

const checkOutcome = (run: Run, key: string, nth: number): { readonly outcome: string; readonly failed: boolean; readonly durationMs: number | null } => {
  const [, check, side] = CHECK.exec(key) ?? [];
  const ended = currentTurn(run).checks.filter((each) => each.check === Number(check) && each.side === side)[nth];
  if (!ended) return { outcome: '', failed: false, durationMs: null };
  const passed = ended.exitCode === 0 && !ended.timedOut;
  return { outcome: ended.timedOut ? 'timed out' : passed ? 'passed' : `status ${ended.exitCode ?? 'unknown'}`, failed: false, durationMs: ended.durationMs };
};

const phaseOutcome = (run: Run, { phase, state }: BegunPhase): string => {
  const { work } = currentTurn(run);
  if (state === 'active') return '';
  // A command whose container was taken away did not end by itself, whatever status was left of it.
  if (state === 'failed' && (run.state.name === 'cancelled' || run.state.name === 'lost')) return run.state.name;
  if (phase === 'working' && work !== null) return work.timedOut ? 'timed out' : work.outOfMemory ? 'out of memory' : `status ${work.exitCode}`;
  if (state !== 'failed') return '';
  return { timedOut: 'timed out', failed: 'failed' }[run.state.name as string] ?? '';
};

/**
 * A run as one stream: every phase and check under its heading, in the order in which they were, each with its lines of the log.
 * @param lines how many lines the log has.
 */
export const sectionsOf = (run: Run, pieces: readonly LogPiece[], lines: number): readonly Section[] => {
  const phases = begunPhases(run);
  const groups: Group[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const group = groupOf(pieces, at, phases);
    if (groups.at(-1)?.key !== group.key) groups.push(group);
  }
  const sections: Section[] = [];
  const seen = new Map<string, number>();
  const waiting = phases.filter(({ phase }) => !groups.some((group) => group.phase === phase));
  const addSilent = (before: number): void => {
    while (waiting[0] && waiting[0].from <= before) {
      const silent = waiting.shift();
      if (silent) sections.push({ key: silent.phase, title: PHASE_TITLE[silent.phase], phase: silent.phase, from: -1, to: -1, outcome: phaseOutcome(run, silent), state: silent.state, began: silent.from, until: silent.until });
    }
  };
  groups.forEach((group, index) => {
    const phase = phases.find((each) => each.phase === group.phase);
    addSilent(phase?.from ?? group.at);
    const nth = seen.get(group.key) ?? 0;
    seen.set(group.key, nth + 1);
    const next = groups[index + 1];
    const check = checkTitle(group.key);
    const ofCheck = check === null ? null : checkOutcome(run, group.key, nth);
    const isLast = next === undefined;
    const began = check === null ? (phase?.from ?? group.at) : group.at;
    sections.push({
      key: nth === 0 ? group.key : `${group.key}#${nth}`,
      title: check ?? PHASE_TITLE[group.phase],
      phase: group.phase,
      from: group.line,
      to: next?.line ?? lines,
      outcome: ofCheck?.outcome ?? (phase ? phaseOutcome(run, phase) : ''),
      state: check === null || isLast ? (phase?.state ?? 'done') : 'done',
      began,
      until: ofCheck === null ? (phase?.until ?? null) : ofCheck.durationMs !== null ? began + ofCheck.durationMs : (next?.at ?? phase?.until ?? null),
    });
  });
  addSilent(Number.POSITIVE_INFINITY);
  // A heading without lines stands where the next lines begin.
  let line = lines;
  return sections.toReversed().map((section) => {
    if (section.from >= 0) line = section.from;
    return section.from >= 0 ? section : { ...section, from: line, to: line };
  }).toReversed();
};
