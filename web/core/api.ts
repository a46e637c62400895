import type { z } from 'zod';
import type { RefusalBody, RefusalCode } from '../../src/contract/refusals';
import type { ROUTES } from '../../src/contract/routes';
import { fromWire, type Inside } from '../../src/contract/wire';

type Routes = typeof ROUTES;
export type RouteName = keyof Routes;
/** What a good answer of a route holds, moments as numbers; null where it holds nothing. */
export type AnswerOf<N extends RouteName> = Routes[N] extends { answer: infer A extends z.ZodType }
  ? Inside<z.infer<A>>
  : null;
export type BodyOf<N extends RouteName> = Routes[N] extends { body: infer B extends z.ZodType }
  ? z.input<B>
  : undefined;
type QueryOf<N extends RouteName> = Routes[N] extends { query: infer Q extends z.ZodType } ? z.input<Q> : undefined;

interface Asked<N extends RouteName> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: QueryOf<N>;
  readonly body?: BodyOf<N>;
  /** The body of a route that takes a whole text, however long. */
  readonly text?: Routes[N] extends { text: 'body' } ? Blob : undefined;
}

/** The server said no. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly code: RefusalCode,
    readonly details: unknown,
    readonly requestId: string,
    readonly retryAfterSeconds: number | null,
  ) {
    super(code);
  }
}

/** The server could not be reached, or what answered was not our server. Whether it heard us is unknown. */
export class Away extends Error {
  override readonly name = 'Away';
}

/** Who asks, and what to do when his token is not good any more. */
interface Credentials {
  token(): string | null;
  /** A fresh token, or false when there is none to be had. @throws {Away} */
  renew(): Promise<boolean>;
}

const PATIENCE_MS = 15_000;
/** As long as 16 MiB take on a slow line. */
const PATIENCE_WITH_TEXT_MS = 300_000;

/** Asks the server over HTTP, as the contract says. */
export class Api {
  private credentials: Credentials = { token: () => null, renew: () => Promise.resolve(false) };

  constructor(private readonly fetch: typeof globalThis.fetch) {}

  /** From now on requests are made in somebody's name. */
  identify(credentials: Credentials): void {
    this.credentials = credentials;
  }

  /**
   * Asks once; a token that has run out is exchanged on the way.
   *
   * @throws {Refused} when the server says no
   * @throws {Away} when it does not answer: only what may be said twice may then be asked again
   */
  async ask<N extends RouteName>(name: N, asked: Asked<N> = {}): Promise<AnswerOf<N>> {
    const response = await this.send(name, asked);
    const isStale = response.status === 401 && !name.includes('/api/auth/');
    if (isStale && (await this.credentials.renew())) return answerOf(await this.send(name, asked));
    return answerOf(response);
  }

  private async send<N extends RouteName>(name: N, { params = {}, query, body, text }: Asked<N>): Promise<Response> {
    const [method, pattern] = name.split(' ') as [string, string];
    const path = pattern.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
    const token = this.credentials.token();
    try {
      return await this.fetch(path + queryString(query as Record<string, unknown> | undefined), {
        method,
        headers: {
          ...(method !== 'GET' && { 'content-type': text ? 'text/plain; charset=utf-8' : 'application/json' }),
          ...(token !== null && { authorization: `Bearer ${token}` }),
        },
        ...(method !== 'GET' && { body: text ?? JSON.stringify(body ?? {}) }),
        signal: AbortSignal.timeout(text ? PATIENCE_WITH_TEXT_MS : PATIENCE_MS),
      });
    } catch (error) {
      throw new Away('The server does not answer', { cause: error });
    }
  }
}

function queryString(query: Readonly<Record<string, unknown>> | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
}

async function answerOf<N extends RouteName>(response: Response): Promise<AnswerOf<N>> {
  const text = await response.text().catch((error: unknown) => {
    throw new Away('The answer broke off', { cause: error });
  });
  const content = parsed(text);
  if (response.ok) return (text === '' ? null : fromWire(content)) as AnswerOf<N>;
  if (!isRefusal(content)) throw new Away(`Something answered ${response.status} that is not Joust`);
  const { code, details, requestId } = content.error;
  throw new Refused(response.status, code, details, requestId, Number(response.headers.get('retry-after')) || null);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isRefusal = (content: unknown): content is RefusalBody =>
  typeof content === 'object' && content !== null && 'error' in content;
