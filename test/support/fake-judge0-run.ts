import type { Judge, JudgeJob } from '../../src/ports';
import { judged, MANIFEST } from './judge-programs';
import { endpoints, rubyBase64 } from './judge0-recordings';

/** A submission as a client sends it; texts are base64. */
export interface SentSubmission extends Readonly<Record<string, unknown>> {
  readonly language_id: number;
  readonly source_code: string;
  readonly stdin: string;
  readonly cpu_time_limit: number;
  readonly wall_time_limit: number;
  readonly memory_limit: number;
  readonly max_file_size: number;
  readonly compiler_options?: string;
  readonly callback_url?: string;
}

/** A finished run as Judge0 tells of it. */
export interface FakeRun extends Readonly<Record<string, string | number | null>> {
  readonly status_id: number;
}

const NOTHING = {
  ...{ time: null, wall_time: null, memory: null, exit_code: null, exit_signal: null },
  ...{ stdout: null, stderr: null, compile_output: null, message: null },
};
const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/^C \(/, 'c'],
  [/^C\+\+ \(/, 'cpp'],
  [/^Python \(3/, 'python'],
  [/^JavaScript /, 'javascript'],
];
const SIGNALLED = 128;
const [KILLED, FILE_TOO_LARGE] = [SIGNALLED + 9, SIGNALLED + 25];
const INSIDE = {
  'finds no cgroup': 'No such file or directory @ rb_sysopen - /box/script.py',
  'fails inside': 'Broken pipe',
};

const decoded = (text: string): string => Buffer.from(text, 'base64').toString();
/** An empty text is null, as it is there. */
const encoded = (text: string): string | null => (text === '' ? null : rubyBase64(Buffer.from(text)));

/** Runs it on a real engine, and tells of it in Judge0's words. */
export async function runAsJudge0(
  engine: Judge,
  sent: SentSubmission,
  inside: keyof typeof INSIDE | null,
): Promise<FakeRun> {
  if (inside) return { ...NOTHING, status_id: 13, message: encoded(INSIDE[inside]) };
  const languages = endpoints['/languages'].body as readonly { id: number; name: string }[];
  const name = languages.find(({ id }) => id === sent.language_id)!.name;
  const language = LANGUAGES.find(([pattern]) => pattern.test(name))?.[1] ?? name;
  const outputBytes = sent.max_file_size * 1024;
  const printed: string[] = [];
  // All of what a good run printed comes by this way; what is kept is cut.
  const accepts = (output: string): boolean => {
    printed.push(output);
    return true;
  };
  const job: JudgeJob = {
    language,
    source: decoded(sent.source_code),
    tests: [{ input: decoded(sent.stdin), accepts }],
    limits: {
      ...MANIFEST.defaults.limits,
      cpuMs: sent.cpu_time_limit * 1000,
      wallMs: sent.wall_time_limit * 1000,
      memoryKiB: sent.memory_limit,
      outputBytes,
    },
    stopEarly: true,
    keepOutput: true,
  };
  const { verdict, compiled, tests } = await judged(engine, job);
  const compile_output = encoded(compiled?.output ?? '');
  if (verdict === 'CE') return { ...NOTHING, status_id: 6, compile_output };
  const [test] = tests;
  if (!test) return { ...NOTHING, status_id: 13, message: encoded('The engine behind it failed') };

  const stdout = verdict === 'OLE' ? 'x'.repeat(outputBytes) : (printed[0] ?? test.stdout ?? '');
  const code = { TLE: 0, MLE: KILLED, OLE: FILE_TOO_LARGE }[verdict as string];
  return {
    status_id: verdict === 'AC' ? 3 : verdict === 'TLE' ? 5 : 11,
    time: String(test.cpuMs / 1000),
    wall_time: String(test.wallMs / 1000),
    memory: verdict === 'MLE' ? sent.memory_limit : test.memoryKiB,
    exit_code: code ?? test.exit ?? SIGNALLED + (test.signal ?? 0),
    exit_signal: null,
    stdout: encoded(stdout),
    stderr: encoded(test.stderr ?? ''),
    compile_output,
    message: null,
  };
}
