import { connect } from 'amqplib';
import { namesOf } from '../../src/adapters/rabbitmq/topology';

export const BROKER = process.env['AMQP_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672';

/** Takes away what servers with this prefix have declared. */
export async function removeTopology(prefix: string): Promise<void> {
  const { queue, deadLetters, deadLetterExchange } = namesOf(prefix);
  const model = await connect(BROKER);
  const channel = await model.createChannel();
  for (const name of [queue, deadLetters]) await channel.deleteQueue(name);
  await channel.deleteExchange(deadLetterExchange);
  await model.close();
}
