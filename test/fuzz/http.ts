import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { type Person, Refused } from '../../bench/support/people';
import { type Answer, wrongWith } from './answers';
import { Cast } from './cast';
import { disturbed } from './hostile';
import { Random } from './random';
import type { Report } from './report';
import { nextWish, routeOf, type Wish } from './requests';

/** How long a fuzzer goes on, on what, and from which seed. */
export interface Plan {
  readonly url: string;
  readonly seed: number;
  readonly until: () => boolean;
  /** Somebody who may do everything, and still may: others of his kind, or he himself, may have taken that away. */
  readonly admin: () => Promise<Person>;
}

const WORKERS = 24;
/** By then most of a cast has left, lost or been thrown out. */
const CAST_LASTS = 600;
/** What an admin tells all rooms takes a while where many of him do so at once. */
const PATIENCE_MS = 50_000;
/** Of whoever is sent half a request no answer is due: this long is waited for one. */
const RAW_PATIENCE_MS = 100;
/** A stream is listened to for its beginning. */
const STREAM = /\/stream$/;

const agent = new Agent({ keepAlive: true, maxSockets: WORKERS });

/** Sends requests made from the table of routes, right ones and others, and holds every answer against the contract. */
export async function fuzzHttp(plan: Plan, report: Report): Promise<void> {
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker, plan, report)));
  agent.destroy();
}

async function work(worker: number, { url, seed, until, admin }: Plan, report: Report): Promise<void> {
  for (let round = 0; !until(); round += 1) {
    const cast = await gathered(url, worker, await admin(), report);
    if (cast === null) continue;
    for (let n = 0; n < CAST_LASTS && !until(); n += 1) {
      const random = Random.of(seed, worker, round, n);
      const wishes = Array.from({ length: random.chance(0.02) ? 1 + random.below(3) : 0 }, () =>
        nextWish(random, cast),
      );
      const at = { seed, worker, round, n };
      try {
        if (wishes.length > 0) await sendRaw(url, wishes, random, report, at);
        else await sendOne(url, nextWish(random, cast), cast, report, at);
      } catch (error) {
        report.fail(String(error), at);
      }
    }
  }
}

/** Null where another worker, who is an admin too, has got at one of them first: so it may go, and is counted. */
async function gathered(url: string, worker: number, admin: Person, report: Report): Promise<Cast | null> {
  try {
    return await Cast.gather(url, worker, admin);
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500) throw error;
    report.count('a cast', error.status);
    return null;
  }
}

async function sendOne(url: string, wish: Wish, cast: Cast, report: Report, at: object): Promise<void> {
  const kind = routeOf(wish.method, wish.path)?.name ?? `${wish.method} elsewhere`;
  const answer = await send(url, wish).catch((error: unknown) => error as Error);
  if (answer instanceof Error) {
    report.count(kind, 'cut off');
    report.fail(`The connection was cut: ${answer.message}`, { ...at, ...shown(wish) });
    return;
  }
  report.count(kind, answer.status);
  const wrong = wrongWith(wish, answer);
  if (wrong !== null) report.fail(wrong, { ...at, ...shown(wish), answer });
  if (answer.status < 300) cast.learn(answer.text);
}

function send(url: string, { method, path, headers, body }: Wish): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === null && method !== 'POST' ? {} : { 'content-length': body?.length ?? 0 };
    const all = { ...headers, ...length } as Record<string, string>;
    const sent = request(url + '/', { path, method, headers: all, agent }, (response) => {
      const pieces: Buffer[] = [];
      const done = () => {
        const { statusCode, headers: theirs } = response;
        resolve({
          status: statusCode!,
          requestId: theirs['x-request-id'] as string,
          text: Buffer.concat(pieces).toString(),
        });
      };
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', done);
      response.on('error', reject);
      if (response.statusCode === 200 && STREAM.test(path.split('?')[0]!)) {
        done();
        sent.destroy();
      }
    });
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error('No answer came')));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Bytes on a connection of their own: requests one after the other, none of them quite right. */
async function sendRaw(
  url: string,
  wishes: readonly Wish[],
  random: Random,
  report: Report,
  at: object,
): Promise<void> {
  const { port, hostname } = new URL(url);
  const bytes = Buffer.concat(wishes.map((wish) => disturbed(written(wish, random), random)));
  const text = await new Promise<string>((resolve) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const over = () => socket.destroy();
    socket.setTimeout(RAW_PATIENCE_MS, over);
    socket.on('data', (piece) => (heard += piece.toString('latin1')));
    // A reset is an answer too.
    socket.on('error', over);
    socket.on('close', () => resolve(heard));
  });
  const statuses = [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status));
  for (const wish of wishes)
    report.count('bytes', statuses.shift() ?? `none (${wish.method === 'GET' ? 'GET' : 'other'})`);
  if (/^HTTP\/1\.[01] 5(?!03)/m.test(text))
    report.fail('Bytes are answered with a fault', { ...at, bytes: bytes.toString('base64'), text });
}

/** As text, now and then with lengths and codings that contradict each other. */
function written({ method, path, headers, body }: Wish, random: Random): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
  const framing = random.pick([
    `content-length: ${body?.length ?? 0}`,
    `content-length: ${random.below(400)}`,
    'transfer-encoding: chunked',
    `content-length: 5\r\ntransfer-encoding: chunked`,
    'transfer-encoding: chunked, identity',
    'content-length: -1',
    'content-length: 1e9',
    'x: \0',
    ' folded: yes',
    `x-${'a'.repeat(random.below(20_000))}: 1`,
    'expect: 100-continue',
    'upgrade: h2c\r\nconnection: upgrade',
  ]);
  const end = random.chance(0.05) ? '\n' : '\r\n';
  const version = random.chance(0.95) ? 'HTTP/1.1' : random.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', '']);
  return [`${method} ${path} ${version}`, 'host: 127.0.0.1', ...lines, framing, '', body?.toString() ?? ''].join(end);
}

const shown = ({ method, path, headers, body }: Wish) => ({ method, path, headers, body: body?.toString() ?? null });
