import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleType } from 'cockatiel';

/** Google does not answer, or only that it cannot. */
export class GoogleOutage extends Error {
  override readonly name = 'GoogleOutage';
}

const PATIENCE_MS = 5_000;
const OUTAGES = 5;
const PAUSE_MS = 10_000;

/** A callback as the `oauth` package has them: a refusal, or the body of an answer. */
type Answer = (refusal: unknown, body?: string) => void;

/**
 * The requests of this server to Google, in place of those the `oauth` package would send: its own wait for
 * ever. After several outages in a row nobody is kept waiting, until one request a while later goes well.
 */
export class GoogleExchange {
  private readonly breaker = circuitBreaker(handleType(GoogleOutage), {
    breaker: new ConsecutiveBreaker(OUTAGES),
    halfOpenAfter: PAUSE_MS,
  });

  /** As the method of the same use in the `oauth` package; access tokens come in a header already. */
  readonly request = (
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    _: unknown,
    answer: Answer,
  ): void => {
    this.breaker
      .execute(() => send(url, { method, headers, ...(body !== '' && { body }) }))
      .then(
        ({ ok, status, text }) => (ok ? answer(null, text) : answer({ statusCode: status, data: text })),
        (error: unknown) =>
          answer(error instanceof BrokenCircuitError ? new GoogleOutage('Google has been away') : error),
      );
  };
}

async function send(url: string, init: RequestInit): Promise<{ ok: boolean; status: number; text: string }> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    const { ok, status } = response;
    if (status >= 500 || status === 429) throw new GoogleOutage(`Google answers ${status}`);
    return { ok, status, text: await response.text() };
  } catch (error) {
    // No connection, no answer in time, half an answer: whatever fetch rejects with, Google was not reached.
    throw error instanceof GoogleOutage ? error : new GoogleOutage('Google cannot be reached', { cause: error });
  }
}
