/** Ranks closer than this cannot be divided again without meeting the limits of a double. */
const CLOSEST = 1e-6;

/** Rank of a card put before another in a column (null: at the end), given the column's ranks in ascending order. */
export const rankBefore = (ranks: readonly number[], before: number | null): number => {
  if (before === null) return (ranks.at(-1) ?? 0) + 1;
  const above = ranks.filter((rank) => rank < before).at(-1);
  return above === undefined ? before - 1 : (above + before) / 2;
};

/** Whether a column's ranks have come so close that they should be spread out again. */
export const isCrowded = (ranks: readonly number[]): boolean =>
  ranks.some((rank, index) => index > 0 && rank - (ranks[index - 1] ?? rank) < CLOSEST);
