/** Numbers of lines, in rising order, in eight bytes each. */
export class LineList {
  #numbers = new Float64Array(64);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  push(line: number): void {
    if (this.#count === this.#numbers.length) {
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#count] = line;
    this.#count += 1;
  }

  at(index: number): number | undefined {
    return index < 0 || index >= this.#count ? undefined : this.#numbers[index];
  }

  /** How many are smaller than a line: the index of it, or of what follows it. */
  indexOf(line: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#numbers[middle] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  has(line: number): boolean {
    return this.at(this.indexOf(line)) === line;
  }
}
