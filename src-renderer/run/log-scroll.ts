import { clampPlace, endOf, lastShown, listHeight, moveBy, placeAround, placeAt, scrollTopOf, type Extent, type Place } from './scroll-place.ts';
import type { StreamRows } from './stream-rows.ts';

/** Height of a row that is not wrapped, in pixels; the style sheet has the same. */
export const ROW = 18;
/** Height of a heading, in pixels: what folds must be large enough to be hit (WCAG 2.2, 2.5.8). */
const HEADING = 24;
/** Measured heights that are kept. */
const MOST_HEIGHTS = 20_000;

export interface Drawn {
  /** First and one past the last row to draw. */
  readonly from: number;
  readonly to: number;
  /** Pixels of the first row that are above the view. */
  readonly offset: number;
  /** Height that the scroll bar is made for. */
  readonly height: number;
  /** Lines that came since the end was let go of. */
  readonly newLines: number;
}

/**
 * Where a log stands. The place is a row and what of it is above the view, never a pixel of the whole: small moves are exact
 * however long the log is and however high its rows turn out to be; the scroll bar only shows about where that is.
 */
export class LogScroll {
  follow = true;
  view = 400;
  #rows: StreamRows | null = null;
  #wrap = false;
  #place: Place = { row: 0, offset: 0 };
  /** Row that is to stay in the middle while heights become known. */
  #around: number | null = null;
  /** Rows above this one came into view by moving up: what they are higher than thought moves the place, not what is read. */
  #steady = 0;
  #lastTop = 0;
  #takesBar = false;
  /** A person has taken hold of the box. What is left of an earlier movement does not let go of the end. */
  #held = false;
  /** Lines there were when the end was let go of. */
  #leftAt: number | null = null;
  #heights = new Map<number, number>();
  #sum = 0;

