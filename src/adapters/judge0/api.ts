import { ExponentialBackoff, handleType, retry } from 'cockatiel';
import type { z } from 'zod';

/** Judge0 as a whole cannot work now: it is away, overloaded, ill or not ours to use. Waiting may help. */
export class Outage extends Error {}

/** Judge0 works, but did not do this: it refused it, lost it, or sits on it. */
export class Fault extends Error {}

export interface Judge0Access {
  readonly url: string;
  /** Sent as `X-Auth-Token`. */
  readonly authToken?: string;
  /** For the hosted Judge0; sent with the host of `url`. */
  readonly rapidApiKey?: string;
  /** How long an answer may take; 10 s unless given. */
  readonly requestMs?: number;
}

interface Ask {
  readonly signal: AbortSignal;
  /** An answer longer than this is not read to its end. */
  readonly mostBytes?: number;
}

const REQUEST_MS = 10_000;
const SHORT_ANSWER_BYTES = 2 ** 20;
/** What it answers when it is up and the request is at fault. */
const REFUSALS: readonly number[] = [400, 413, 422];

/**
 * Judge0 over HTTP: bounded in time and size, and every answer through a shape.
 * @throws {Outage} when there is no answer, or none that makes sense; {Fault} when it refuses the request or says too much
 */
export class Judge0Api {
  private readonly base: string;
  private readonly requestMs: number;
  private readonly headers: Readonly<Record<string, string>>;
  /** A question may be asked again. What creates something may not: an answer of 500 may have created it. */
  private readonly again = retry(handleType(Outage), {
    maxAttempts: 2,
    backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1_000 }),
  });

  constructor({ url, authToken, rapidApiKey, requestMs = REQUEST_MS }: Judge0Access) {
    this.requestMs = requestMs;
    this.base = url.replace(/\/+$/, '');
    this.headers = {
      // Without it the bodies of refusals are empty.
      accept: 'application/json',
      ...(authToken !== undefined && { 'x-auth-token': authToken }),
      ...(rapidApiKey !== undefined && { 'x-rapidapi-key': rapidApiKey, 'x-rapidapi-host': new URL(url).host }),
    };
  }

  get<Shape extends z.ZodType>(path: string, shape: Shape, ask: Ask): Promise<z.infer<Shape>> {
    return this.again.execute(() => this.request(path, shape, ask), ask.signal);
  }

  post<Shape extends z.ZodType>(path: string, body: object, shape: Shape, ask: Ask): Promise<z.infer<Shape>> {
    const headers = { ...this.headers, 'content-type': 'application/json' };
    return this.request(path, shape, ask, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  private async request<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    { signal, mostBytes = SHORT_ANSWER_BYTES }: Ask,
    init: RequestInit = { headers: this.headers },
  ): Promise<z.infer<Shape>> {
    const { status, text } = await this.exchange(path, init, signal, mostBytes);
    const where = path.split('?')[0]!;
    // 422 is also the answer to a batch of which no entry was taken: it says why, entry by entry.
    if (status >= 400 && !(status === 422 && text.startsWith('['))) {
      const says = `Judge0 answered ${status} to ${where}: ${text.slice(0, 200)}`;
      throw REFUSALS.includes(status) ? new Fault(says) : new Outage(says + (ADVICE[status] ?? ''));
    }
    const answer = shape.safeParse(parsed(text));
    if (!answer.success)
      throw new Outage(`What answers at ${where} is not Judge0, or not whole: ${text.slice(0, 100)}`);
    return answer.data;
  }

  private async exchange(path: string, init: RequestInit, signal: AbortSignal, mostBytes: number) {
    const either = AbortSignal.any([signal, AbortSignal.timeout(this.requestMs)]);
    try {
      const response = await fetch(this.base + path, { ...init, redirect: 'error', signal: either });
      return { status: response.status, text: await read(response, mostBytes) };
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof Fault ? error : new Outage(`Judge0 does not answer: ${causeOf(error)}`);
    }
  }
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'It wants a token: set JUDGE0_AUTH_TOKEN (or JUDGE0_RAPIDAPI_KEY for the hosted one).',
  403: 'It does not accept our key.',
};

async function read(response: Response, mostBytes: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.byteLength;
    if (length > mostBytes) throw new Fault(`Judge0 answered with more than ${mostBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

/** Undefined where it is not JSON, which no shape accepts. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `fetch` itself says no more than that it failed; where several addresses were tried, their error has a code and no words. */
function causeOf(error: unknown): string {
  const { cause } = error as { readonly cause?: { readonly code?: string; readonly message?: string } };
  return (cause?.message || cause?.code) ?? String(error);
}
