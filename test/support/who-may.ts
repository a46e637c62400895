import type { RefusalCode } from '../../src/contract/refusals';
import type { Phase } from '../../src/core/room';
import { INSIDERS, OUTSIDERS, PHASES, STAFF, type Known } from './cast';

/* Who may do what, as it is expected: written down here and taken from nowhere else. */

/** Words of the tables: let in and done, or the refusal. Beside them `in`: let in, whatever came of it. */
export const WORDS: Readonly<Record<string, RefusalCode | 'ok'>> = {
  ok: 'ok',
  signin: 'auth.required',
  forbidden: 'auth.forbidden',
  banned: 'auth.banned',
  host: 'room.not-host',
  member: 'room.not-member',
  noroom: 'room.not-found',
  nosub: 'submission.not-found',
  nosession: 'session.not-found',
  closed: 'room.closed',
  kicked: 'room.kicked',
  full: 'room.full',
  early: 'contest.not-running',
  started: 'contest.already-started',
  over: 'contest.over',
  unready: 'contest.not-ready',
};

/** Where no room matters: for anybody at all, for all who have signed in, or for those of our staff. */
const OUTSIDE = `
  GET /livez                                    anybody  ok
  GET /readyz                                   anybody  ok
  GET /api/languages                            anybody  ok
  GET /api/problems                             anybody  ok
  GET /api/problems/:slug                       anybody  ok
  GET /api/auth/providers                       anybody  ok
  GET /api/auth/google                          anybody  forbidden
  GET /api/auth/google/callback                 anybody  ok
  POST /api/auth/guest                          anybody  ok
  POST /api/auth/refresh                        anybody  signin
  POST /api/auth/logout                         user     ok
  POST /api/auth/logout-everywhere              user     ok
  GET /api/me                                   user     ok
  GET /api/me/stats                             user     ok
  GET /api/me/sessions                          user     ok
  DELETE /api/me/sessions/:sessionId            user     nosession
  GET /api/users/:userId                        user     ok
  GET /api/users/:userId/history                user     ok
  POST /api/rooms                               user     ok
  GET /api/admin/users                                     admin              in
  GET /api/admin/users/:userId                             admin              in
  PUT /api/admin/users/:userId/role                        admin              in
  POST /api/admin/users/:userId/ban                        admin              in
  POST /api/admin/users/:userId/unban                      admin              in
  GET /api/admin/users/:userId/sessions                    admin              in
  DELETE /api/admin/users/:userId/sessions                 admin              in
  DELETE /api/admin/users/:userId/sessions/:sessionId      admin              in
  GET /api/admin/rooms                                     judge+admin        in
  GET /api/admin/rooms/:roomId                             judge+admin        in
  POST /api/admin/rooms/:roomId/close                      admin              in
  POST /api/admin/rooms/:roomId/announce                   judge+admin        in
  POST /api/admin/announcements                            judge+admin        in
  GET /api/admin/submissions                               judge+admin        in
  GET /api/admin/submissions/:submissionId                 judge+admin        in
  POST /api/admin/rejudges/preview                         judge+admin        in
  POST /api/admin/rejudges                                 judge+admin        in
  GET /api/admin/rejudges                                  judge+admin        in
  GET /api/admin/rejudges/:rejudgeId                       judge+admin        in
  GET /api/admin/rejudges/:rejudgeId/changes               judge+admin        in
  GET /api/admin/rejudges/:rejudgeId/rooms/:roomId         judge+admin        in
  POST /api/admin/rejudges/:rejudgeId/apply                judge+admin        in
  POST /api/admin/rejudges/:rejudgeId/discard              judge+admin        in
  GET /api/admin/dead-letters                              judge+admin        in
  GET /api/admin/dead-letters/:submissionId                judge+admin        in
  POST /api/admin/dead-letters/replay                      judge+admin        in
  POST /api/admin/dead-letters/drop                        judge+admin        in
  GET /api/admin/state                                     judge+admin        in
  GET /api/admin/problems                                  setter+judge+admin in
  POST /api/admin/problems                                 setter+admin       in
  POST /api/admin/statements                               setter+admin       in
  GET /api/admin/problems/:slug                            setter+judge+admin in
  PATCH /api/admin/problems/:slug                          setter+admin       in
  DELETE /api/admin/problems/:slug                         setter+admin       in
  POST /api/admin/problems/:slug/publish                   setter+admin       in
  POST /api/admin/problems/:slug/unpublish                 setter+admin       in
  GET /api/admin/problems/:slug/tests                      setter+judge+admin in
  POST /api/admin/problems/:slug/tests                     setter+admin       in
  PATCH /api/admin/problems/:slug/tests/:index             setter+admin       in
  DELETE /api/admin/problems/:slug/tests/:index            setter+admin       in
  GET /api/admin/problems/:slug/tests/:index/:side         setter+judge+admin in
  PUT /api/admin/problems/:slug/tests/:index/:side         setter+admin       in
  GET /api/admin/analytics                                 setter+judge+admin in
  GET /api/admin/analytics/problems                        setter+judge+admin in
  GET /api/admin/audit                                     admin              in
  room:unwatch                                  user     ok
  clock:ping                                    user     ok
  session:renew                                 user     ok
`;

