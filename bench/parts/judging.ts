import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { duels, SUM, submission, call, type Duel } from '../support/people';
import { ROOT, startJoust, temporaryFolder } from '../support/processes';
import type { Report } from '../support/report';
import { inParallel, median, now } from '../support/statistics';
import { watching } from './events';

const PROBLEM = 'flooded-cellar';
const PYTHON = '/usr/bin/python3';

/**
 * From the receipt of a submission to its verdict in its author's socket, one at a time, each source
 * a new one so that nothing is compiled already. Beside it, in turn, the bare compiler and the bare
 * runs as Node starts processes, as many at a time as the judge has slots.
 */
export async function judging(report: Report, smoke: boolean): Promise<void> {
  const slots = availableParallelism();
  const rounds = smoke ? 2 : 10;
  // The trials of other languages, which a first start makes, are not beside it.
  const joust = await startJoust({ JUDGE_SLOTS: String(slots), JUDGE_LANGUAGES: 'python,cpp' });
  const accepted = readFileSync(join(ROOT, 'problems', PROBLEM, 'solutions/accepted.cpp'), 'utf8');
  for (const { slug, language, source, goal } of [
    { slug: 'a-plus-b', language: 'python', source: `${SUM} #`, goal: undefined },
    { slug: PROBLEM, language: 'cpp', source: `${accepted}\n//`, goal: 1.3 },
  ]) {
    const [duel] = await duels(joust.url, 1, { problems: [slug] });
    const inputs = inputsOf(slug);
    const own: number[] = [];
    const bare: number[] = [];
    const judge = await judgeOf(joust.url, duel!);
    for (let round = 0; round <= rounds; round++) {
      const [mine, plain] = [
        await judge(`${source} ${round}`, language),
        await bareRun(source, language, inputs, slots),
      ];
      // The first of each meets cold caches.
      if (round > 0) own.push(mine);
      if (round > 0) bare.push(plain);
    }
    const [value, base] = [median(own), median(bare)];
    const what = `receipt -> verdict, ${language}, ${inputs.length} tests, ${slots} slots`;
    const measured = {
      part: 'judging',
      what,
      unit: 'ms',
      value,
      bare: base,
      note: `best ${Math.min(...own).toFixed(0)}`,
    };
    report.add({ ...measured, ...(goal ? { judged: value / base, goal: { most: goal } } : { goal: { most: 60 } }) });
  }
  await joust.stop();
}

async function judgeOf(url: string, { roomId, players }: Duel) {
  let heard: (verdict: string) => void = () => undefined;
  await watching(url, players[0].token, roomId, ({ type, data }) => {
    if (type === 'submission.judged') heard(String(data['verdict']));
  });
  return async (source: string, language: string): Promise<number> => {
    const judged = new Promise<{ verdict: string; at: number }>((resolve) => {
      heard = (verdict) => resolve({ verdict, at: now() });
    });
    const { body } = await call(
      url,
      'POST',
      `/rooms/${roomId}/submissions`,
      players[0].token,
      submission(source, language),
    );
    const { verdict, at } = await judged;
    if (verdict !== 'AC') throw new Error(`A right program was judged ${verdict}`);
    return at - Date.parse(body.receivedAt);
  };
}

function inputsOf(slug: string): string[] {
  return ['samples', 'secret'].flatMap((part) => {
    const folder = join(ROOT, 'problems', slug, part);
    const names = readdirSync(folder).filter((name) => name.endsWith('.in'));
    return names.map((name) => readFileSync(join(folder, name), 'utf8'));
  });
}

async function bareRun(source: string, language: string, inputs: readonly string[], width: number): Promise<number> {
  const program = join(temporaryFolder(), 'program');
  const began = now();
  if (language === 'cpp') await run('g++', ['-std=c++17', '-O2', '-pthread', '-x', 'c++', '-o', program, '-'], source);
  const [command, ...args] = language === 'cpp' ? [program] : [PYTHON, '-I', '-B', '-c', source];
  await inParallel(inputs, width, (input) => run(command, args, input));
  return now() - began;
}

async function run(command: string, args: readonly string[], input: string): Promise<void> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdout.resume();
  child.stdin.end(input);
  const [code]: (number | null)[] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ended with ${code ?? 'a signal'}`);
}
