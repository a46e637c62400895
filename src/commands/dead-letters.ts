import { readConfig } from '../config';
import type { SubmissionId } from '../contract/terms';
import { DeadLetters, type Settlement } from '../dead-letters/dead-letters.service';
import type { Notice } from '../ports';
import { AuditStore, CLI } from '../store/audit.store';
import { DeadLetterStore } from '../store/dead-letter.store';
import { openQueue } from '../world.module';
import { type Answer, Failure, table } from './answer';
import { say, withStore } from './store';

const MOST_LISTED = 1_000;
const MOST_SHOWN = 20;
const moment = (at: number) => new Date(at).toISOString();

interface Opened {
  readonly letters: DeadLetters;
  readonly store: DeadLetterStore;
}

/** Gives `use` the dead letters. They are rows: the broker is asked only of its notices. */
function withLetters<T>(use: (opened: Opened) => Promise<T>): Promise<T> {
  return withStore(async ({ db, clock }) => {
    // What goes wrong with the broker is part of the answer.
    const queue = openQueue(readConfig(process.env), (level, line) => level === 'error' && say(level, line));
    try {
      const store = new DeadLetterStore(db, clock);
      return await use({ letters: new DeadLetters(store, new AuditStore(db, clock), queue), store });
    } finally {
      await queue.close();
    }
  });
}

/** What the judge has given up and nobody has settled yet; and what lies beside the notices of it. */
export function listDeadLetters(): Promise<Answer> {
  return withLetters(async ({ letters, store }) => {
    const strays = await letters.strays();
    const items = await letters.list(MOST_LISTED);
    const rows = items.map((one) => [
      ...[one.id, one.roomId, one.problem, one.language, one.attempts, moment(one.givenUpAt), one.reason ?? ''],
    ]);
    const head = ['submission', 'room', 'problem', 'language', 'attempts', 'given up', 'reason'];
    const count = await store.count();
    const more = count > items.length ? `\nand ${count - items.length} more` : '';
    const text = count === 0 ? 'There are no dead letters.' : table(head, rows) + more;
    return {
      json: { items: items.map((one) => ({ ...one, ...momentsOf(one) })), count, strays },
      text: text + straysInWords(strays),
    };
  });
}

function straysInWords(strays: readonly Notice[] | null): string {
  if (strays === null) return '\n\nThe broker could not be reached: what lies there beside them is not shown.';
  if (strays.length === 0) return '';
  const rows = strays
    .slice(0, MOST_SHOWN)
    .map(({ excerpt, reason, at }) => [at ?? 'unknown', reason ?? 'unknown', JSON.stringify(excerpt)]);
  const more = strays.length > rows.length ? `\nand ${strays.length - rows.length} more` : '';
  const head = `Messages among the broker's dead letters that stand for none: ${strays.length}. dlq:drop --strays removes them.`;
  return `\n\n${head}\n${table(['since', 'reason', 'message'], rows)}${more}`;
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

/** Leaves dead letters as judge errors for good; or removes what lies beside the notices of them. */
export function dropDeadLetters(
  ids: readonly string[],
  { strays, ...chosen }: { all?: true; strays?: true },
): Promise<Answer> {
  if (strays !== true) return settle('drop', ids, chosen, 'Left as judge errors for good', ', or --strays');
  if (ids.length > 0 || chosen.all)
    throw new Failure('Strays are dropped by themselves: say --strays and nothing else.');
  return withLetters(async ({ letters }) => {
    const dropped = await letters.dropStrays(CLI);
    if (dropped === null) throw new Failure('The broker could not be reached: see doctor.');
    return { json: { dropped }, text: `Removed from the broker: ${dropped.length}.` };
  });
}

function settle(how: 'replay' | 'drop', ids: readonly string[], { all }: { all?: true }, done: string, orElse = '') {
  if ((all === true) === ids.length > 0) throw new Failure(`Name submissions, or say --all${orElse}.`);
  return withLetters(async ({ letters, store }): Promise<Answer> => {
    for (const id of ids)
      if (!(await store.exists(id as SubmissionId))) throw new Failure(`There is no submission ${id}.`);
    const named = ids.length > 0 ? ids : (await letters.list(MOST_LISTED)).map(({ id }) => id);
    const settlement = await letters[how](named as readonly SubmissionId[], CLI);
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
