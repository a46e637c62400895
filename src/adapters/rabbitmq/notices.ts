import type { Channel, GetMessage, Message } from 'amqplib';
import type { JobId } from '../../contract/terms';

/** Announcements and notices say the id of their job and nothing else: all there is to know is in its row. */
export function jobIn({ content }: Message): JobId | null {
  const text = content.length <= 100 ? content.toString() : '';
  return /^(sub|trial)_[\w-]+$/.test(text) ? (text as JobId) : null;
}

/** Takes the notices of these jobs out of a queue of notices; the others are put back where they were. */
export async function forgetNotices(channel: Channel, queue: string, jobs: readonly JobId[]): Promise<void> {
  const others: GetMessage[] = [];
  for (;;) {
    const notice = await channel.get(queue);
    if (notice === false) break;
    const job = jobIn(notice);
    if (job !== null && jobs.includes(job)) channel.ack(notice);
    else others.push(notice);
  }
  for (const other of others) channel.nack(other, false, true);
}
