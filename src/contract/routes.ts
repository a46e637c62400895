import { z } from 'zod';
import { ProblemShape, ProblemSummary, SessionIdShape, UserIdShape, UserShape } from './shapes';
import { ADMIN_ROUTES } from './admin-routes';
import { Health, HistoryItem, Language, page, Session, SignedIn, Stats } from './answers';
import type { Route } from './route';
import { SIGN_IN_ENDINGS } from './sign-in';
import { GuestSignIn, LeaveForGoogle, Nothing, ProblemQuery, PageQuery } from './requests';
import { ROOM_ROUTES } from './room-routes';

/*
 * Every request this server answers. Controllers take their shapes from here, the OpenAPI page is
 * made from it, and a test holds the router to it: nothing is served that is not in this table.
 */

export const ROUTES = {
  'GET /api/auth/providers': {
    says: 'By what one can sign in here.',
    open: true,
    status: 200,
    answer: z.object({ google: z.boolean(), guests: z.boolean() }),
  },
  'GET /api/auth/google': {
    says: 'Sends a browser to Google, and from there back to a path of this site. A guest’s browser leaves to link his account.',
    open: true,
    query: LeaveForGoogle,
    status: 302,
    refusals: ['auth.forbidden', 'rate.limited'],
  },
  'GET /api/auth/google/callback': {
    says: `Where Google sends browsers back to, and they on to the app. Sets the refresh cookie. How it ended is in the address as sign-in=${Object.keys(SIGN_IN_ENDINGS).join('|')}.`,
    open: true,
    status: 302,
    refusals: ['rate.limited'],
  },
  'POST /api/auth/guest': {
    says: 'Signs a guest in by name. Sets the refresh cookie.',
    open: true,
    body: GuestSignIn,
    status: 201,
    answer: SignedIn,
    refusals: ['auth.forbidden'],
  },
  'POST /api/auth/refresh': {
    says: 'Exchanges the refresh cookie for a fresh access token and rotates it. A reused old cookie ends the session.',
    open: true,
    body: Nothing,
    status: 200,
    answer: SignedIn,
    refusals: ['auth.required', 'auth.expired', 'auth.banned'],
  },
  'POST /api/auth/logout': { says: 'Ends this session and closes its sockets.', body: Nothing, status: 204 },
  'POST /api/auth/logout-everywhere': {
    says: 'Ends all my sessions, this one too, and closes their sockets.',
    body: Nothing,
    status: 204,
  },
  'GET /api/me/sessions': {
    says: 'Where I am signed in, the newest first. When a session was last seen is known to a quarter of an hour.',
    query: PageQuery,
    status: 200,
    answer: page(Session),
  },
  'DELETE /api/me/sessions/:sessionId': {
    says: 'Ends a session of mine and closes its sockets. The same again is the same answer.',
    params: { sessionId: SessionIdShape },
    status: 204,
    refusals: ['session.not-found'],
  },
  'GET /api/me': { says: 'Who I am.', status: 200, answer: UserShape },
  'GET /api/me/stats': { says: 'What I have played.', status: 200, answer: Stats },
  'GET /api/users/:userId': {
    says: 'Anybody’s profile.',
    params: { userId: UserIdShape },
    status: 200,
    answer: UserShape.extend({ stats: Stats }),
    refusals: ['user.not-found'],
  },
  'GET /api/users/:userId/history': {
    says: 'Past contests, newest first.',
    params: { userId: UserIdShape },
    query: PageQuery,
    status: 200,
    answer: page(HistoryItem),
    refusals: ['user.not-found'],
  },
  'GET /api/languages': { says: 'What the judge in use can run.', open: true, status: 200, answer: z.array(Language) },
  'GET /api/problems': {
    says: 'Published problems.',
    open: true,
    query: ProblemQuery,
    status: 200,
    answer: page(ProblemSummary),
  },
  'GET /api/problems/:slug': {
    says: 'One published problem with samples and limits, never secret tests.',
    open: true,
    params: { slug: z.string() },
    status: 200,
    answer: ProblemShape,
    refusals: ['problem.not-found'],
  },
  ...ROOM_ROUTES,
  ...ADMIN_ROUTES,

  'GET /livez': { says: 'The process lives.', open: true, status: 200, answer: z.object({ status: z.literal('ok') }) },
  'GET /readyz': {
    says: 'The process can do its work; 503 with the reasons where it cannot.',
    open: true,
    status: 200,
    unready: 503,
    answer: Health,
  },
} as const satisfies Record<string, Route>;
