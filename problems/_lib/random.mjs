// A small seeded generator of pseudo-random numbers (sfc32): the same seed gives the same tests on every machine.

export function randomFrom(seed) {
  let hash = 2166136261;
  for (const byte of Buffer.from(seed)) hash = Math.imul(hash ^ byte, 16777619);
  let a = hash | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;

  const next32 = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) next32();

  /** A number in [0, 1) with 53 random bits. */
  const unit = () => ((next32() >>> 5) * 67108864 + (next32() >>> 6)) / 9007199254740992;

  return {
    /** An integer between low and high, both included. */
    int: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    /** As int, for BigInts of up to about a hundred bits. */
    big(low, high) {
      let bits = 0n;
      for (let i = 0; i < 5; i++) bits = (bits << 32n) | BigInt(next32());
      return low + (bits % (high - low + 1n));
    },
    chance: (probability) => unit() < probability,
    pick(list) {
      return list[this.int(0, list.length - 1)];
    },
    shuffle(list) {
      for (let i = list.length - 1; i > 0; i--) {
        const j = this.int(0, i);
        [list[i], list[j]] = [list[j], list[i]];
      }
      return list;
    },
    word(length, alphabet = 'abcdefghijklmnopqrstuvwxyz') {
      let word = '';
      for (let i = 0; i < length; i++) word += alphabet[this.int(0, alphabet.length - 1)];
      return word;
    },
    /** A list of `length` integers between low and high. */
    ints(length, low, high) {
      return Array.from({ length }, () => this.int(low, high));
    },
  };
}

/** Rows of values as text: values parted by a space, rows ended by a newline. */
export function text(...rows) {
  return rows.map((row) => (Array.isArray(row) ? row.join(' ') : String(row)) + '\n').join('');
}
