import { randomUUID } from 'node:crypto';
import { VERDICTS } from '../src/contract/terms';
import { complaints } from './check';
import { Player } from './player';
import { PROBLEMS, PROGRAMS, type Program } from './programs';
import { counted, inSeconds, type Story } from './story';
import { boardLines, pause, Refused, type Board, type EventOf } from './wire';

const COUNTDOWN_SECONDS = 3;
const PENALTY_MINUTES = 5;
/** Before the end: so late that a program of a second is still being judged when time is up. */
const LAST_MOMENT_MS = 800;
/** So that the times on the board differ. */
const THINKING_MS = 1_000;

/**
 * Two players play a whole duel against the server at `url`, and tell what they see.
 *
 * @returns what was wrong with it, in sentences; nothing when all was as it must be.
 */
export async function playDuel(url: string, minutes: number, story: Story): Promise<string[]> {
  const [ann, ben] = [new Player(url, 'Ann', story), new Player(url, 'Ben', story)] as const;
  try {
    await meet(ann, ben, minutes);
    await start(ann, ben);
    await fight(ann, ben, story);
    const endsAt = (await ann.until('contest.started')).data.endsAt;
    await lastMoment(ann, Date.parse(endsAt));
    const board = await result(ann, ben, story);
    return complaints([ann, ben], board, ben, { minutes, penaltyMinutes: PENALTY_MINUTES });
  } finally {
    for (const player of [ann, ben]) player.leave();
  }
}

async function meet(ann: Player, ben: Player, minutes: number): Promise<void> {
  for (const player of [ann, ben]) await player.signIn();
  const settings = {
    minutes,
    problems: PROBLEMS,
    penaltyMinutes: PENALTY_MINUTES,
    countdownSeconds: COUNTDOWN_SECONDS,
  };
  const { room, password } = await ann.ask('POST /api/rooms', { settings });
  ann.tell(`opens room ${room.code}, password ${password ?? 'none'}: ${minutes} min, ${PROBLEMS.join(', ')}`);
  await ben.ask('POST /api/rooms/join', { code: room.code.toLowerCase(), password });
  ben.tell('joins with the code and the password');
  for (const player of [ann, ben]) await player.follow(room.id);
}

async function start(ann: Player, ben: Player): Promise<void> {
  for (const player of [ann, ben]) {
    await player.ask('POST /api/rooms/:roomId/ready', { ready: true });
    player.tell('is ready');
  }
  await ann.ask('POST /api/rooms/:roomId/start', {});
  ann.tell('starts');
  await Promise.all([ann, ben].map(getReadyToRead));
}

/** Both wait for the countdown and read the statements the moment they may. */
async function getReadyToRead(player: Player): Promise<void> {
  const scheduled = await player.until('contest.scheduled');
  player.tell(`sees the countdown: ${inSeconds(Date.parse(scheduled.data.startsAt) - Date.parse(scheduled.at))}`);
  await player.until('contest.started');
  player.tell('hears the start');
  const { problems } = await player.ask('GET /api/rooms/:roomId/problems');
  player.tell(`has the statements: ${problems.map(({ label, title }) => `${label} ${title}`).join(', ')}`);
}

async function fight(ann: Player, ben: Player, story: Story): Promise<void> {
  await submit(ann, PROGRAMS.difference);
  await submit(ben, PROGRAMS.withoutSemicolon);

  const trial = await ben.try(PROGRAMS.sum, '20 22\n');
  ben.tell(`tries the input "20 22": ${trial.tests[0]?.output.trim() ?? 'nothing came out'} (unscored)`);

  await submit(ann, PROGRAMS.sumInCpp);
  await submit(ben, PROGRAMS.sum);
  await submit(ann, PROGRAMS.repair);

  ann.hangUp();
  await doubleClick(ben, PROGRAMS.repairInCpp);
  const missed = ben.position - ann.position;
  ann.callAgain();
  const { seq } = ben.events.at(-1)!;
  await ann.until(ben.events.at(-1)!.type!, (event) => event.seq === seq);
  ann.tell(`has caught up: ${counted(missed, 'event')} behind, now level with Ben`);
  const { rows } = await ann.ask('GET /api/rooms/:roomId/leaderboard');
  tellBoard(story, rows);
}

async function submit(player: Player, program: Program): Promise<void> {
  await pause(THINKING_MS);
  const receipt = await player.submit(program);
  const { problem, language } = program;
  player.tell(`submits ${problem} in ${language}`);
  tellVerdict(player, await player.judged(receipt));
}

/** The same key twice, at the same time: one submission. */
async function doubleClick(player: Player, program: Program): Promise<void> {
  const key = randomUUID();
  const [first, second] = await Promise.all([player.submit(program, key), player.submit(program, key)]);
  const same = first.submissionId === second.submissionId && first.receivedAt === second.receivedAt;
  player.tell(`clicks Submit twice for ${program.problem}: ${same ? 'it is one submission' : 'IT BECAME TWO'}`);
  tellVerdict(player, await player.judged(first));
}

function tellVerdict(player: Player, { data }: EventOf<'submission.judged'>): void {
  const { name, charged } = VERDICTS[data.verdict];
  const remark = charged
    ? ', which costs penalty if it is solved later'
    : data.verdict === 'CE'
      ? ', which costs nothing'
      : '';
  player.tell(`hears: ${data.problem} ${name}${remark}`);
}

/** Submits when hardly any time is left. Too late is no fault: then the server has to say so. */
async function lastMoment(player: Player, endsAt: number): Promise<void> {
  const { serverNow } = await player.ask('GET /api/rooms/:roomId');
  const left = endsAt - Date.parse(serverNow);
  player.tell(`has ${inSeconds(Math.max(0, left))} left, and waits for the last moment`);
  await pause(Math.max(0, left - LAST_MOMENT_MS));
  try {
    await player.submit(PROGRAMS.endless);
    player.tell('submits C in python, a program that never ends');
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'contest.over') throw error;
    player.tell(`is too late: ${error.message}`);
  }
}

async function result(ann: Player, ben: Player, story: Story): Promise<Board> {
  await Promise.all(
    [ann, ben].map(async (player) => {
      const { data } = await player.until('contest.ended');
      const judged = player.events.filter(({ type }) => type === 'submission.judged').length;
      const awaited = player.events.filter(({ type }) => type === 'submission.received').length - judged;
      const what = awaited > 0 ? `Waiting for ${counted(awaited, 'verdict')}` : 'Nothing is awaited';
      player.tell(`sees: time is up (${data.endedAt}). ${what}`);
    }),
  );
  const last = ann.receipts.at(-1)!;
  tellVerdict(ann, await ann.judged(last));
  const finals = await Promise.all([ann, ben].map((player) => player.until('contest.finalized')));
  const { winnerId } = finals[0]!.data;
  for (const player of [ann, ben]) player.tell(player.userId === winnerId ? 'has won' : 'has lost');
  const { rows } = await ben.ask('GET /api/rooms/:roomId/leaderboard');
  tellBoard(story, rows);
  return rows;
}

function tellBoard(story: Story, board: Board): void {
  for (const line of boardLines(board)) story.tell('board', line);
}
