import type { Cases } from './case';
import { AUTHN } from './cases/authn';
import { DEPENDENCIES } from './cases/dependencies';
import { FRAMES } from './cases/frames';
import { HANDSHAKE } from './cases/handshake';
import { HTTP } from './cases/http';
import { IMPORT } from './cases/import';
import { INJECTION } from './cases/injection';
import { JUDGE } from './cases/judge';
import { OAUTH } from './cases/oauth';
import { OPERATIONS } from './cases/operations';
import { ROOM } from './cases/room';
import { SESSION } from './cases/session';
import { SUBMISSION } from './cases/submission';
import { XSS } from './cases/xss';

/** Every abuse that is known, by its group: what is tried, and where. */
export const CASES: Readonly<Record<string, Cases>> = {
  ...{ AUTHN, OAUTH, SESSION, WSHS: HANDSHAKE, WSFR: FRAMES, ROOM, SUBM: SUBMISSION, JUDGE, IMPORT, XSS },
  ...{ INJ: INJECTION, HTTP, OPS: OPERATIONS, DEP: DEPENDENCIES },
};
