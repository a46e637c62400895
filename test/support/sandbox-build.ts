import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './source-tree';

const SOURCE = join(ROOT, 'src/adapters/embedded/judge/sandbox.c');
const STRICT = ['-Wall', '-Wextra', '-Werror'];

/* Sanitizers take their settings from the environment, and the sandbox is started with none. */
const SETTINGS = `
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0:abort_on_error=1:allocator_may_return_null=1"; }
const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void) { return "halt_on_error=1:abort_on_error=1:print_stacktrace=1"; }
`;

export type SandboxKind = 'plain' | 'sanitized';

/** The sandbox as it is, or so that any misstep of its memory or its arithmetic ends it with words on stderr. */
export async function buildForTest(kind: SandboxKind): Promise<{ executable: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'joust-sandbox-'));
  await chmod(folder, 0o711);
  const executable = join(folder, 'sandbox');
  const settings = join(folder, 'settings.c');
  await writeFile(settings, SETTINGS);
  const flags =
    kind === 'plain'
      ? ['-O2']
      : ['-O1', '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer', settings];
  await promisify(execFile)('cc', [...STRICT, ...flags, '-o', executable, SOURCE]);
  return { executable, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Whether these are a sanitizer's words. */
export const isMisstep = (said: string): boolean => /Sanitizer|runtime error:/.test(said);
