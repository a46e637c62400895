const KEPT_BYTES = 8192;

/** What a program printed, as it may be stored and shown: valid UTF-8, no NUL, at most 8 KiB. */
export function printable(output: Buffer): string {
  // more than 8 KiB of input cannot become less than 8 KiB of text, so the rest need not be decoded
  const text = new TextDecoder().decode(output.subarray(0, KEPT_BYTES + 3)).replaceAll('\0', '\u{fffd}');
  // a stream decoder holds back the character the cut went through
  return new TextDecoder().decode(Buffer.from(text).subarray(0, KEPT_BYTES), { stream: true });
}
