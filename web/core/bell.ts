export type Sound = 'good' | 'bad' | 'other' | 'start' | 'end';

/** Notes in hertz, one after the other. */
const TUNES: Readonly<Record<Sound, readonly number[]>> = {
  good: [523, 659, 784],
  bad: [294, 247],
  other: [440],
  start: [392, 392, 587],
  end: [587, 440, 330],
};
const NOTE_S = 0.13;
const LOUDNESS = 0.06;

/** Rings for what happens, in one tab only. It is made when somebody has touched the page: before, browsers are silent. */
export class Bell {
  private readonly context = new AudioContext();
  private isRinger = false;
  private readonly stop = new AbortController();

  constructor(private readonly isOn: () => boolean) {
    this.becomeRinger(this.stop.signal);
  }

  ring(sound: Sound): void {
    if (!this.isRinger || !this.isOn()) return;
    const begin = this.context.currentTime;
    TUNES[sound].forEach((hertz, index) => this.play(hertz, begin + index * NOTE_S));
  }

  close(): void {
    this.stop.abort();
    void this.context.close();
  }

  private play(hertz: number, at: number): void {
    const { context } = this;
    const note = context.createOscillator();
    const volume = context.createGain();
    note.frequency.value = hertz;
    volume.gain.setValueAtTime(LOUDNESS, at);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_S * 1.6);
    note.connect(volume).connect(context.destination);
    note.start(at);
    note.stop(at + NOTE_S * 1.7);
  }

  /** The tab that holds the lock rings; when it goes, another one takes over. */
  private becomeRinger(signal: AbortSignal): void {
    if (!('locks' in navigator)) {
      this.isRinger = true;
      return;
    }
    const untilClosed = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    navigator.locks
      .request('joust:bell', { signal }, () => {
        this.isRinger = true;
        return untilClosed;
      })
      .catch((error: unknown) => {
        if (!(error instanceof DOMException)) throw error; // closed while it waited for its turn
      });
  }
}
