import { Refusal } from '../contract/refusals';
import { MAX_BYTES } from '../contract/terms';

/** Half of a character that takes two: not text in any encoding. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** @throws {Refusal} for what cannot be a program's text. Sizes are bytes of UTF-8. */
export function checkSource(source: string): void {
  if (Buffer.byteLength(source) > MAX_BYTES.source) throw new Refusal('source.too-large');
  if (source.trim() === '') throw new Refusal('source.empty');
  checkText(source);
}

/** @throws {Refusal} for what cannot be a program's input; it may be empty. */
export function checkInput(input: string): void {
  if (Buffer.byteLength(input) > MAX_BYTES.trialInput) throw new Refusal('source.too-large');
  checkText(input);
}

function checkText(text: string): void {
  if (text.includes('\0') || LONE_SURROGATE.test(text)) throw new Refusal('source.invalid');
}
