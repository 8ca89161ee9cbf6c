/** Lines that both sides changed: what each of them has in their place. */
export interface ClashPart {
  readonly there: string;
  readonly here: string;
}

/** What is shown of a file; whoever wants more merges by hand. */
const MOST_PARTS = 8;
const MOST_LINES = 40;

const BEGIN = /^<{7} [0-9a-f]{40,64}(?::|$)/;
const BASE = /^\|{7}(?: |$)/;
const END = /^>{7} [0-9a-f]{40,64}(?::|$)/;

const shortened = (lines: readonly string[]): string => (lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `… ${lines.length - MOST_LINES} more lines`] : lines).join('\n');

/**
 * The places of a text that git could not merge, read from the marks that it leaves there, which name the sides by their commits.
 * A text may hold such marks of its own; what does not end like one is left out.
 */
export const clashParts = (merged: string): ClashPart[] => {
  const parts: ClashPart[] = [];
  let at: 'outside' | 'there' | 'base' | 'here' = 'outside';
  let [there, here]: [string[], string[]] = [[], []];
  for (const whole of merged.split('\n')) {
    if (parts.length === MOST_PARTS) break;
    const line = whole.replace(/\r$/, '');
    if (BEGIN.test(line)) [at, there, here] = ['there', [], []];
    else if (at === 'there' && BASE.test(line)) at = 'base';
    else if ((at === 'there' || at === 'base') && line === '=======') at = 'here';
    else if (at === 'here' && END.test(line)) {
      parts.push({ there: shortened(there), here: shortened(here) });
      at = 'outside';
    } else if (at === 'there') there.push(line);
    else if (at === 'here') here.push(line);
  }
  return parts;
};
