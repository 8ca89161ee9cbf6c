/** Browsers cannot lay out more than some 33 million pixels; taller logs are scaled into this height. */
const TALLEST = 10_000_000;

export interface RowWindow {
  /** Height of the whole list in pixels. */
  readonly height: number;
  /** First and one past the last row to draw. */
  readonly from: number;
  readonly to: number;
  /** Where the first drawn row is put, in pixels from the top of the list. */
  readonly top: number;
}

/** Which rows of a long list are to be drawn for a scroll position, for rows of one height. */
export const rowWindow = (rows: number, rowHeight: number, scrollTop: number, viewHeight: number): RowWindow => {
  const overscan = 8;
  const whole = rows * rowHeight;
  const height = Math.min(whole, TALLEST);
  const travel = Math.max(1, height - viewHeight);
  const share = Math.min(1, Math.max(0, scrollTop / travel));
  const virtualTop = whole === height ? scrollTop : share * (whole - viewHeight);
  const first = Math.max(0, Math.floor(virtualTop / rowHeight));
  const from = Math.max(0, first - overscan);
  const to = Math.min(rows, first + Math.ceil(viewHeight / rowHeight) + overscan);
  return { height, from, to, top: scrollTop - (virtualTop - from * rowHeight) };
};

/** The scroll position that puts a row in the middle. */
export const scrollTopOf = (row: number, rows: number, rowHeight: number, viewHeight: number): number => {
  const whole = rows * rowHeight;
  const height = Math.min(whole, TALLEST);
  const virtual = Math.max(0, Math.min(whole - viewHeight, row * rowHeight - viewHeight / 2));
  return whole === height ? virtual : (virtual / (whole - viewHeight)) * (height - viewHeight);
};
