import { io } from '/assets/socket.io/socket.io.esm.min.js';

/** What the server refused, with its code; `code` is null when it could not be reached. */
export class Refused extends Error {
  constructor({ code = null, message }) {
    super(message);
    this.code = code;
  }
}

const AWAY = 'The server does not answer. Your code is kept on this device; try again in a moment.';
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let token = null;
let renewal = 0;

async function send(method, path, body) {
  try {
    return await fetch(`/api${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused({ message: AWAY });
  }
}

async function answerOf(response) {
  const answer = response.status === 204 ? null : await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Refused(answer.error ?? { message: AWAY });
}

/** Asks once; a token that has run out is exchanged on the way. */
export async function ask(method, path, body) {
  const response = await send(method, path, body);
  if (response.status !== 401 || path.startsWith('/auth/')) return answerOf(response);
  await refresh();
  return answerOf(await send(method, path, body));
}

/** Asks until there is an answer. Only for what may be said twice. */
export async function askUntilAnswered(method, path, body, isAway) {
  for (;;) {
    try {
      return await ask(method, path, body);
    } catch (error) {
      if (error.code !== null && error.code !== 'server.unavailable') throw error;
      isAway();
      await pause(1000);
    }
  }
}

const signedIn = ({ accessToken, expiresAt, user }) => {
  token = accessToken;
  clearTimeout(renewal);
  renewal = setTimeout(
    () => refresh().catch(() => undefined),
    Math.max(10_000, Date.parse(expiresAt) - Date.now() - 90_000),
  );
  return user;
};
export const signIn = async (name) => signedIn(await ask('POST', '/auth/guest', { name }));
export async function refresh() {
  const user = signedIn(await ask('POST', '/auth/refresh', {}));
  if (socket?.connected) socket.emit('session:renew', { token }, () => undefined);
  return user;
}
export const signOut = () => ask('POST', '/auth/logout', {});

let socket = null;
let following = null;
/** Milliseconds the server's clock is ahead of `performance.now()`. */
let offset = Date.now() - performance.now();
export const serverNow = () => performance.now() + offset;

/**
 * Follows a room, this one and no other, and comes back by itself: `events` hears each of its events
 * once and in order, `snapshot` that too many were missed, `state` how the connection is.
 */
export function follow(roomId, after, listener) {
  if (following && following.roomId !== roomId)
    socket?.emit('room:unwatch', { roomId: following.roomId }, () => undefined);
  following = { roomId, seq: after, listener };
  if (!socket) connect();
  else if (socket.connected) watch();
}

export function unfollow() {
  following = null;
  socket?.disconnect();
  socket = null;
}

function connect() {
  const auth = (give) => give({ token });
  socket = io({ path: '/ws', transports: ['websocket'], auth, reconnectionDelay: 500, reconnectionDelayMax: 5000 });
  socket.on('connect', () => {
    void watch();
    void setClock();
  });
  socket.on('connect_error', ({ data }) => {
    following?.listener.state('away');
    if (data?.code?.startsWith('auth.'))
      refresh().then(
        () => socket?.connect(),
        () => following?.listener.state('ended'),
      );
    else if (!socket?.active) setTimeout(() => socket?.connect(), 2000);
  });
  socket.on('disconnect', (reason) => {
    following?.listener.state('away');
    if (reason === 'io server disconnect') setTimeout(() => socket?.connect(), 500);
  });
  socket.on('room:event', (event) => hear([event]));
  socket.on('room:seq', ({ roomId, seq }) => {
    if (following?.roomId === roomId && seq > following.seq) void watch();
  });
  socket.on('session:expiring', () => void refresh().catch(() => undefined));
  for (const name of ['submission:progress', 'trial:done', 'presence'])
    socket.on(name, (notice) => following?.listener.notice(name, notice));
}

async function watch() {
  const asked = following;
  if (!asked || !socket) return;
  const answer = await socket
    .timeout(5000)
    .emitWithAck('room:watch', { roomId: asked.roomId, after: asked.seq })
    .catch(() => null);
  if (asked !== following || !answer) return;
  if (!answer.ok) return asked.listener.state('refused', answer.error.message);
  asked.listener.state('online', answer.events?.length ?? 0);
  if (answer.events) return hear(answer.events);
  asked.seq = answer.seq;
  asked.listener.snapshot();
}

function hear(events) {
  for (const event of events) {
    if (event.roomId !== following?.roomId || event.seq <= following.seq) continue;
    if (event.seq > following.seq + 1) return void watch();
    following.seq = event.seq;
    following.listener.event(event);
  }
}

/** The quickest of five questions tells the time best. */
async function setClock() {
  let best = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const asked = performance.now();
    const answer = await socket
      ?.timeout(3000)
      .emitWithAck('clock:ping', {})
      .catch(() => null);
    const trip = performance.now() - asked;
    if (!answer?.ok || trip >= best) continue;
    best = trip;
    offset = Date.parse(answer.serverNow) + trip / 2 - performance.now();
  }
}
