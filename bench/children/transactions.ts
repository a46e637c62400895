import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { SUM } from '../support/people';
import { serve } from '../support/processes';
import { now } from '../support/statistics';

/** The least that accepting a submission can be: the same rows in one transaction, and nothing around it. */
export interface TransactionPlan {
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  readonly connections: number;
  readonly clients: number;
  readonly seconds: number;
}
export interface TransactionResult {
  readonly perSecond: number;
  /** Processor time of this process for one transaction. */
  readonly cpuMs: number;
}

/** Tables like the real ones, keys and indexes included, that no judge and no clock looks at. */
const SCHEMA = `
  DROP SCHEMA IF EXISTS bare CASCADE;
  CREATE SCHEMA bare;
  CREATE TABLE bare.rooms (LIKE rooms INCLUDING ALL);
  CREATE TABLE bare.room_events (LIKE room_events INCLUDING ALL, FOREIGN KEY (room_id) REFERENCES bare.rooms);
  CREATE TABLE bare.submissions (LIKE submissions INCLUDING ALL, FOREIGN KEY (room_id) REFERENCES bare.rooms,
    FOREIGN KEY (user_id) REFERENCES users);
  INSERT INTO bare.rooms SELECT * FROM rooms;`;

serve(async ({ connection, connections, clients, seconds }: TransactionPlan): Promise<TransactionResult> => {
  const pool = new Pool({ ...connection, max: connections });
  await pool.query(SCHEMA);
  const { rows: rooms } = await pool.query<{ id: string; userId: string }>(
    `SELECT room_id AS id, user_id AS "userId" FROM participants JOIN bare.rooms ON rooms.id = room_id WHERE seat IS NOT NULL`,
  );
  let next = 0;
  let done = 0;
  const submit = async (): Promise<void> => {
    const { id, userId } = rooms[next++ % rooms.length]!;
    const submissionId = `sub_${randomUUID()}`;
    const at = Date.now();
    const data = { userId, name: 'Ann', seat: 1, submissionId, problem: 'A', language: 'python', receivedAt: at };
    const client = await pool.connect();
    await client.query('BEGIN');
    const { rows } = await client.query<{ seq: number }>('SELECT * FROM bare.rooms WHERE id = $1 FOR UPDATE', [id]);
    const seq = rows[0]!.seq + 1;
    await client.query(
      `INSERT INTO bare.submissions (id, room_id, user_id, label, language, source, key, received_at, received_seq, due_at)
        VALUES ($1, $2, $3, 'A', 'python', $4, $5, $6, $7, $6)`,
      [submissionId, id, userId, SUM, randomUUID(), at, seq],
    );
    await client.query(
      `INSERT INTO bare.room_events (room_id, seq, at, type, data) VALUES ($1, $2, $3, 'submission.received', $4)`,
      [id, seq, at, data],
    );
    await client.query('UPDATE bare.rooms SET seq = $2, last_at = $3 WHERE id = $1', [id, seq, at]);
    await client.query('COMMIT');
    client.release();
    done += 1;
  };
  const before = process.cpuUsage();
  const began = now();
  const until = began + seconds * 1000;
  const client = async () => {
    while (now() < until) await submit();
  };
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = (done * 1000) / (now() - began);
  const { user, system } = process.cpuUsage(before);
  await pool.query('DROP SCHEMA bare CASCADE');
  await pool.end();
  return { perSecond, cpuMs: (user + system) / 1000 / done };
});