  /** What to draw of the rows as they are now; `lines`: how many lines the log has. */
  draw(rows: StreamRows, wrap: boolean, lines: number): Drawn {
    this.#carryOver(rows);
    if (wrap !== this.#wrap) this.forget();
    this.#wrap = wrap;
    const extent = this.#extent;
    if (this.follow) this.#place = endOf(extent);
    else if (this.#around !== null) this.#place = placeAround(rows.rowOf(this.#around), extent);
    else this.#place = clampPlace(this.#place, extent);
    this.#leftAt = this.follow ? null : (this.#leftAt ?? lines);
    const { row, offset } = this.#place;
    return { newLines: lines - (this.#leftAt ?? lines), from: row, to: lastShown(this.#place, extent), offset, height: this.#height };
  }

  get topRow(): number {
    return this.#place.row;
  }

  /** Row heights may be others: another width, wrapped or not. */
  forget(): void {
    this.#heights = new Map();
    this.#sum = 0;
  }

  /** The box was scrolled; true when something else is to be drawn. */
  scrolled(top: number): boolean {
    const delta = top - this.#lastTop;
    this.#lastTop = top;
    if (Math.abs(delta) < 0.5 || (this.follow && delta > 0)) return false;
    if (this.follow && !this.#held) return true;
    const extent = this.#extent;
    const isStep = Math.abs(delta) <= this.view * 1.5;
    this.#around = null;
    this.#steady = isStep && delta < 0 ? this.#place.row : 0;
    this.#place = isStep ? moveBy(this.#place, delta, extent) : placeAt(top, extent, this.#height);
    const end = endOf(extent);
    // The bar is at its stop and the place is not, since the bar only shows about where it is: it makes room.
    this.#takesBar = isStep && ((top <= 0 && delta < 0) || (top >= this.#height - this.view - 1 && delta > 0));
    this.follow = delta > 0 && this.#place.row === end.row && this.#place.offset >= end.offset - 1;
    if (this.follow) this.#held = false;
    return true;
  }

  /** Moves by pixels, as a selection that is drawn over the edge does. */
  moveBy(pixels: number): void {
    if (pixels < 0) this.release();
    this.#around = null;
    this.#steady = pixels < 0 ? this.#place.row : 0;
    this.#takesBar = true;
    this.#place = moveBy(this.#place, pixels, this.#extent);
  }

  /** Stays where it is whatever comes. True when it was following. */
  release(): boolean {
    const was = this.follow;
    this.follow = false;
    return was;
  }

  /** A person takes hold of the box, as of its scroll bar. */
  hold(): void {
    this.#held = true;
  }

  toEnd(): void {
    this.follow = true;
    this.#held = false;
    this.#around = null;
  }

  /** Brings a line to the middle, unless it is well in view. */
  show(line: number): void {
    const rows = this.#rows;
    if (!rows) return;
    const row = rows.rowOf(line);
    const isInView = row > this.#place.row && row < lastShown(this.#place, this.#extent) - 1;
    this.follow = false;
    this.#steady = 0;
    if (isInView) return;
    this.#around = line;
    this.#takesBar = true;
  }

  /** Brings a row to the top. */
  showRow(row: number): void {
    this.follow = false;
    this.#around = null;
    this.#steady = 0;
    this.#takesBar = true;
    this.#place = clampPlace({ row, offset: 0 }, this.#extent);
  }

  /** Takes the heights of drawn rows, by row; true when one was thought to be another, so that it is to be drawn again. */
  measured(heights: ReadonlyMap<number, number>): boolean {
    if (!this.#wrap) return false;
    let moved = 0;
    let isNew = false;
    for (const [row, height] of heights) {
      const found = this.#rows?.at(row);
      if (found?.kind !== 'line') continue;
      const thought = this.#heightOf(row);
      const known = this.#heights.get(found.line);
      if (known === undefined || known !== height) this.#remember(found.line, height, known);
      if (Math.abs(thought - height) < 0.5) continue;
      isNew = true;
      if (row >= this.#place.row && row < this.#steady) moved += height - thought;
    }
    if (moved !== 0 && !this.follow) this.#place = moveBy(this.#place, moved, this.#extent);
    if (!isNew) this.#steady = 0;
    return isNew;
  }

  /** Where the scroll bar should be for what is drawn. */
  get top(): number {
    return this.follow ? Math.max(0, this.#height - this.view) : scrollTopOf(this.#place, this.#extent, this.#height);
  }

  /** Whether the bar is to be put where the place says: not while a person moves it. */
  get takesBar(): boolean {
    return this.#takesBar;
  }

  /** Nobody moves the bar any more. */
  takeBar(): void {
    this.#takesBar = true;
  }

  /** Where the bar is now that all is drawn. */
  settled(top: number): void {
    this.#lastTop = top;
    this.#takesBar = this.#around !== null;
  }

  #remember(line: number, height: number, known: number | undefined): void {
    if (this.#heights.size > MOST_HEIGHTS) this.forget();
    this.#heights.set(line, height);
    this.#sum += height - (known ?? 0);
  }

  /** Folding, and a heading that comes in above, move rows; what is read stays where it is. */
  #carryOver(rows: StreamRows): void {
    const old = this.#rows?.at(this.#place.row);
    this.#rows = rows;
    if (!old || this.follow) return;
    const row = old.kind === 'line' ? rows.rowOf(old.line) : rows.headingOf((section) => section.key === old.section.key);
    if (row >= 0 && row !== this.#place.row) this.#place = { row, offset: this.#place.offset };
  }

  readonly #heightOf = (row: number): number => {
    const found = this.#rows?.at(row);
    if (found?.kind === 'heading') return HEADING;
    return this.#wrap && found ? (this.#heights.get(found.line) ?? this.#mean) : ROW;
  };

  get #mean(): number {
    return this.#wrap && this.#heights.size > 0 ? Math.max(ROW, Math.round(this.#sum / this.#heights.size)) : ROW;
  }

  get #extent(): Extent {
    return { rows: this.#rows?.count ?? 0, view: this.view, heightOf: this.#heightOf };
  }

  get #height(): number {
    const extent = this.#extent;
    const end = endOf(extent);
    const whole = listHeight(extent.rows, this.#mean) + (this.#rows?.sections.length ?? 0) * (HEADING - ROW);
    // There is always a way to scroll to what does not fit, whatever the mean says.
    return end.row === 0 && end.offset === 0 ? Math.min(whole, this.view) : Math.max(whole, this.view + ROW);
  }
}
