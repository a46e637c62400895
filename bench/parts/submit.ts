import { Client } from 'pg';
import { attachPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import type { SubmitPlan, SubmitResult } from '../children/submitters';
import type { TransactionPlan, TransactionResult } from '../children/transactions';
import { duels } from '../support/people';
import { QUEUE, startHelper, startJoust, type Joust } from '../support/processes';
import type { Report } from '../support/report';
import { percentile } from '../support/statistics';

const CONNECTIONS = 16;
const ROOMS = 128;

/**
 * Accepted submissions per second, beside a bare transaction that writes the same rows. Measured
 * with nobody judging, for a judge takes the processors accepting needs; and again beside a judge.
 */
export async function submit(report: Report, smoke: boolean): Promise<void> {
  const seconds = smoke ? 1 : 4;
  const rounds = smoke ? 1 : 3;
  const silent = await startJoust({ BENCH_SILENT_QUEUE: QUEUE });
  await accepting(silent, 64, 1);
  for (const clients of [8, 64]) {
    const bare: number[] = [];
    const own: number[] = [];
    const cpu: { own: number; bare: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const plain = await transactions(silent, clients, seconds);
      const mine = await accepting(silent, clients, seconds);
      bare.push(plain.perSecond);
      own.push(mine.perSecond);
      cpu.push({ own: mine.cpuMs, bare: plain.cpuMs });
    }
    const [value, best] = [Math.max(...own), Math.max(...bare)];
    const note = `best of ${rounds} rounds; all: ${own.map(Math.round).join(' ')}, bare ${bare.map(Math.round).join(' ')}`;
    report.add({
      ...{ part: 'submit', what: `202s, ${clients} clients, nobody judging`, unit: '/s', value, bare: best },
      ...{ judged: value / best, goal: { least: 0.5 }, note },
    });
    const [ownCpu, bareCpu] = [Math.min(...cpu.map((one) => one.own)), Math.min(...cpu.map((one) => one.bare))];
    const processor = { what: `processor time per 202, ${clients} clients`, unit: 'ms', value: ownCpu, bare: bareCpu };
    report.add({ part: 'submit', ...processor, note: 'of the Node process; PostgreSQL comes on top of both' });
    const rate = value / 2;
    const half: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { latenciesMs } = await accepting(silent, clients, seconds, rate);
      half.push(percentile(latenciesMs, 0.99));
    }
    report.add({
      ...{ part: 'submit', what: `p99 of a 202 at ${Math.round(rate)}/s`, unit: 'ms', value: Math.min(...half) },
      ...{ goal: { most: 50 }, note: `all rounds: ${half.map(Math.round).join(' ')}` },
    });
  }
  await silent.stop();

  const judging = await startJoust();
  await accepting(judging, 64, 1);
  for (const clients of [8, 64]) {
    const { perSecond } = await accepting(judging, clients, seconds);
    report.add({ part: 'submit', what: `202s, ${clients} clients, beside the judge`, unit: '/s', value: perSecond });
  }
  await judging.stop();
}

/** In rooms of its own, so that each holds about as many submissions as a duel does. What is still owed is then forgotten. */
async function accepting(
  joust: Joust,
  clients: number,
  seconds: number,
  rate?: number,
): Promise<SubmitResult & { cpuMs: number }> {
  const { url, dataDir } = joust;
  const rooms = await duels(url, ROOMS);
  const helper = startHelper<SubmitPlan, SubmitResult>('children/submitters.ts');
  const plan = { url, duels: rooms, clients, seconds, ...(rate !== undefined && { rate }) };
  const before = await joust.cpuMs();
  const result = await helper.ask(plan);
  const cpuMs = ((await joust.cpuMs()) - before) / result.latenciesMs.length;
  helper.end();
  const refused = Object.entries(result.refused);
  if (refused.length > 0) throw new Error(`Not all were accepted: ${JSON.stringify(refused)}`);
  await inDatabase(dataDir, `UPDATE submissions SET verdict = 'JE', due_at = NULL WHERE due_at IS NOT NULL`);
  return { ...result, cpuMs };
}

async function transactions({ dataDir }: Joust, clients: number, seconds: number): Promise<TransactionResult> {
  const helper = startHelper<TransactionPlan, TransactionResult>('children/transactions.ts');
  const { connection } = (await attachPostgres({ dataDir }))!;
  const plan = { connection, connections: CONNECTIONS, clients, seconds };
  const result = await helper.ask(plan);
  helper.end();
  return result;
}

async function inDatabase(dataDir: string, sql: string): Promise<void> {
  const client = new Client((await attachPostgres({ dataDir }))!.connection);
  await client.connect();
  await client.query(sql);
  await client.end();
}
