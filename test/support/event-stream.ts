import type { Player } from './player';
import { eventually } from './eventually';

/** One message of a stream of Server-Sent Events. */
export interface StreamMessage {
  readonly id?: string;
  readonly event?: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data?: any;
}

/** A room's log as Server-Sent Events, read as a browser would. */
export class EventStream {
  readonly messages: StreamMessage[] = [];
  closed = false;

  private constructor(
    readonly response: Response,
    private readonly gone: AbortController,
  ) {}

  static async open(player: Player, path: string, headers: Record<string, string> = {}): Promise<EventStream> {
    const gone = new AbortController();
    const response = await fetch(`${player.url}/api${path}`, {
      headers: { ...player.headers, ...headers },
      signal: gone.signal,
    });
    const stream = new EventStream(response, gone);
    void stream.read();
    return stream;
  }

  close(): void {
    this.gone.abort();
  }

  async until(fits: (message: StreamMessage) => boolean): Promise<StreamMessage> {
    return eventually(`a message that fits ${fits.toString()}`, () => this.messages.find(fits));
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of this.response.body!) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        this.messages.push(...blocks.map(parsed));
      }
    } catch (error) {
      // The test has closed it.
      if (!this.gone.signal.aborted) throw error;
    }
    this.closed = true;
  }
}

function parsed(block: string): StreamMessage {
  const fields = Object.fromEntries(
    block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  return { ...fields, ...(fields['data'] !== undefined && { data: JSON.parse(fields['data']) }) };
}
