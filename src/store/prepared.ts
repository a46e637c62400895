import { Client } from 'pg';

const names = new Map<string, string>();

/** Marks a statement of the hot path: each connection has it parsed and planned once, not at every use. */
export function prepared(sql: string): string {
  names.set(sql, `joust_${names.size}`);
  return sql;
}

type Query = (query: unknown, ...rest: unknown[]) => unknown;
const { query: plainQuery } = Client.prototype as { query: Query };

/** A connection that calls the marked statements by their names. */
export class PreparingClient extends Client {
  override query = ((text, ...rest) => {
    const name = typeof text === 'string' ? names.get(text) : undefined;
    return plainQuery.call(this, name === undefined ? text : { name, text }, ...rest);
  }) as Query as Client['query'];
}
