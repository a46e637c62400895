import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Judge } from '../../src/ports';
import { runAsJudge0, type FakeRun, type SentSubmission } from './fake-judge0-run';
import { answers, endpoints } from './judge0-recordings';

/** What Judge0, or what stands before it, may answer instead of the right thing. `kept 500`: it has done it all the same. */
type BadAnswer = '500' | 'kept 500' | '503' | '429' | 'garbage' | 'empty' | 'cut' | 'silence' | 'reset' | 'endless';
/** What may become of a run. */
type BadRun =
  'stays queued' | 'stays running' | 'is lost' | 'is refused' | 'fails inside' | 'finds no cgroup' | 'is plain';
type BadCallback = 'twice' | 'late' | 'garbage';

interface Kept {
  readonly sent: SentSubmission;
  readonly token: string;
  readonly trouble: BadRun | undefined;
  state: number;
  run: FakeRun | null;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

const STATIC = ['/languages', '/config_info', '/about', '/statuses'] as const;
const LATE_MS = 300;

/**
 * A Judge0 to test against: its routes, words and manners are those recorded from a real one, and
 * the programs are really run, by the engine it is given. It can be told to behave as badly as Judge0
 * and the networks before it do.
 */
export class FakeJudge0 {
  /** All that it was asked and sent so far. */
  readonly asked: Asked[] = [];
  readonly sent: SentSubmission[] = [];
  /** How often it called back, and what it was answered. */
  readonly calledBack: number[] = [];
  /** What it says of itself; change it as an operator would. */
  readonly config: Record<string, unknown> = { ...(endpoints['/config_info'].body as object) };
  version = '1.13.1';
  token: string | null = null;
  callbacks: BadCallback | null = null;
  /** How long a run waits, and how long every answer takes. */
  queueMs = 0;
  answerMs = 0;
  private readonly kept = new Map<string, Kept>();
  private badAnswers: { kind: BadAnswer; left: number; on: RegExp } | null = null;
  private badRuns: { kind: BadRun; left: number } | null = null;
  private readonly pending = new Set<Promise<unknown>>();

  private constructor(
    private readonly engine: Judge,
    private readonly http: Server,
    readonly port: number,
  ) {
    http.on('request', (request: IncomingMessage, response: ServerResponse) => void this.answer(request, response));
  }

  static async start(engine: Judge, port = 0): Promise<FakeJudge0> {
    const http = createServer().listen(port, '127.0.0.1');
    await once(http, 'listening');
    return new FakeJudge0(engine, http, (http.address() as AddressInfo).port);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  /** Of the runs it was given, those that have ended. */
  get ended(): number {
    return [...this.kept.values()].filter(({ state }) => state > 2).length;
  }

  /** From now on, so many requests to what `on` matches are answered so. */
  answersWith(kind: BadAnswer, left = Infinity, on = /./): void {
    this.badAnswers = { kind, left, on };
  }
  /** From now on, this becomes of so many runs. */
  everyRun(kind: BadRun, left = Infinity): void {
    this.badRuns = { kind, left };
  }
  heal(): void {
    this.badAnswers = this.badRuns = this.callbacks = null;
    this.queueMs = this.answerMs = 0;
  }

  async close(): Promise<void> {
    const closed = once(this.http, 'close');
    this.http.close();
    this.http.closeAllConnections();
    await closed;
    await Promise.all(this.pending);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, this.url);
    this.asked.push({ method, path: url, headers: request.headers });
    const text = await textOf(request);
    if (this.answerMs > 0) await pause(this.answerMs);
    const bad = this.badAnswers?.on.test(`${method} ${pathname}`) ? this.badAnswers : null;
    if (bad && bad.left-- > 0) {
      if (bad.kind === 'kept 500') this.create(text);
      answerBadly(bad.kind, response);
      return;
    }
    if (this.token !== null && request.headers['x-auth-token'] !== this.token) send(response, answers.noToken);
    else if (method === 'POST' && pathname === '/submissions/batch') send(response, this.create(text));
    else if (method === 'GET' && pathname === '/submissions/batch') send(response, this.show(searchParams));
    else send(response, this.describe(pathname));
  }

  private describe(path: string) {
    if (path === '/config_info') return { status: 200, body: this.config };
    if (path === '/about') return { status: 200, body: { version: this.version } };
    const known = STATIC.find((one) => one === path);
    return endpoints[known ?? '/nope'];
  }

  private create(text: string) {
    const { submissions } = JSON.parse(text) as { submissions: SentSubmission[] };
    const waiting = [...this.kept.values()].filter(({ state }) => state === 1).length;
    if (submissions.length > Number(this.config['max_submission_batch_size'])) return answers.batchTooLong;
    if (waiting + submissions.length > Number(this.config['max_queue_size'])) return answers.queueFull;
    const body = submissions.map((sent) => this.take(sent));
    return { status: body.some((entry) => 'token' in entry) ? 201 : 422, body };
  }

