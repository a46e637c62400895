// Reads a test's input strictly: one space between values, one newline after each line, nothing else anywhere.

export class Input {
  #text;
  #at = 0;

  constructor(text) {
    this.#text = text;
  }

  /** An integer between low and high (numbers or BigInts), without leading zeros or plus; a BigInt if they are. */
  int(low, high) {
    const value = BigInt(this.match(/(0|-?[1-9]\d*)/y));
    if (value < low || value > high) this.#fail(`${value} is not between ${low} and ${high}`);
    return typeof low === 'bigint' ? value : Number(value);
  }

  /** A line of `count` integers. */
  ints(count, low, high) {
    return Array.from({ length: count }, (_, i) => {
      if (i > 0) this.space();
      return this.int(low, high);
    });
  }

  match(pattern) {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) this.#fail(`no ${pattern} here`);
    this.#at = pattern.lastIndex;
    return found[0];
  }

  space() {
    this.match(/ /y);
  }

  newline() {
    this.match(/\n/y);
  }

  end() {
    if (this.#at !== this.#text.length) this.#fail('the input should end here');
  }

  must(claim, words) {
    if (!claim) this.#fail(words);
  }

  #fail(words) {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    throw new Error(`line ${line}: ${words}: ${JSON.stringify(this.#text.slice(this.#at, this.#at + 20))}`);
  }
}
