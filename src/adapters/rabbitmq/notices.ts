import type { Channel, Message } from 'amqplib';
import type { JobId } from '../../contract/terms';
import type { Notice } from '../../ports';

/** Announcements and notices say the id of their job and nothing else: all there is to know is in its row. */
export function jobIn({ content }: Message): JobId | null {
  const text = content.length <= 100 ? content.toString() : '';
  return /^(sub|trial|rerun)_[\w-]+$/.test(text) ? (text as JobId) : null;
}

export const excerptOf = ({ content }: Message): string => content.subarray(0, 100).toString();

/** Shows `isOver` all there is in a queue of notices. What it says so of is taken out; the others are put back where they were. */
export async function siftNotices(channel: Channel, queue: string, isOver: (notice: Notice) => boolean): Promise<void> {
  // Of what is put back no more is held than its number: somebody may have put there what he liked.
  const others: number[] = [];
  for (;;) {
    const message = await channel.get(queue);
    if (message === false) break;
    if (isOver(noticeIn(message))) channel.ack(message);
    else others.push(message.fields.deliveryTag);
  }
  for (const deliveryTag of others) channel.nack({ fields: { deliveryTag } } as Message, false, true);
}

function noticeIn(message: Message): Notice {
  const { reason, at, 'x-first-death-reason': moved } = message.properties.headers ?? {};
  return {
    job: jobIn(message),
    excerpt: excerptOf(message),
    reason: textOf(reason) ?? (textOf(moved) && `The broker moved it: ${textOf(moved)}`),
    at: textOf(at),
  };
}

const textOf = (header: unknown): string | null => (typeof header === 'string' ? header : null);
