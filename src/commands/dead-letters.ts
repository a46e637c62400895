import { readConfig } from '../config';
import type { SubmissionId } from '../contract/terms';
import { DeadLetters, type Settlement } from '../dead-letters/dead-letters.service';
import { AuditStore } from '../store/audit.store';
import { DeadLetterStore } from '../store/dead-letter.store';
import { openQueue } from '../world.module';
import { type Answer, Failure, table } from './answer';
import { say, withStore } from './store';

const MOST_LISTED = 1_000;
const moment = (at: number) => new Date(at).toISOString();

interface Opened {
  readonly letters: DeadLetters;
  readonly store: DeadLetterStore;
}

/** Gives `use` the dead letters. They are rows: the broker is asked only to remove notices. */
function withLetters<T>(use: (opened: Opened) => Promise<T>): Promise<T> {
  return withStore(async ({ db, clock }) => {
    // What goes wrong with the broker is part of the answer.
    const queue = openQueue(readConfig(process.env), (level, line) => level === 'error' && say(level, line));
    try {
      const store = new DeadLetterStore(db, clock);
      return await use({ letters: new DeadLetters(store, new AuditStore(clock), queue), store });
    } finally {
      await queue.close();
    }
  });
}

/** What the judge has given up and nobody has settled yet. */
export function listDeadLetters(): Promise<Answer> {
  return withLetters(async ({ letters, store }) => {
    const items = await letters.list(MOST_LISTED);
    const rows = items.map((one) => [
      ...[one.id, one.roomId, one.problem, one.language, one.attempts, moment(one.givenUpAt), one.reason ?? ''],
    ]);
    const head = ['submission', 'room', 'problem', 'language', 'attempts', 'given up', 'reason'];
    const count = await store.count();
    const more = count > items.length ? `\nand ${count - items.length} more` : '';
    const text = count === 0 ? 'There are no dead letters.' : table(head, rows) + more;
    return { json: { items: items.map((one) => ({ ...one, ...momentsOf(one) })), count }, text };
  });
}

/** One of them, with all attempts. */
export function peekDeadLetter(id: string): Promise<Answer> {
  return withLetters(async ({ letters }) => {
    const letter = await letters.peek(id as SubmissionId);
    if (letter === null) throw new Failure(`${id} is no dead letter: see dlq:list.`);
    const tried = letter.tried.map(({ attempt, claimedAt, finishedAt, verdict, reason }) => ({
      ...{ attempt, verdict, reason },
      ...{ claimedAt: moment(claimedAt), finishedAt: finishedAt === null ? null : moment(finishedAt) },
    }));
    const rows = tried.map(({ attempt, claimedAt, finishedAt, reason }) => [
      ...[attempt, claimedAt, finishedAt ?? 'never finished', reason ?? ''],
    ]);
    const { id: submission, roomId, userId, slug, language } = letter;
    const text = `${submission}: ${language} on ${slug}, by ${userId} in ${roomId}\n${table(['attempt', 'began', 'ended', 'reason'], rows)}`;
    return { json: { ...letter, ...momentsOf(letter), tried }, text };
  });
}

/** Has dead letters judged again: those named, or all. */
export const replayDeadLetters = (ids: readonly string[], chosen: { all?: true }): Promise<Answer> =>
  settle('replay', ids, chosen, 'To be judged again; a running server begins within seconds');

/** Leaves dead letters as judge errors for good. */
export const dropDeadLetters = (ids: readonly string[], chosen: { all?: true }): Promise<Answer> =>
  settle('drop', ids, chosen, 'Left as judge errors for good');

function settle(how: 'replay' | 'drop', ids: readonly string[], { all }: { all?: true }, done: string) {
  if ((all === true) === ids.length > 0) throw new Failure('Name submissions, or say --all.');
  return withLetters(async ({ letters, store }): Promise<Answer> => {
    for (const id of ids)
      if (!(await store.exists(id as SubmissionId))) throw new Failure(`There is no submission ${id}.`);
    const named = ids.length > 0 ? ids : (await letters.list(MOST_LISTED)).map(({ id }) => id);
    const settlement = await letters[how](named as readonly SubmissionId[], 'cli');
    return { json: settlement, text: inWords(settlement, done) };
  });
}

function inWords({ settled, noticesGone }: Settlement, done: string): string {
  const changed = settled.filter((one) => one.changed).length;
  const unchanged = settled.length - changed;
  return [
    `${done}: ${changed}.`,
    ...(unchanged > 0 ? [`No dead letters, so nothing changed: ${unchanged}.`] : []),
    ...(noticesGone
      ? []
      : ['The broker could not be reached: its notices of them remain. The same command removes them later.']),
  ].join(' ');
}

const momentsOf = ({ receivedAt, givenUpAt }: { readonly receivedAt: number; readonly givenUpAt: number }) => ({
  receivedAt: moment(receivedAt),
  givenUpAt: moment(givenUpAt),
});
