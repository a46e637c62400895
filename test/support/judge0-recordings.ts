import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/* What a real Judge0 1.13.1 answered, for tables of tests and for the fake to answer alike. */

interface Recorded {
  readonly status: number;
  readonly body: unknown;
}
interface RepeatedText {
  readonly repeat: string;
  readonly bytes: number;
}

/** One finished run, with what it was granted. Texts are base64 with line breaks, as they came. */
export interface RecordedRun {
  readonly name: string;
  readonly note: string;
  readonly memory_limit: number;
  readonly max_file_size: number;
  readonly expected_output: string | null;
  readonly answer: Readonly<Record<string, string | number | null>>;
}

interface Recordings {
  readonly endpoints: Readonly<Record<'/languages' | '/config_info' | '/about' | '/statuses' | '/nope', Recorded>>;
  readonly answers: Readonly<
    Record<
      | 'batchOfGoodAndBad'
      | 'batchOfBad'
      | 'batchTooLong'
      | 'unknownTokens'
      | 'queueFull'
      | 'noToken'
      | 'optionsOnInterpreted',
      Recorded
    >
  >;
  readonly runs: readonly (Omit<RecordedRun, 'answer'> & {
    readonly answer: Readonly<Record<string, string | number | null | RepeatedText>>;
  })[];
}

const FILE = join(__dirname, '../judge0/recordings.json');
const recordings = JSON.parse(readFileSync(FILE, 'utf8')) as Recordings;

/** As Ruby's `Base64.encode64` writes it: a line break after every 60 characters, and at the end. */
export const rubyBase64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{1,60}/g, '$&\n');

const whole = (text: string | number | null | RepeatedText) =>
  typeof text === 'object' && text !== null ? rubyBase64(Buffer.alloc(text.bytes, text.repeat)) : text;

export const { endpoints, answers } = recordings;
export const RECORDED_RUNS: readonly RecordedRun[] = recordings.runs.map(({ answer, ...run }) => ({
  ...run,
  answer: Object.fromEntries(Object.entries(answer).map(([field, text]) => [field, whole(text)])),
}));
