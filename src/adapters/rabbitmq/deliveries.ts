import type { Channel, ConsumeMessage } from 'amqplib';

/** A message as it came, and the channel it can be answered on. */
export interface Delivery {
  readonly message: ConsumeMessage;
  readonly channel: Channel;
}

/**
 * What was delivered and waits for a slot. The broker hands out no more than there are slots, but after a
 * lost connection it does so anew while what came by the old one is still worked on.
 */
export class Deliveries {
  private readonly waiting: Delivery[] = [];
  private readonly inHand = new Set<Promise<void>>();

  /** `handle` never rejects. */
  constructor(
    private readonly slots: number,
    private readonly handle: (delivery: Delivery) => Promise<void>,
  ) {}

  add(delivery: Delivery): void {
    this.waiting.push(delivery);
    this.fill();
  }

  /** Leaves what nobody has begun, and tells what that was; the broker hands it out again when its channel is gone. */
  drop(): readonly Delivery[] {
    return this.waiting.splice(0);
  }

  /** Resolves when nothing is in hand. */
  async done(): Promise<void> {
    while (this.inHand.size > 0) await Promise.all(this.inHand);
  }

  private fill(): void {
    while (this.inHand.size < this.slots) {
      const next = this.waiting.shift();
      if (!next) return;
      const done = this.handle(next).finally(() => {
        this.inHand.delete(done);
        this.fill();
      });
      this.inHand.add(done);
    }
  }
}
