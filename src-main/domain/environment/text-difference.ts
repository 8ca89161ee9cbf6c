/** Pairs of lines that may be compared; above it the two texts are shown whole, one after the other. */
const MOST_PAIRS = 4_000_000;

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Lengths of the longest common parts of what follows each pair of lines. */
const commonLengths = (before: readonly string[], after: readonly string[]): Uint32Array => {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let at = before.length - 1; at >= 0; at -= 1) {
    for (let to = after.length - 1; to >= 0; to -= 1) {
      lengths[at * width + to] = before[at] === after[to] ? (lengths[(at + 1) * width + to + 1] ?? 0) + 1 : Math.max(lengths[(at + 1) * width + to] ?? 0, lengths[at * width + to + 1] ?? 0);
    }
  }
  return lengths;
};

const middleDifference = (before: readonly string[], after: readonly string[]): string[] => {
  if (before.length * after.length > MOST_PAIRS) return [...before.map((line) => `-${line}`), ...after.map((line) => `+${line}`)];
  const lengths = commonLengths(before, after);
  const width = after.length + 1;
  const lines: string[] = [];
  let at = 0;
  let to = 0;
  while (at < before.length || to < after.length) {
    if (at < before.length && to < after.length && before[at] === after[to]) {
      lines.push(` ${before[at]}`);
      at += 1;
      to += 1;
    } else if (to >= after.length || (at < before.length && (lengths[(at + 1) * width + to] ?? 0) >= (lengths[at * width + to + 1] ?? 0))) {
      lines.push(`-${before[at]}`);
      at += 1;
    } else {
      lines.push(`+${after[to]}`);
      to += 1;
    }
  }
  return lines;
};

/** How two texts differ, for showing: each line of both with `-`, `+` or a space before it; '' where they are the same. */
export const textDifference = (before: string, after: string): string => {
  if (before === after) return '';
  const [from, into] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < from.length && start < into.length && from[start] === into[start]) start += 1;
  let end = 0;
  while (end < from.length - start && end < into.length - start && from.at(-1 - end) === into.at(-1 - end)) end += 1;
  const kept = (lines: readonly string[]): string[] => lines.map((line) => ` ${line}`);
  return [...kept(from.slice(0, start)), ...middleDifference(from.slice(start, from.length - end), into.slice(start, into.length - end)), ...kept(from.slice(from.length - end))].map((line) => `${line}\n`).join('');
};
