import { ready, startJoust, temporaryFolder } from '../support/processes';
import type { Report } from '../support/report';

/** From `npm start` to the line that says ready: in an empty folder, and again in the same one. */
export async function start(report: Report, smoke: boolean): Promise<void> {
  const bare = await npm(['exec', '--', 'node', '-e', 'console.log("http://bare")'], {});
  const dataDir = temporaryFolder();
  const seconds = { part: 'start', unit: 's', bare: bare / 1000 };
  report.add({ ...seconds, what: 'npm start, first', value: (await started(dataDir)) / 1000, goal: { most: 8 } });
  const again: number[] = [];
  for (let round = 0; round < (smoke ? 1 : 3); round++) again.push((await started(dataDir)) / 1000);
  const note = `best of ${again.map((value) => value.toFixed(2)).join(' ')}; bare: npm and an empty node`;
  report.add({ ...seconds, what: 'npm start, later', value: Math.min(...again), goal: { most: 3 }, note });
}

async function started(dataDir: string): Promise<number> {
  const npm = await startJoust({}, dataDir, ['npm', 'start']);
  await npm.stop();
  return npm.readyMs;
}

async function npm(words: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return (await ready('npm', words, env)).readyMs;
}
