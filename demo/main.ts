import { parseArgs } from 'node:util';
import { playDuel } from './duel';
import { asText, Story } from './story';
import { isAway } from './wire';

/*
 * Plays a whole duel against a running server, with two scripted players over real HTTP and sockets,
 * and tells what each of them saw. Exit 0: the board is right. Exit 1: a sentence says what is wrong.
 */

const SHORTEST_MINUTES = 0.4;
/** A guest's token lasts a little longer, and nobody here renews it. */
const LONGEST_MINUTES = 10;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      minutes: { type: 'string', default: '0.5' },
      json: { type: 'boolean', default: false },
    },
  });
  const url = values.url.replace(/\/+$/, '');
  const minutes = Number(values.minutes);
  if (!(minutes >= SHORTEST_MINUTES && minutes <= LONGEST_MINUTES))
    return fail(`--minutes must be a number from ${SHORTEST_MINUTES} to ${LONGEST_MINUTES}.`);
  if (!(await answers(url))) return fail(`No server answers at ${url}: start one with "npm start", then try again.`);

  const print = (line: object, text: string) => process.stdout.write(`${values.json ? JSON.stringify(line) : text}\n`);
  const story = new Story((line) => print(line, asText(line)));
  const wrong = await playDuel(url, minutes, story);
  print(
    { right: wrong.length === 0, wrong },
    ['', ...wrong, wrong.length === 0 ? 'The board is right' : 'The board is wrong'].join('\n'),
  );
  return wrong.length === 0 ? 0 : 1;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch (error) {
    if (isAway(error)) return false;
    throw error;
  }
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => process.exit(fail(error instanceof Error ? error.message : String(error))),
);
