import { signal } from '@preact/signals-core';

export type Tone = 'good' | 'bad' | 'plain';
interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
}

const MOST_SHOWN = 3;
const MOST_REMEMBERED = 50;
const SHOWN_MS = 6_000;

/** Short messages: at most three at a time, gone after a while unless somebody holds them, remembered in a list. */
export class Toasts {
  readonly shown = signal<readonly Toast[]>([]);
  readonly history = signal<readonly Toast[]>([]);
  private nextId = 1;
  private held = false;
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(text: string, tone: Tone = 'plain'): void {
    const toast = { id: this.nextId++, text, tone };
    this.shown.value = [...this.shown.value, toast].slice(-MOST_SHOWN);
    this.history.value = [...this.history.value, toast].slice(-MOST_REMEMBERED);
    if (!this.held) this.count(toast.id);
  }

  dismiss(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.shown.value = this.shown.value.filter((toast) => toast.id !== id);
  }

  /** Somebody reads, or points at one: all stay. */
  hold(): void {
    this.held = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  release(): void {
    this.held = false;
    for (const { id } of this.shown.value) this.count(id);
  }

  private count(id: number): void {
    this.timers.set(
      id,
      setTimeout(() => this.dismiss(id), SHOWN_MS),
    );
  }
}
