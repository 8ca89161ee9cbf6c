import type { Brief } from '../contract/brief.ts';
import type { EngineStatus, FleetState } from '../contract/fleet.ts';
import type { Run } from '../contract/run.ts';
import { columnOf } from '../domain/columns.ts';
import { duration, runInWords } from './describe.ts';
import type { Colour, Output } from './output.ts';
import { oneLine } from './sanitise.ts';

/** What needs eyes first. The backlog and what is done are counted, not listed. */
const order = ['running', 'review', 'queued'] as const;
const colours: Record<(typeof order)[number], Colour> = { running: 'blue', review: 'amber', queued: 'grey' };

/** Widest that the state's and the project's columns become; a longer text is cut. */
const STATE = 56;
const PROJECT = 24;

/** Width of a line where the terminal does not say. */
const WIDTH = 120;

/** The fleet as lines of text. `now` in milliseconds since 1970. */
export function fleetTable(state: FleetState, output: Output, now: number): string[] {
  const cards = state.briefs.map((brief) => {
    const run = state.runs.find((each) => each.id === brief.currentRun) ?? null;
    return { brief, run, column: columnOf(brief, run) };
  });
  const width = output.out.columns ?? WIDTH;
  const listed = cards.filter((card) => order.some((column) => column === card.column));
  const widths = {
    state: Math.min(STATE, Math.floor(width / 2), Math.max(0, ...listed.map(({ run }) => Array.from(run ? runInWords(run) : '').length))),
    project: Math.min(PROJECT, Math.max(0, ...listed.map(({ brief }) => Array.from(projectOf(state, brief)).length))),
  };
  const count = (column: string) => cards.filter((card) => card.column === column).length;
  const rows = order.flatMap((column) =>
    cards
      .filter((card) => card.column === column)
      .toSorted((left, right) => left.brief.rank - right.brief.rank)
      .map(({ brief, run }) => output.paint(colours[column], fit(row(state, brief, run, widths, now), width))),
  );
  return [
    fit(`${engineInWords(state.engine)} · slots ${state.slots.used}/${state.slots.total} · backlog ${count('backlog')} · done ${count('done')}`, width),
    ...state.pauses.map((pause) => output.paint('red', fit(`Paused: ${oneLine(pause.fault.message)} Next: ${oneLine(pause.fault.next)}`, width))),
    ...(rows.length > 0 ? rows : ['Nothing waits, runs or is to be reviewed.']),
  ];
}

function projectOf(state: FleetState, brief: Brief): string {
  return oneLine(state.projects.find((each) => each.id === brief.projectId)?.name ?? '');
}

interface Widths {
  readonly state: number;
  readonly project: number;
}

function row(state: FleetState, brief: Brief, run: Run | null, widths: Widths, now: number): string {
  const cell = (text: string, width: number) => fit(text, width).padEnd(width);
  const progress = state.progress.find((each) => each.runId === run?.id);
  const waiting = run && state.waiting[run.id];
  const time = run && run.endedAt === null && run.state.name !== 'queued' ? duration(now - (run.times['preparing'] ?? run.queuedAt)) : '';
  const detail = run?.state.name === 'queued' ? (waiting?.message ?? '') : run?.endedAt === null ? (progress?.lastLine ?? '') : '';
  const cells = [`#${brief.number}`.padEnd(5), cell(run ? runInWords(run) : '', widths.state), time.padStart(7), cell(projectOf(state, brief), widths.project), brief.text.goal, detail];
  return oneLine(cells.filter((cell) => cell !== '').join('  '));
}

function engineInWords(engine: EngineStatus): string {
  if (engine.state === 'up') return oneLine(`${engine.source} ${engine.version}`);
  return engine.state === 'connecting' ? 'Looking for the engine' : oneLine(`Engine down: ${engine.fault.message.replace(/\.$/, '')}`);
}

function fit(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `${characters.slice(0, Math.max(1, width - 1)).join('')}…`;
}
