import { ask, follow, serverNow } from './server.js';
import { byId, calm, complain, doing, element, inMinutes, show, verdictElement, VERDICTS } from './page.js';
import { openEditor, showCompilerOutput, showTrial } from './editor.js';

let me = null;
let room = null;
const progress = new Map();
const presence = new Map();

/** Shows a room from now on, at whatever point of its life it is. */
export function enter(user, found) {
  me = user;
  room = found;
  for (const memory of [progress, presence]) memory.clear();
  byId('log').replaceChildren();
  calm();
  show('room');
  render();
  follow(room.id, 0, listener);
}

const listener = {
  event(event) {
    tell(event);
    if (event.type === 'rematch.accepted') void moveOn(event.data.roomId);
    if (event.type === 'submission.judged' && event.data.userId === me.id && event.data.verdict === 'CE')
      void showCompilerOutput(event.data.submissionId).catch(() => undefined);
    lookAgain();
  },
  snapshot: () => lookAgain(),
  state(state, more) {
    const says = {
      online:
        more > 0 && byId('connection').textContent.startsWith('Connection lost')
          ? `Back: ${more} update${more === 1 ? '' : 's'} replayed`
          : 'Connected',
      away: 'Connection lost. Reconnecting … Your code is saved on this device. The clock keeps running.',
      ended: 'Your session has ended. Sign in again.',
      refused: more,
    };
    byId('connection').textContent = says[state];
    if (state === 'online') lookAgain();
  },
  notice(name, notice) {
    if (name === 'submission:progress') progress.set(notice.submissionId, `${notice.done}/${notice.of} tests`);
    if (name === 'presence') presence.set(notice.userId, notice.state);
    if (name === 'trial:done') showTrial(notice);
    if (name !== 'trial:done') render();
  },
};

async function moveOn(roomId) {
  const next = await ask('GET', `/rooms/${roomId}`);
  history.pushState(null, '', `/r/${next.room.code}`);
  await enter(me, next.room, 0);
}

let looking = null;
let again = false;
/** Asks for the room as it is now; many events at once are one question. */
function lookAgain() {
  again = true;
  looking ??= (async () => {
    while (again) {
      again = false;
      const { id } = room;
      const answer = await ask('GET', `/rooms/${id}`);
      if (room.id === id) room = answer.room;
      render();
    }
  })()
    .catch(() => undefined)
    .finally(() => (looking = null));
}

const nameOf = (userId) => room.players.find((player) => player.userId === userId)?.name ?? 'Somebody';
const isHost = () => room.hostId === me.id;
const mySeat = () => room.players.find(({ userId }) => userId === me.id);
function phaseOf() {
  if (room.cancelledAt) return 'cancelled';
  if (room.finalizedAt) return 'final';
  if (room.endedAt) return 'judging';
  if (room.startedAt) return 'running';
  return room.startsAt ? 'countdown' : 'lobby';
}

function render() {
  const phase = phaseOf();
  byId('room-code').textContent = room.code;
  byId('casual').hidden = !room.casual;
  setText('phase', phaseText(phase));
  setText('offer', offerText(phase));
  byId('lobby').hidden = phase !== 'lobby' && phase !== 'countdown';
  renderLobby();
  renderBoard();
  byId('contest').hidden = !room.startedAt || !mySeat();
  if (room.startedAt && mySeat()) openEditor(me, room.id, room.settings.languages).catch(complain);
  for (const id of ['run', 'run-own', 'submit']) byId(id).disabled = phase !== 'running';
  renderSubmissions();
  renderMoves(phase);
}
/** Screen readers speak what changes, so nothing is changed for nothing. */
const setText = (id, text) => byId(id).textContent === text || (byId(id).textContent = text);

function phaseText(phase) {
  const awaited = room.submissions.filter(({ verdict }) => verdict === 'PENDING' || verdict === 'JE').length;
  const texts = {
    lobby: room.players.length < 2 ? 'Waiting for an opponent' : 'Waiting until both are ready and the host starts',
    countdown: 'Starting …',
    running: 'Running',
    judging: `Time is up. Waiting for ${awaited} verdict${awaited === 1 ? '' : 's'}`,
    cancelled: 'This room is closed',
  };
  if (phase !== 'final') return texts[phase];
  const how = {
    time: 'on the board',
    agreed: 'on the board, by agreement',
    host: 'ended by the host',
    resign: 'by resignation',
    forfeit: 'the opponent was gone',
  };
  if (room.winnerId === null) return 'Final: a draw';
  return `Final: ${room.winnerId === me.id ? 'you win' : `${nameOf(room.winnerId)} wins`} (${how[room.endReason]})`;
}

