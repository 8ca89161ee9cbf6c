/** Browsers cannot lay out more than some 33 million pixels; taller lists are scaled into this height. */
export const TALLEST = 10_000_000;

/** Where a long list stands: the row at the top of the view, and how many pixels of it are above. */
export interface Place {
  readonly row: number;
  readonly offset: number;
}

/** A list of rows, each with its height in pixels, seen through a view. */
export interface Extent {
  readonly rows: number;
  readonly view: number;
  readonly heightOf: (row: number) => number;
}

const TOP: Place = { row: 0, offset: 0 };

/** The place at which the last row ends with the view; the top when everything fits. */
export const endOf = ({ rows, view, heightOf }: Extent): Place => {
  let left = view;
  for (let row = rows - 1; row >= 0; row -= 1) {
    const height = heightOf(row);
    if (height >= left) return { row, offset: height - left };
    left -= height;
  }
  return TOP;
};

const isBehind = (a: Place, b: Place): boolean => a.row > b.row || (a.row === b.row && a.offset > b.offset);

/** A place that the list can have: none behind its end, none in front of its start. */
export const clampPlace = (place: Place, extent: Extent): Place => {
  if (place.row < 0 || extent.rows === 0) return TOP;
  const end = endOf(extent);
  return isBehind(place, end) ? end : place;
};

/** The place so many pixels further down, or up for a negative number. */
export const moveBy = (place: Place, pixels: number, extent: Extent): Place => {
  let { row } = place;
  let offset = place.offset + pixels;
  while (offset < 0) {
    if (row === 0) return TOP;
    row -= 1;
    offset += extent.heightOf(row);
  }
  while (row < extent.rows - 1 && offset >= extent.heightOf(row)) {
    offset -= extent.heightOf(row);
    row += 1;
  }
  return clampPlace({ row, offset }, extent);
};

/** How far along the list a place is, in rows and parts of a row. */
const rowsAbove = ({ row, offset }: Place, { heightOf }: Extent): number => row + offset / Math.max(1, heightOf(row));

/** The height that a list of this mean row height gets in the browser. */
export const listHeight = (rows: number, meanHeight: number): number => Math.min(TALLEST, Math.ceil(rows * meanHeight));

/** The scroll position that shows how far along the list a place is. */
export const scrollTopOf = (place: Place, extent: Extent, height: number): number => {
  const whole = rowsAbove(endOf(extent), extent);
  return whole <= 0 ? 0 : Math.min(1, rowsAbove(place, extent) / whole) * Math.max(0, height - extent.view);
};

/** The place that a scroll position stands for. */
export const placeAt = (scrollTop: number, extent: Extent, height: number): Place => {
  const travel = height - extent.view;
  if (travel <= 0) return TOP;
  const share = Math.min(1, Math.max(0, scrollTop / travel));
  const above = share * rowsAbove(endOf(extent), extent);
  const row = Math.floor(above);
  return clampPlace({ row, offset: (above - row) * extent.heightOf(row) }, extent);
};

/** The place that has a row in the middle of the view. */
export const placeAround = (row: number, extent: Extent): Place => moveBy({ row, offset: 0 }, -Math.floor((extent.view - extent.heightOf(row)) / 2), extent);

/** One past the last row that the view shows from a place on. */
export const lastShown = ({ row, offset }: Place, { rows, view, heightOf }: Extent): number => {
  let below = -offset;
  let next = row;
  while (next < rows && below < view) {
    below += heightOf(next);
    next += 1;
  }
  return next;
};
