import type { Channel, Options } from 'amqplib';

/*
 * What stands in the broker. Names carry a version: the arguments of a queue cannot be changed, so
 * other arguments are another queue.
 */

/** `prefix`: for several installations on one broker. */
export const namesOf = (prefix: string) => ({
  queue: `${prefix}judge.v1`,
  deadLetterExchange: `${prefix}judge.dlx.v1`,
  deadLetters: `${prefix}judge.dlq.v1`,
});
export type Names = ReturnType<typeof namesOf>;

/** More than the backlog at which submissions are refused: it fills up only when something is wrong. */
const MOST_WAITING = 50_000;
/** Lost connections count as deliveries. How often a job may fail is counted in its row, and is less. */
const MOST_DELIVERIES = 20;
/** Reading a notice and putting it back is a delivery too, and no reason to lose it. */
const AS_OFTEN_AS_YOU_LIKE = 1_000_000;

interface Counts {
  readonly waiting: number;
  readonly dead: number;
}

/**
 * Makes what is not there, and counts what waits: what was deleted is back with the next look.
 * What a judge rejects is moved to the dead letters only when it has arrived there (`at-least-once`,
 * which wants `reject-publish`): with the dead letters away it stays.
 */
export async function declare(channel: Channel, names: Names, most = MOST_WAITING): Promise<Counts> {
  await channel.assertExchange(names.deadLetterExchange, 'fanout', { durable: true });
  const dead = await channel.assertQueue(names.deadLetters, quorum({ 'x-delivery-limit': AS_OFTEN_AS_YOU_LIKE }));
  await channel.bindQueue(names.deadLetters, names.deadLetterExchange, '');
  const limits = { 'x-delivery-limit': MOST_DELIVERIES, 'x-max-length': most, 'x-overflow': 'reject-publish' };
  const dying = {
    'x-dead-letter-exchange': names.deadLetterExchange,
    'x-dead-letter-strategy': 'at-least-once',
  };
  const { messageCount } = await channel.assertQueue(names.queue, quorum({ ...limits, ...dying }));
  return { waiting: messageCount, dead: dead.messageCount };
}

const quorum = (more: object): Options.AssertQueue => ({
  durable: true,
  arguments: { 'x-queue-type': 'quorum', ...more },
});

const PRECONDITION_FAILED = 406;

/** Why the broker does not do as asked, for an operator. */
export function inWords(error: unknown): string {
  const { message, code } = error as { readonly message?: string; readonly code?: string | number };
  const said = message || String(code ?? error);
  if (code !== PRECONDITION_FAILED) return said;
  return `${said}. What stands there was made with other arguments: when it is empty, delete it (rabbitmqctl delete_queue NAME) and it is made anew; or set AMQP_PREFIX, so that other names are used`;
}