function offerText(phase) {
  if (phase === 'running' && room.endOfferedBy)
    return room.endOfferedBy === me.id
      ? 'You offer to end. Your opponent has not answered.'
      : `${nameOf(room.endOfferedBy)} offers to end now.`;
  if (phase === 'final' && room.rematchOfferedBy && !room.rematchRoomId)
    return room.rematchOfferedBy === me.id
      ? 'You offer a rematch.'
      : `${nameOf(room.rematchOfferedBy)} offers a rematch.`;
  return '';
}

function renderLobby() {
  const password = location.hash.slice(1);
  byId('share').value = `${location.origin}/r/${room.code}${password && `#${password}`}`;
  byId('share-hint').textContent = password
    ? ` (password ${decodeURIComponent(password)} is in it)`
    : room.locked
      ? ' (the password is needed too)'
      : '';
  const { minutes, problems, penaltyMinutes } = room.settings;
  const count = problems.count ?? problems.length;
  byId('room-rules').textContent =
    `${minutes} minutes, ${count} problem${count === 1 ? '' : 's'}. More solved wins; then less penalty: the time of each accepted ` +
    `program, and ${penaltyMinutes} minutes for each wrong one before it.`;
}

function renderBoard() {
  const head = ['#', 'Player', 'Solved', 'Penalty', ...room.problems].map((text) =>
    element('th', { scope: 'col' }, text),
  );
  const rows = room.leaderboard.map(({ rank, userId, name, solved, penalty, cells }) => {
    const player = room.players.find((one) => one.userId === userId);
    const there = userId === me.id ? ' (you)' : presence.has(userId) ? ` (${presence.get(userId)})` : '';
    const ready = !room.startedAt && player ? (player.ready ? ' – ready' : ' – not ready') : '';
    const who = element('th', { scope: 'row' }, name, there, ready);
    return element(
      'tr',
      {},
      element('td', {}, String(rank)),
      who,
      element('td', {}, String(solved)),
      element('td', {}, penaltyText(penalty)),
      ...room.problems.map((label) => cellElement(cells[label])),
    );
  });
  byId('board').replaceChildren(element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
}
const penaltyText = (penalty) => (room.settings.timePrecision === 'second' ? inMinutes(penalty) : String(penalty));

function cellElement(cell) {
  if (!cell || cell.state === 'untouched') return element('td', {}, '–');
  const tries = cell.tries > 0 ? ` (${cell.tries})` : '';
  if (cell.state === 'solved')
    return element(
      'td',
      { className: 'good' },
      `✓ ${inMinutes(cell.solvedAtSeconds)}${tries}${cell.first ? ' first' : ''}`,
    );
  return cell.state === 'pending'
    ? element('td', {}, `… judging${tries}`)
    : element('td', { className: 'bad' }, `✗ tried${tries}`);
}

function renderSubmissions() {
  const items = room.submissions.map(({ submissionId, userId, problem, language, receivedAt, verdict }) => {
    const after = inMinutes((Date.parse(receivedAt) - Date.parse(room.startedAt)) / 1000);
    const live = verdict === 'PENDING' && progress.has(submissionId) ? `, ${progress.get(submissionId)}` : '';
    return element(
      'li',
      {},
      `${after} ${userId === me.id ? 'You' : nameOf(userId)}: ${problem} in ${language}: `,
      verdictElement(verdict),
      live,
    );
  });
  byId('submissions').replaceChildren(
    ...(items.length > 0 ? items : [element('li', { className: 'faint' }, 'None yet')]),
  );
}

const move = (text, path, body = {}, sure = null) => ({ text, path, body, sure });
function movesOf(phase) {
  const seat = mySeat();
  if (phase === 'lobby')
    return [
      ...(seat
        ? [seat.ready ? move('Not ready', 'ready', { ready: false }) : move('Ready', 'ready', { ready: true })]
        : []),
      ...(isHost() && room.players.length === 2 && room.players.every(({ ready }) => ready)
        ? [move('Start', 'start')]
        : []),
      move(isHost() ? 'Close the room' : 'Leave', 'leave', {}, 'Leave this room?'),
    ];
  if (phase === 'countdown') return [move('Leave', 'leave', {}, 'Leave and stop the countdown?')];
  if (phase === 'running' && seat) {
    const end =
      room.endOfferedBy === null
        ? [move('Offer to end', 'end')]
        : room.endOfferedBy === me.id
          ? []
          : [move('Agree to end', 'end')];
    return [...end, move('Resign', 'resign', {}, 'Resign? Your opponent wins.')];
  }
  if (phase !== 'final' || !seat || room.rematchRoomId) return [];
  if (room.rematchOfferedBy === null) return [move('Offer a rematch', 'rematch', { answer: 'offer' })];
  if (room.rematchOfferedBy === me.id) return [move('Withdraw the rematch', 'rematch', { answer: 'withdraw' })];
  return [
    move('Accept the rematch', 'rematch', { answer: 'accept' }),
    move('Decline', 'rematch', { answer: 'decline' }),
  ];
}

let movesShown = '';
function renderMoves(phase) {
  const moves = movesOf(phase);
  const shown = JSON.stringify([room.id, moves]);
  if (shown === movesShown) return; // a button that is being used stays where it is
  movesShown = shown;
  const hadFocus = byId('moves').contains(document.activeElement);
  const buttons = moves.map(({ text, path, body, sure }, i) => {
    const button = element(
      'button',
      { type: 'button', className: i === 0 && sure === null && phase !== 'running' ? 'main' : '' },
      text,
    );
    button.onclick = () => {
      if (sure === null || confirm(sure)) void doing(button, () => ask('POST', `/rooms/${room.id}/${path}`, body));
    };
    return button;
  });
  if (phase === 'final' || phase === 'cancelled')
    buttons.push(element('button', { type: 'button', onclick: () => location.assign('/') }, 'Back to the start'));
  byId('moves').replaceChildren(...buttons);
  if (hadFocus) buttons[0]?.focus();
}

/** What an event says, in words. What this reader may not see has no type, and is not told. */
function tell({ type, at, data }) {
  const who = data && (data.userId === me.id ? 'You' : data.name);
  const texts = {
    'room.opened': () => 'The room is opened',
    'player.joined': () => `${who} joined`,
    'player.left': () => `${who} left`,
    'player.kicked': () => `${who} had to go`,
    'player.ready': () => `${who}: ${data.ready ? 'ready' : 'not ready'}`,
    'contest.scheduled': () => 'The countdown runs',
    'contest.started': () => 'The contest has started',
    'submission.received': () => `${who} submitted ${data.problem}`,
    'submission.judged': () => `${who}: ${data.problem} ${VERDICTS[data.verdict]}`,
    'contest.extended': () => 'The contest is extended',
    'contest.end-offered': () => `${who} offered to end`,
    'contest.ended': () => 'The contest has ended',
    'contest.finalized': () => 'The result is final',
    'contest.revealed': () => 'The freeze is lifted',
    'room.cancelled': () => 'The room is closed',
    'announcement.posted': () => data.text,
    'rematch.offered': () => `${who} offered a rematch`,
    'rematch.declined': () => `${who}: no rematch now`,
    'rematch.accepted': () => 'On to the rematch',
  };
  const text = texts[type]?.();
  if (text) byId('log').prepend(element('li', {}, `${new Date(at).toLocaleTimeString()} ${text}`));
}

/** The clock only shows: it is the server that starts and ends. */
setInterval(() => {
  if (!room) return;
  const until = room.endedAt ? null : room.startedAt ? room.endsAt : room.startsAt;
  const left = until && Math.max(0, (Date.parse(until) - serverNow()) / 1000);
  const text = left === null ? '–:––' : left < 10 ? left.toFixed(1) : inMinutes(Math.ceil(left));
  if (byId('clock').textContent !== text) byId('clock').textContent = text;
}, 100);

byId('copy').onclick = async () => {
  byId('share').select();
  await navigator.clipboard?.writeText(byId('share').value).catch(() => undefined);
  byId('copy').textContent = 'Copied';
  setTimeout(() => (byId('copy').textContent = 'Copy'), 3000);
};
