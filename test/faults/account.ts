import { Pool } from 'pg';
import { call, submission, type Duel } from '../../bench/support/people';

const AT_ONCE = 16;

/** Keeps account of what was sent and what was answered, and holds the database to it. */
export class Account {
  /** Ids of what was answered with 202. */
  readonly accepted = new Set<string>();
  /** Answered with 503: to be sent again. */
  private refused = 0;
  /** Answered with anything else. */
  private failed = 0;

  private constructor(
    private readonly db: Pool,
    private readonly duels: readonly Duel[],
  ) {}

  static open(address: object, duels: readonly Duel[]): Promise<Account> {
    const db = new Pool({ ...address, max: 1 });
    // A connection that is lost while nobody asks is made anew when somebody does.
    db.on('error', () => undefined);
    return Promise.resolve(new Account(db, duels));
  }

  /** A new page. */
  begin(): void {
    this.accepted.clear();
    this.refused = 0;
    this.failed = 0;
  }

  /** Sends so many submissions, several at a time. */
  async send(url: string, count: number): Promise<void> {
    const players = this.duels.flatMap(({ roomId, players }) => players.map(({ token }) => ({ roomId, token })));
    let sent = 0;
    const sender = async (): Promise<void> => {
      while (sent < count) {
        const { roomId, token } = players[sent++ % players.length]!;
        const { status, body } = await call(url, 'POST', `/rooms/${roomId}/submissions`, token, submission());
        if (status === 202) this.accepted.add(body.submissionId);
        else if (status === 503) this.refused += 1;
        else this.failed += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
  }

  judged(): Promise<number> {
    return this.count('SELECT count(*) FROM submissions WHERE id = ANY($1) AND verdict IS NOT NULL');
  }

  async pending(): Promise<number> {
    return this.accepted.size - (await this.judged());
  }

  /** Makes what is not judged fail for good at its next attempt. */
  async wearOut(): Promise<void> {
    await this.db.query('UPDATE submissions SET failures = 99 WHERE id = ANY($1) AND verdict IS NULL', [
      [...this.accepted],
    ]);
  }

  givenUp(): Promise<number> {
    return this.count(`SELECT count(*) FROM submissions WHERE id = ANY($1) AND verdict = 'JE'`);
  }

  /** What became of all that was accepted. */
  async balance() {
    const judged = await this.judged();
    const judgedTwice = await this.count(
      `SELECT count(*) FROM (SELECT 1 FROM room_events WHERE type = 'submission.judged' AND data->>'submissionId' = ANY($1)
        GROUP BY data->>'submissionId' HAVING count(*) > 1) AS twice`,
    );
    const accepted = this.accepted.size;
    const { refused, failed } = this;
    return { accepted, refused, failed, judged, lost: accepted - judged, judgedTwice };
  }

  close(): Promise<void> {
    return this.db.end();
  }

  private async count(sql: string): Promise<number> {
    const { rows } = await this.db.query<{ count: string }>(sql, [[...this.accepted]]);
    return Number(rows[0]!.count);
  }
}
