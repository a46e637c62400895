import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Happening, RoomEvent } from '../../src/contract/events';
import { SettingsShape, type Settings } from '../../src/contract/shapes';
import type { RoomId, SubmissionId, TrialId, UserId, Verdict } from '../../src/contract/terms';
import { decide, open } from '../../src/core/decide';
import type { Command, Person } from '../../src/core/moves';
import { UNRATED } from '../../src/core/rating';
import type { Job } from '../../src/store/claims';
import { JobStore, type Judgement } from '../../src/store/job.store';
import { ProblemStore, type NewProblem } from '../../src/store/problem.store';
import { RoomStore, type Alongside } from '../../src/store/room.store';
import { SessionStore } from '../../src/store/session.store';
import type { Deciding } from '../../src/store/receipt';
import { SubmissionStore } from '../../src/store/submission.store';
import { UserRow } from '../../src/store/tables/people';
import { UserStore } from '../../src/store/user.store';
import { eventually } from './eventually';
import { OPENED, PICKED } from './room-builder';
import { TravelClock } from './travel-clock';

export const newPerson = (name: string): Person => ({ userId: `user_${randomUUID()}`, name, guest: true });

/** The tests of a problem: one sample, one secret. */
export const problem = (slug: string, more: Partial<NewProblem> = {}): NewProblem => ({
  ...{ slug, title: slug, difficulty: 'easy', tags: [], statement: slug, statementHtml: slug },
  ...{ cpuMs: 1000, memoryKiB: 65_536, checker: { kind: 'tokens' }, digest: `digest of ${slug}` },
  tests: [
    { sample: true, input: '1 2', answer: '3', note: null },
    { sample: false, input: '3 4', answer: '7', note: null },
  ],
  ...more,
});

/** The stores over one database, with a clock to travel in, and what the server does between rules and stores. */
export class Stores {
  readonly clock = new TravelClock(OPENED);
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly problems: ProblemStore;
  readonly rooms: RoomStore;
  readonly submissions: SubmissionStore;
  readonly jobs: JobStore;

  constructor(readonly db: DataSource) {
    this.users = new UserStore(db, this.clock);
    this.sessions = new SessionStore(db, this.clock);
    this.problems = new ProblemStore(db, this.clock);
    this.rooms = new RoomStore(db, this.clock);
    this.submissions = new SubmissionStore(db, this.clock);
    this.jobs = new JobStore(db, this.clock);
  }

  /** The rows of a raw query. */
  query<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.db.manager.query<T[]>(sql, parameters);
  }

  /** One cell of a raw query. */
  async value<T>(sql: string, parameters: unknown[] = []): Promise<T> {
    const [row] = await this.query<Record<string, T>>(sql, parameters);
    return Object.values(row!)[0]!;
  }

  async empty(): Promise<void> {
    await this.query('TRUNCATE users, problems CASCADE');
  }

  async people(...people: readonly Person[]): Promise<void> {
    const rest = { role: 'player' as const, createdAt: 0, ...UNRATED };
    await this.db.manager.insert(
      UserRow,
      people.map(({ userId: id, name, guest }) => ({ id, name, guest, ...rest })),
    );
  }

  /** Somebody new who has signed in. */
  async person(name: string): Promise<Person> {
    const person = newPerson(name);
    await this.people(person);
    return person;
  }

  async pickedProblems(): Promise<void> {
    for (const { slug } of PICKED) await this.problems.save(problem(slug));
  }

  async open(host: Person, settings: Partial<Settings> = {}, id: RoomId = `room_${randomUUID()}`): Promise<RoomId> {
    const happenings = open(host, { code: randomUUID(), settings: SettingsShape.parse(settings), locked: false });
    await this.rooms.open({ id, passwordHash: null, happenings });
    return id;
  }

  /** Through the door: what the rules make of a command is written. What is submitted does nothing. */
  ask(roomId: RoomId, command: Command, alongside?: Alongside, key: string = randomUUID()): Promise<RoomEvent[]> {
    const deciding: Deciding = (room, standing, now) => decide(room, standing, command, now);
    if (command.do === 'submit') {
      const { submissionId: id, by: userId, problem: label, language } = command;
      const content = { label, language, source: 'int main() {}', key, requestId: null };
      return this.rooms.receive({ id, roomId, userId, ...content }, deciding);
    }
    return this.rooms.change(roomId, ({ room, standing }, now) => ({
      happenings: deciding(room, standing, now),
      ...(alongside && { alongside }),
    }));
  }

  /** Writes what happened without asking the rules. */
  force(roomId: RoomId, ...happenings: Happening[]): Promise<RoomEvent[]> {
    return this.rooms.change(roomId, () => ({ happenings }));
  }

  /** A contest between two players that has just started, on problems A, B and C. */
  async duel(host: Person, guest: Person, settings: Partial<Settings> = {}): Promise<RoomId> {
    const roomId = await this.open(host, { countdownSeconds: 0, ...settings });
    await this.ask(roomId, { do: 'join', person: guest });
    for (const { userId: by } of [host, guest]) await this.ask(roomId, { do: 'ready', by, ready: true });
    await this.ask(roomId, { do: 'start', by: host.userId, picked: PICKED });
    return roomId;
  }

  async submit(
    roomId: RoomId,
    by: UserId,
    { label = 'A', key = randomUUID(), id = `sub_${randomUUID()}` as SubmissionId } = {},
  ): Promise<SubmissionId> {
    const command = { do: 'submit', by, submissionId: id, problem: label, language: 'cpp' } as const;
    await this.ask(roomId, command, undefined, key);
    return id;
  }

  async try(roomId: RoomId, userId: UserId): Promise<TrialId> {
    const id: TrialId = `trial_${randomUUID()}`;
    const content = { label: 'A', language: 'cpp', source: 'int main() {}', input: null, requestId: null };
    await this.submissions.insertTrial({ id, roomId, userId, ...content });
    return id;
  }

  /** Records a result as a judge does: through the door, and only if its attempt still holds. */
  async record(job: Job, judgement: Judgement): Promise<boolean> {
    const overtaken = new Error('overtaken');
    const command = { do: 'judge', submissionId: job.id as SubmissionId, verdict: judgement.verdict } as const;
    try {
      await this.ask(job.roomId, command, async (tx) => {
        if (!(await this.jobs.finish(tx, job, judgement))) throw overtaken;
      });
      return true;
    } catch (error) {
      if (error === overtaken) return false;
      throw error;
    }
  }
}

export const judged = (verdict: Verdict, more: Partial<Judgement> = {}): Judgement => ({
  ...{ verdict, compileOutput: '', tests: [] },
  ...more,
});

/** Resolves when somebody waits for a lock in this database. */
export async function waitsForLock(stores: Stores): Promise<void> {
  const waiting = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await eventually('somebody waits for a lock', async () => (await stores.value<number>(waiting)) > 0);
}