/** In a room: who, and what he hears in each phase; one word stands for all of them. The first line that fits counts; to who is in none there is no such room. */
const INSIDE = `
  POST /api/rooms/join                   host+opponent+referee          ok
  POST /api/rooms/join                   kicked                         kicked
  POST /api/rooms/join                   spectator+outsiders+staff      full     started  started  over     over     closed
  GET /api/rooms/:roomId                 insiders+staff                 ok
  GET /api/rooms/:roomId/leaderboard     insiders+staff                 ok
  GET /api/rooms/:roomId/events          insiders+staff                 ok
  GET /api/rooms/:roomId/stream          insiders+staff                 ok
  GET /api/rooms/:roomId/submissions     insiders+staff                 ok
  room:watch                             insiders+staff                 ok
  GET /api/rooms/:roomId/problems        insiders+staff                 early    early    ok       ok       ok       closed
  GET /api/submissions/:submissionId     opponent+referee+staff         nosub    nosub    ok       ok       ok       nosub
  GET /api/submissions/:submissionId     host                           nosub    nosub    nosub    nosub    ok       nosub
  GET /api/submissions/:submissionId     spectator+outsiders            nosub
  GET /api/trials/:trialId               opponent                       nosub    nosub    ok       ok       ok       nosub
  GET /api/trials/:trialId               host+referee+spectator+outsiders+staff   nosub
  POST /api/rooms/:roomId/ready          host+opponent                  ok       started  started  over     over     closed
  POST /api/rooms/:roomId/ready          referee+spectator              member
  POST /api/rooms/:roomId/start          host+referee                   ok       ok       ok       over     over     closed
  POST /api/rooms/:roomId/start          opponent+spectator             host
  POST /api/rooms/:roomId/leave          insiders+former                ok
  POST /api/rooms/:roomId/leave          guest+setter+kicked+staff      noroom
  POST /api/rooms/:roomId/cancel         host+referee                   ok       ok       started  over     over     ok
  POST /api/rooms/:roomId/cancel         opponent+spectator             host
  POST /api/rooms/:roomId/kick           host+referee                   ok       ok       started  over     over     closed
  POST /api/rooms/:roomId/kick           opponent+spectator             host
  POST /api/rooms/:roomId/resign         host+opponent                  early    early    ok       over     over     closed
  POST /api/rooms/:roomId/resign         referee+spectator              member
  POST /api/rooms/:roomId/end            host+opponent+referee          early    early    ok       ok       ok       closed
  POST /api/rooms/:roomId/end            spectator                      member
  POST /api/rooms/:roomId/claim          host+opponent                  early    early    forbidden  over   over     closed
  POST /api/rooms/:roomId/claim          referee+spectator              member
  POST /api/rooms/:roomId/extend         host+referee                   early    early    ok       over     over     closed
  POST /api/rooms/:roomId/extend         opponent+spectator             host
  POST /api/rooms/:roomId/reveal         host+referee                   early    early    unready  unready  ok       closed
  POST /api/rooms/:roomId/reveal         opponent+spectator             host
  POST /api/rooms/:roomId/rematch        host+opponent                  early    early    unready  ok       ok       closed
  POST /api/rooms/:roomId/rematch        referee+spectator              member
  POST /api/rooms/:roomId/submissions    host+opponent                  early    early    ok       over     over     closed
  POST /api/rooms/:roomId/submissions    referee+spectator              member
  POST /api/rooms/:roomId/trials         host+opponent                  early    early    ok       over     over     closed
  POST /api/rooms/:roomId/trials         referee+spectator              member
`;
const GROUPS: Readonly<Record<string, readonly string[]>> = { insiders: INSIDERS, outsiders: OUTSIDERS, staff: STAFF };

const lines = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) => /^((?:[A-Z]+ )?\S+)\s+(\S+)\s+(.*)$/.exec(line.trim())!.slice(1) as [string, string, string])
    .map(([name, whom, words]) => ({
      name,
      whom: whom.split('+').flatMap((one) => GROUPS[one] ?? [one]),
      words: words.split(/\s+/),
    }));
const outside = lines(OUTSIDE);
const inside = lines(INSIDE);
export const OUTSIDE_OF_ROOMS = outside.map(({ name }) => name);
export const IN_ROOMS = [...new Set(inside.map(({ name }) => name))];

/** What comes of asking for something, in a word of {@link WORDS}. */
export function expected(name: string, who: Known | 'anonymous', phase: Phase): string {
  const open = outside.find((one) => one.name === name);
  if (open?.whom.includes('anybody')) return open.words[0]!;
  if (who === 'anonymous') return 'signin';
  if (who === 'banned') return 'banned';
  if (open) return open.whom.includes('user') || open.whom.includes(who) ? open.words[0]! : 'forbidden';
  const { words } = inside.find((one) => one.name === name && one.whom.includes(who)) ?? { words: ['noroom'] };
  return words[PHASES.indexOf(phase)] ?? words[0]!;
}
