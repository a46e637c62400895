// Runs every solution of every problem over all its tests and prints what came out:
//   node problems/check.mjs [slug …]
// accepted* must pass with twice the CPU time to spare, wrong* must fail some test by its answer, slow* must need
// more than three times the limit on some test. No sandbox: these are our own programs. Problems with a checker of their
// own are left to `npm run -s cli -- problem:verify`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slugs } from './generate.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const PYTHON = '/usr/bin/python3';
const RESERVE = 2;
const EXCESS = 3;

function testsOf(slug) {
  return ['samples', 'secret'].flatMap((folder) =>
    readdirSync(join(root, slug, folder))
      .filter((name) => name.endsWith('.in'))
      .sort()
      .map((name) => {
        const input = join(root, slug, folder, name);
        return { name: `${folder}/${name}`, input, answer: readFileSync(input.replace(/in$/, 'ans'), 'utf8') };
      }),
  );
}

const tokens = (output) => output.split(/\s+/).filter((token) => token !== '');

function agrees(checker, output, answer) {
  if (checker.kind === 'exact') return output === answer;
  if (checker.kind === 'lines') {
    const lines = (text) => text.trimEnd().split('\n').map((line) => line.trimEnd());
    return lines(output).join('\n') === lines(answer).join('\n');
  }
  const [got, wanted] = [tokens(output), tokens(answer)];
  if (got.length !== wanted.length) return false;
  return got.every((token, i) => {
    if (token === wanted[i]) return true;
    if (checker.kind !== 'float') return false;
    const off = Math.abs(Number(token) - Number(wanted[i]));
    return off <= checker.abs || off <= checker.rel * Math.abs(Number(wanted[i]));
  });
}

const METER = `
import resource, subprocess, sys
done = subprocess.run(sys.argv[2:], stdin=open(sys.argv[1]), stdout=sys.stdout, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(int(1000 * (used.ru_utime + used.ru_stime)), used.ru_maxrss, done.returncode, file=sys.stderr)
`;

/** Runs a program, killed by the kernel a little past three times its CPU limit; a wrapper reads what it used. */
function run(command, input, cpuMs) {
  const seconds = Math.ceil((cpuMs * EXCESS) / 1000) + 1;
  const script = `ulimit -t ${seconds}; exec "$0" "$@"`;
  const result = spawnSync(PYTHON, ['-c', METER, input, 'bash', '-c', script, ...command], { maxBuffer: 1 << 28 });
  const [usedMs, memoryKiB, status] = result.stderr.toString().trim().split('\n').at(-1).split(' ').map(Number);
  return { usedMs, memoryKiB, status, output: result.stdout.toString() };
}
function commandOf(path, work) {
  if (path.endsWith('.py')) return [PYTHON, path];
  const program = join(work, 'program');
  execFileSync('g++', ['-O2', '-std=c++17', '-Wall', '-Wextra', '-o', program, path], { stdio: 'inherit' });
  return [program];
}

function judge(slug, name, work) {
  const { limits, checker } = JSON.parse(readFileSync(join(root, slug, 'problem.json'), 'utf8'));
  const kind = name.split(/[-.]/)[0];
  const command = commandOf(join(root, slug, 'solutions', name), work);
  const seen = { worstMs: 0, worstKiB: 0, wrong: [], slow: [], crashed: [] };
  for (const test of testsOf(slug)) {
    const { usedMs, memoryKiB, status, output } = run(command, test.input, limits.cpuMs);
    seen.worstMs = Math.max(seen.worstMs, usedMs);
    seen.worstKiB = Math.max(seen.worstKiB, memoryKiB);
    if (usedMs > limits.cpuMs) seen.slow.push(test.name);
    else if (status !== 0) seen.crashed.push(test.name);
    else if (!agrees(checker, output, test.answer)) seen.wrong.push(test.name);
    if (kind === 'slow' && usedMs > EXCESS * limits.cpuMs) break;
    if (kind === 'wrong' && seen.wrong.length > 2) break;
  }
  const clean = seen.crashed.length === 0 && seen.worstKiB < limits.memoryKiB;
  const fine = {
    accepted: clean && seen.wrong.length + seen.slow.length === 0 && seen.worstMs * RESERVE <= limits.cpuMs,
    wrong: clean && seen.wrong.length > 0 && seen.slow.length === 0,
    slow: clean && seen.wrong.length === 0 && seen.worstMs > EXCESS * limits.cpuMs,
  }[kind];
  return { limits, seen, fine };
}

let failures = 0;
for (const slug of process.argv.length > 2 ? process.argv.slice(2) : slugs()) {
  const { checker } = JSON.parse(readFileSync(join(root, slug, 'problem.json'), 'utf8'));
  if ('file' in checker) {
    console.log(`--    ${slug} has a checker of its own: npm run -s cli -- problem:verify ${slug}`);
    continue;
  }
  for (const name of readdirSync(join(root, slug, 'solutions')).sort()) {
    const work = mkdtempSync(join(tmpdir(), 'check-'));
    const { limits, seen, fine } = judge(slug, name, work);
    rmSync(work, { recursive: true });
    if (!fine) failures++;
    console.log(
      [
        fine ? 'ok  ' : 'FAIL',
        slug.padEnd(20),
        name.padEnd(28),
        `${seen.worstMs} of ${limits.cpuMs} ms`.padStart(18),
        `${Math.round(seen.worstKiB / 1024)} MiB`.padStart(8),
        ...['wrong', 'slow', 'crashed'].filter((what) => seen[what].length > 0).map((what) => `${what}: ${seen[what][0]}`),
      ].join('  '),
    );
  }
}
process.exitCode = failures > 0 ? 1 : 0;
