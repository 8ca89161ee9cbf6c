import type { Section } from './sections.ts';

export type StreamRow = { readonly kind: 'heading'; readonly section: Section } | { readonly kind: 'line'; readonly line: number; readonly section: Section };

/** The rows of a stream: a heading for each section, then its lines unless it is folded. */
export class StreamRows {
  readonly sections: readonly Section[];
  readonly #folded: ReadonlySet<string>;
  readonly #starts: number[] = [];
  readonly count: number;

  constructor(sections: readonly Section[], folded: ReadonlySet<string>) {
    this.sections = sections;
    this.#folded = folded;
    let row = 0;
    for (const section of sections) {
      this.#starts.push(row);
      row += 1 + this.#linesOf(section);
    }
    this.count = row;
  }

  at(row: number): StreamRow | null {
    const index = this.#starts.findLastIndex((start) => start <= row);
    const section = this.sections[index];
    if (!section || row >= this.count) return null;
    const inside = row - (this.#starts[index] ?? 0);
    return inside === 0 ? { kind: 'heading', section } : { kind: 'line', line: section.from + inside - 1, section };
  }

  /** The row of a line; of one that is folded away, its section's heading. */
  rowOf(line: number): number {
    const index = this.sections.findLastIndex((section) => section.from <= line && line < section.to);
    const section = this.sections[index];
    if (!section) return Math.max(0, this.count - 1);
    const start = this.#starts[index] ?? 0;
    return this.#folded.has(section.key) ? start : start + 1 + line - section.from;
  }

  /** The row of a section's heading; -1 when there is no such section. */
  headingOf(isIt: (section: Section) => boolean): number {
    const index = this.sections.findIndex(isIt);
    return index < 0 ? -1 : (this.#starts[index] ?? 0);
  }

  sectionOf(line: number): Section | undefined {
    return this.sections.findLast((section) => section.from <= line && line < section.to);
  }

  /** The line that a row shows, or for a heading the first one after it. */
  lineAt(row: number): number {
    const found = this.at(row);
    return found === null ? 0 : found.kind === 'line' ? found.line : found.section.from;
  }

  #linesOf(section: Section): number {
    return this.#folded.has(section.key) ? 0 : section.to - section.from;
  }
}
