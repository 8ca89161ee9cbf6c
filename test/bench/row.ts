/** One line of the table: what Drydock took beside what the raw tool took in the same run. */
export interface Row {
  readonly what: string;
  /** As measured, with its unit: `171 ms`. */
  readonly drydock: string;
  /** The raw tool and what it took; null where the target is an absolute number. */
  readonly raw: string | null;
  /** What is compared with the target: a ratio, or a number in `unit`. null: not measured here, `note` says why. */
  readonly value: number | null;
  readonly unit: 'ratio' | 'MB' | 'kB' | 'ms' | 'requests';
  /** null: reported for what it explains, without a target. */
  readonly target: { readonly at: 'most' | 'least'; readonly value: number } | null;
  readonly note?: string;
}

export interface BenchOptions {
  /** Smaller sizes and fewer repetitions: shows that it works, not how fast it is. */
  readonly quick: boolean;
}

export type Bench = (options: BenchOptions) => Promise<readonly Row[]>;

export const isMet = ({ value, target }: Row): boolean | null => {
  if (value === null || target === null) return null;
  return target.at === 'most' ? value <= target.value : value >= target.value;
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

export const inMs = (ms: number): string => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;

/** Milliseconds that `work` takes. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