  private take(sent: SentSubmission): object {
    this.sent.push(sent);
    const trouble = this.badRuns && this.badRuns.left-- > 0 ? this.badRuns.kind : undefined;
    if (trouble === 'is refused') return { language_id: [`language with id ${sent.language_id} doesn't exist`] };
    const wrong = this.objections(sent);
    if (wrong) return wrong;
    const kept: Kept = { sent, token: randomUUID(), trouble, state: 1, run: null };
    this.kept.set(kept.token, kept);
    const work = this.work(kept).finally(() => this.pending.delete(work));
    this.pending.add(work);
    return { token: kept.token };
  }

  /** What a real one would not take. */
  private objections(sent: SentSubmission): object | null {
    const languages = endpoints['/languages'].body as readonly { id: number; name: string }[];
    const name = languages.find(({ id }) => id === sent.language_id)?.name;
    if (name === undefined) return { language_id: [`language with id ${sent.language_id} doesn't exist`] };
    if (sent.compiler_options !== undefined && !name.startsWith('C'))
      return answers.optionsOnInterpreted.body as object;
    const limits = [
      'cpu_time_limit',
      'cpu_extra_time',
      'wall_time_limit',
      'memory_limit',
      'stack_limit',
      'max_file_size',
    ];
    for (const limit of limits) {
      const most = Number(this.config[`max_${limit}`]);
      if (Number(sent[limit]) > most) return { [limit]: [`must be less than or equal to ${most}`] };
    }
    return sent.wall_time_limit < 1 ? { wall_time_limit: ['must be greater than or equal to 1'] } : null;
  }

  private async work(kept: Kept): Promise<void> {
    if (this.queueMs > 0) await pause(this.queueMs);
    if (kept.trouble === 'stays queued') return;
    kept.state = 2;
    if (kept.trouble === 'stays running') return;
    const inside = kept.trouble === 'finds no cgroup' || kept.trouble === 'fails inside' ? kept.trouble : null;
    kept.run = await runAsJudge0(this.engine, kept.sent, inside);
    kept.state = kept.run.status_id;
    if (kept.sent.callback_url !== undefined) await this.callBack(kept.sent.callback_url, kept.run);
  }

  /** As a real one calls: by PUT, unsigned, base64; whoever hears it must not believe it. */
  private async callBack(url: string, run: FakeRun): Promise<void> {
    if (this.callbacks === 'late') await pause(LATE_MS);
    const body =
      this.callbacks === 'garbage' ? '\0{"status":' : JSON.stringify({ ...run, status: { id: run.status_id } });
    for (const _ of this.callbacks === 'twice' ? [1, 2] : [1]) {
      const headers = { 'content-type': 'application/json' };
      const status = await fetch(url, { method: 'PUT', headers, body }).then(
        (response) => response.status,
        () => 0, // a server that is gone is called in vain
      );
      this.calledBack.push(status);
    }
  }

  private show(query: URLSearchParams) {
    const fields = (query.get('fields') ?? '').split(',');
    const submissions = (query.get('tokens') ?? '').split(',').map((token) => {
      const kept = this.kept.get(token);
      if (!kept || kept.trouble === 'is lost') return null;
      const all: Readonly<Record<string, unknown>> = { ...kept.run, status_id: kept.state };
      const plain = (text: unknown) =>
        kept.trouble === 'is plain' && typeof text === 'string' ? Buffer.from(text, 'base64').toString() + '?' : text;
      return Object.fromEntries(fields.map((field) => [field, plain(all[field] ?? null)]));
    });
    return { status: 200, body: { submissions } };
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

function send(response: ServerResponse, { status, body }: { readonly status: number; readonly body: unknown }): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(body === '' ? '' : JSON.stringify(body));
}

function answerBadly(kind: BadAnswer, response: ServerResponse): void {
  if (kind === 'silence') return;
  if (kind === 'reset') response.destroy();
  else if (kind === 'garbage') response.end('<html><body>It works!</body></html>');
  else if (kind === 'empty') response.end();
  else if (kind === 'cut') response.end('{"submissions":[{"token":"x"},');
  else if (kind === 'endless') pourInto(response);
  else send(response, { status: Number(kind.slice(-3)), body: kind === '503' ? { error: 'queue is full' } : '' });
}

/** More than anybody should read; it ends when the reader turns away. */
function pourInto(response: ServerResponse): void {
  const piece = Buffer.alloc(65_536, 'x');
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', more);
  more();
}
