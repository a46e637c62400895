import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';

/** A websocket that says whatever a test wants, where a decent client would not. Engine.IO and Socket.IO frames are plain text here. */
export class RawSocket {
  readonly frames: string[] = [];
  private readonly heard = new EventEmitter();

  private constructor(readonly ws: WebSocket) {
    ws.on('message', (frame: Buffer) => {
      const text = frame.toString();
      this.frames.push(text);
      // The server's ping: whoever does not answer is dropped.
      if (text === '2') ws.send('3');
      this.heard.emit('frame');
    });
    ws.on('error', () => undefined);
    ws.on('close', () => this.heard.emit('frame'));
  }

  /** The transport alone: nobody has said who he is. */
  static async open(url: string, query = 'EIO=4&transport=websocket', headers = {}): Promise<RawSocket> {
    const ws = new WebSocket(`${url.replace('http', 'ws')}/ws/?${query}`, { headers });
    const socket = new RawSocket(ws);
    await once(ws, 'open');
    return socket;
  }

  /** With the handshake of Socket.IO done. */
  static async connect(url: string, token: string): Promise<RawSocket> {
    const socket = await RawSocket.open(url);
    socket.send(`40${JSON.stringify({ token })}`);
    await socket.until((frame) => frame.startsWith('40'));
    return socket;
  }

  /** How the server answers an upgrade it refuses. */
  static async refusal(url: string, query: string, headers = {}): Promise<number> {
    const ws = new WebSocket(`${url.replace('http', 'ws')}/ws/?${query}`, { headers });
    ws.on('error', () => undefined);
    const status = await Promise.race([
      once(ws, 'unexpected-response').then(([, { statusCode }]) => statusCode as number),
      once(ws, 'open').then(() => 101),
    ]);
    ws.terminate();
    return status;
  }

  send(...frames: (string | Buffer)[]): this {
    for (const frame of frames) if (this.isOpen) this.ws.send(frame);
    return this;
  }

  /** Past the websocket: bytes as they are. */
  sendBytes(bytes: Buffer): void {
    const { _socket: wire } = this.ws as unknown as { readonly _socket: Socket | null };
    if (wire?.writable) wire.write(bytes);
  }

  get isOpen(): boolean {
    return this.ws.readyState === WebSocket.OPEN;
  }

  /** The first frame that fits, seen already or to come. */
  async until(fits: (frame: string) => boolean): Promise<string> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      if (this.ws.readyState === WebSocket.CLOSED)
        throw new Error(`Closed after ${this.frames.join(' | ').slice(0, 500)}`);
      await once(this.heard, 'frame', { signal: AbortSignal.timeout(20_000) });
    }
  }

  async closed(): Promise<void> {
    if (this.ws.readyState !== WebSocket.CLOSED) await once(this.ws, 'close', { signal: AbortSignal.timeout(20_000) });
  }

  end(): void {
    this.ws.terminate();
  }
}
