import type { Limits } from '../../contract/terms';
import type { JudgeCapabilities } from '../../ports';
import { Fault, Outage } from './api';
import { runBatch, type BatchOptions } from './batch-run';
import type { Judge0Client, Judge0Description } from './client';
import { offeredLanguages, type LanguageChoice, type OfferedLanguage } from './languages';
import { verdictOfRun } from './run-verdict';
import type { Judge0Config, Judge0Run } from './shapes';
import { grantedLimits, submissionOf } from './submission';

type Finding = JudgeCapabilities['findings'][number];

/** What an examination that went well knows. */
export interface Found {
  readonly version: string;
  readonly config: Judge0Config;
  readonly languages: readonly OfferedLanguage[];
  readonly findings: readonly Finding[];
}

const LIMITS: Limits = {
  cpuMs: 2_000,
  wallMs: 5_000,
  memoryKiB: 262_144,
  outputBytes: 65_536,
  fileBytes: 65_536,
  compileCpuMs: 10_000,
  compileWallMs: 20_000,
  compileMemoryKiB: 1_048_576,
};
/** Older ones let a program out of its box (CVE-2024-28185, 28189, 29021). */
const SAFE_SINCE = '1.13.1';
const NO_CGROUP_V1 = /rb_sysopen - \/box\//;

interface ExaminationOptions extends Omit<BatchOptions, 'guard' | 'compilerKiB'> {
  readonly choice: LanguageChoice;
}

/** Asks Judge0 what it is, and has it run one line: some faults show in nothing else. @throws {Outage} with what to do */
export async function examine({ choice, ...options }: ExaminationOptions): Promise<Found> {
  const { version, config, languages: listed } = await describe(options.client, options.signal);
  if (config.maintenance_mode) throw new Outage('Judge0 is in maintenance mode');
  if (!config.enable_batched_submissions)
    throw new Outage('Judge0 takes no batches: set ENABLE_BATCHED_SUBMISSIONS=true there');
  const languages = offeredLanguages(listed, config, choice);
  const [language] = languages.toSorted((a, b) => Number(b.id === 'python') - Number(a.id === 'python'));
  if (!language) throw new Outage('Judge0 lists no language we know: name some in JUDGE0_LANGUAGES');
  await runOneLine(language, config, choice, options);
  return { version, config, languages, findings: findingsOf(version, config, languages, choice) };
}

async function describe(client: Judge0Client, signal: AbortSignal): Promise<Judge0Description> {
  try {
    return await client.describe(signal);
  } catch (error) {
    throw error instanceof Fault ? new Outage(error.message) : error;
  }
}

async function runOneLine(
  language: OfferedLanguage,
  config: Judge0Config,
  { noCgroup }: LanguageChoice,
  options: Omit<ExaminationOptions, 'choice'>,
): Promise<void> {
  const granted = grantedLimits(LIMITS, config);
  const submission = submissionOf(language, language.template, '3 4\n', granted, { noCgroup });
  const batch = {
    ...options,
    compilerKiB: config.max_max_file_size,
    guard: <T>(request: () => Promise<T>) => request(),
  };
  try {
    for await (const { run } of runBatch([submission], batch)) {
      if (verdictOfRun(run, granted, LIMITS, (output) => output.trim() === '7') !== 'AC')
        throw new Outage(inWords(run));
    }
  } catch (error) {
    throw error instanceof Fault ? new Outage(`A one-line program did not come back: ${error.message}`) : error;
  }
}

/** What a line that did not work says about the host it did not work on. */
function inWords(run: Judge0Run): string {
  const says = run.message.toString();
  if (NO_CGROUP_V1.test(says))
    return `Judge0 cannot open its boxes (${says}): it needs a host with cgroup v1. Boot that host with systemd.unified_cgroup_hierarchy=0, or set JUDGE0_NO_CGROUP=on.`;
  const heard = [says, run.compile_output, run.stderr, run.stdout].map(String).find((text) => text !== '');
  return `Judge0 does not run a one-line program: state ${run.status_id}, ${heard?.slice(0, 300) ?? 'without a word'}`;
}

function findingsOf(
  version: string,
  config: Judge0Config,
  languages: readonly OfferedLanguage[],
  { numbers, noCgroup }: LanguageChoice,
): Finding[] {
  const unknown = [...numbers.keys()].filter((id) => !languages.some((language) => language.id === id));
  const isOld = version.localeCompare(SAFE_SINCE, 'en', { numeric: true }) < 0;
  const wrong = [
    ...(isOld ? [`Judge0 ${version} has holes that let programs out: use ${SAFE_SINCE} or newer.`] : []),
    ...(config.allow_enable_network
      ? ['Judge0 would grant a program the network: set ALLOW_ENABLE_NETWORK=false there.']
      : []),
    ...(config.enable_compiler_options ? [] : ['Judge0 takes no compiler options: C and C++ run without -O2.']),
    ...unknown.map((id) => `JUDGE0_LANGUAGES names ${id}, which is no language of ours or has no such number there.`),
  ];
  return [
    {
      ok: true,
      says: `A one-line program ran${noCgroup ? ', without cgroups: memory is limited as address space' : ''}.`,
    },
    { ok: true, says: 'Judge0 runs no checkers of problems of their own, and nothing interactive.' },
    ...wrong.map((says) => ({ ok: false, says })),
  ];
}
