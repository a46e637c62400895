import { effect } from '@preact/signals';
import type { RoomEvent } from '../../../src/contract/events';
import type { RoomSubmission } from '../../../src/core/room';
import { clockText } from '../../core/server-clock';
import type { Bell, Sound } from '../../core/bell';
import type { Tone } from '../../core/toasts';
import type { Visit } from '../../core/visit';
import { sayEvent } from '../../words/events';
import { VERDICT_WORDS } from '../../words/verdicts';
import { announcer, clock, preferences, toasts } from '../joust';

/** How an event is told beside the place where it shows: nothing is told that this person just did himself. */
interface News {
  readonly text: string;
  readonly tone: Tone;
  readonly sound?: Sound;
  readonly isUrgent?: boolean;
  /** It shows where one looks anyway. */
  readonly isSeen?: boolean;
}

type JudgedEvent = Extract<RoomEvent, { type: 'submission.judged' }>;

const TITLE_SAYS_MS = 6_000;

/** Tells of what happens in the room: a message, aloud for screen readers, by a sound, and in the tab's title. */
export function follow(visit: Visit): () => void {
  const { store } = visit;
  const stop = new AbortController();
  let bell: Bell | null = null;
  // Before the first gesture no page may make a sound.
  const wake = async () => {
    const { Bell } = await import('../../core/bell');
    if (!stop.signal.aborted) bell ??= new Bell(() => preferences.peek().sound);
  };
  const once = { once: true, signal: stop.signal };
  for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, () => void wake(), once);
  let shownUntil = 0;
  let headline = '';
  const tell = (event: RoomEvent) => {
    const news = newsOf(event, visit);
    if (!news) return;
    if (!news.isSeen) toasts.show(news.text, news.tone);
    if (news.isUrgent) announcer.sayNow(news.text);
    else announcer.say(news.text);
    if (news.sound) bell?.ring(news.sound);
    if (event.type === 'submission.judged' && event.data.userId === store.userId) {
      headline = `${VERDICT_WORDS[event.data.verdict].sign} ${event.data.problem} ${VERDICT_WORDS[event.data.verdict].name}`;
      shownUntil = performance.now() + TITLE_SAYS_MS;
    }
  };
  // What happened before one came is no news.
  const since = clock.now();
  const stopListening = store.onEvent((event) => {
    if (event.at >= since - 1_000 || visit.live.replayed.peek() !== null) tell(event);
  });
  const title = () => {
    const { endsAt, endedAt, code } = store.room.value;
    const isRunning = store.phase.value === 'running' && endsAt !== null && endedAt === null;
    const time = isRunning ? clockText(endsAt - clock.now()) : '';
    const said = performance.now() < shownUntil ? headline : '';
    document.title = [said, time, `Room ${code} – Joust`].filter((part) => part !== '').join(' · ');
  };
  const stopTitle = effect(title);
  const timer = setInterval(title, 1_000);
  return () => {
    stopListening();
    stopTitle();
    clearInterval(timer);
    stop.abort();
    bell?.close();
  };
}

/** Whoever solves a problem again has solved it once. */
const isFirstAccepted = ({ data }: JudgedEvent, submissions: readonly RoomSubmission[]): boolean =>
  submissions.filter(
    ({ userId, problem, verdict }) => userId === data.userId && problem === data.problem && verdict === 'AC',
  ).length === 1;

function newsOf(event: RoomEvent, { store, desk }: Visit): News | null {
  const names = (userId: string) => store.room.value.players.find((one) => one.userId === userId)?.name ?? 'The host';
  const text = sayEvent(event, store.userId, names);
  const isMine = 'userId' in event.data && event.data.userId === store.userId;
  switch (event.type) {
    case 'submission.judged': {
      const { verdict, problem } = event.data;
      const { name, tone, remark } = VERDICT_WORDS[verdict];
      if (!isMine)
        return verdict === 'AC' && isFirstAccepted(event, store.room.value.submissions)
          ? { text: `${event.data.name} solved ${problem}`, tone: 'plain', sound: 'other' }
          : null;
      const said = `${problem}: ${name}${remark && tone === 'odd' ? `, ${remark}` : ''}`;
      const how = verdict === 'AC' ? 'good' : 'bad';
      return { text: said, tone: how, sound: how, isSeen: problem === desk.label.value };
    }
    case 'contest.started':
      return { text: 'Go!', tone: 'plain', sound: 'start', isUrgent: true, isSeen: true };
    case 'contest.ended':
      return { text, tone: 'plain', sound: 'end', isUrgent: true, isSeen: true };
    case 'contest.finalized':
      return { text, tone: 'plain', isSeen: true };
    case 'contest.extended':
    case 'contest.revealed':
      return { text, tone: 'plain' };
    case 'announcement.posted':
      return { text, tone: 'plain', isUrgent: true };
    case 'player.joined':
    case 'player.left':
    case 'contest.end-offered':
    case 'rematch.offered':
      return isMine ? null : { text, tone: 'plain', sound: 'other' };
    case 'rematch.declined':
      return { text, tone: 'plain' };
    default:
      return null;
  }
}
