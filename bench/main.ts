import { crowd } from './parts/crowd';
import { engine } from './parts/engine';
import { events } from './parts/events';
import { fanout } from './parts/fanout';
import { judges } from './parts/judges';
import { judging } from './parts/judging';
import { queue } from './parts/queue';
import { page } from './parts/page';
import { sockets } from './parts/sockets';
import { start } from './parts/start';
import { statements } from './parts/statements';
import { submit } from './parts/submit';
import { machine, Report } from './support/report';

/*
 * Measures the built server beside bare means in the same run. Nothing is asserted: goals are shown as
 * met or missed. `npm run bench -- submit sockets` runs some parts only; `--smoke` takes seconds. The parts
 * `queue` and `judges` need a RabbitMQ, at AMQP_URL or on this machine.
 * BENCH_CPU_PROFILE=FOLDER writes a profile of every server.
 */

const PARTS = { submit, events, fanout, judging, engine, queue, judges, sockets, crowd, start, statements, page };
type Part = keyof typeof PARTS;
const isPart = (word: string): word is Part => Object.hasOwn(PARTS, word);

process.setMaxListeners(0);
// Ended early, it still ends its servers and removes its folders.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

async function main(words: readonly string[]): Promise<void> {
  const smoke = words.includes('--smoke');
  const asked = words.filter((word) => word !== '--smoke');
  const unknown = asked.filter((word) => !isPart(word));
  if (unknown.length > 0)
    throw new Error(`No such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  const report = new Report();
  report.line(machine());
  for (const part of asked.length > 0 ? asked.filter(isPart) : (Object.keys(PARTS) as Part[]))
    await PARTS[part](report, smoke);
  report.line(machine());
  report.table();
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
