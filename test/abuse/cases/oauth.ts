import { CALLBACK, endingOf, isCallback, meIn, newSubject, PUBLIC_URL, START } from '../../support/google';
import type { Plan } from '../../support/identity-provider';
import type { Cases, Stage } from '../case';

/** Somebody signs in at a Google that goes by a plan; says where that ends, and with what. */
async function signIn(stage: Stage, plan: Plan, start = START) {
  const { provider, browser } = await stage.google();
  await provider.plan({ subject: newSubject(), ...plan });
  const visitor = browser();
  const at = await visitor.visit(start);
  return { visitor, at };
}

/* People come back from Google by a browser: what is refused is told by the page they are sent to, not by a status. */
export const OAUTH: Cases = {
  'OAUTH-01': async (stage) => {
    const { browser } = await stage.google();
    for (const query of ['?code=x', '', '?code=x&state=', '?code=x&state=x', '?code=x&code=y&state=__proto__']) {
      const visitor = browser();
      expect(endingOf(await visitor.visit(CALLBACK + query))).toBe('failed');
      expect(await meIn(visitor)).toBeNull();
    }
  },
  'OAUTH-02': async (stage) => {
    const { provider, browser } = await stage.google();
    await provider.plan({ subject: newSubject() });
    const [attacker, victim] = [browser(), browser()];
    const callback = await attacker.visit(START, isCallback);
    expect(endingOf(await victim.visit(callback))).toBe('failed');
    await victim.visit(START, isCallback);
    expect(endingOf(await victim.visit(callback))).toBe('failed');
    expect(await meIn(victim)).toBeNull();
  },
  'OAUTH-06': async (stage) => {
    for (const aud of ['another-site', ['joust-test', 'another-site']]) {
      const { visitor, at } = await signIn(stage, { idToken: { aud } });
      expect([endingOf(at), await meIn(visitor)]).toEqual(['failed', null]);
    }
  },
  'OAUTH-07': {
    heldBy: 'test/e2e/google.spec.ts',
    as: 'asks by authorization code, with state, nonce and PKCE, for as little as it needs',
  },
  'OAUTH-08': async (stage) => {
    const userinfo = { email: 'same@mail.test', name: 'Same' };
    const [one, other] = [await signIn(stage, { userinfo }), await signIn(stage, { userinfo })];
    expect([endingOf(one.at), endingOf(other.at)]).toEqual(['done', 'done']);
    expect((await meIn(one.visitor)).id).not.toBe((await meIn(other.visitor)).id);
  },
  'OAUTH-10': async (stage) => {
    const foreign = ['https://evil.example/', '//evil.example', '/\\evil.example', 'https:evil', 'javascript:alert(1)'];
    for (const next of [...foreign, '%2f%2fevil.example', '/\t/evil.example', '/%0d%0aLocation: //evil.example']) {
      const { visitor, at } = await signIn(stage, {}, `${START}?returnTo=${encodeURIComponent(next)}`);
      expect(new URL(at).origin).toBe(PUBLIC_URL);
      expect(visitor.visited.filter((one) => new URL(one).hostname.includes('evil'))).toEqual([]);
    }
  },
  'OAUTH-11': async (stage) => {
    const { visitor, at } = await signIn(stage, {});
    const { body } = await visitor.ask('POST', '/auth/refresh');
    const tokens = [...(await (await stage.google()).provider.plan({})), body.accessToken, ...visitor.cookies.values()];
    for (const token of [...tokens, 'ann@mail.test']) expect([...visitor.visited, at].join('\n')).not.toContain(token);
  },
  'OAUTH-12': async (stage) => {
    const { visitor, at } = await signIn(stage, { error: 'access_denied' });
    expect([endingOf(at), await meIn(visitor)]).toEqual(['denied', null]);
  },
  'OAUTH-13': {
    heldBy: 'test/e2e/google-outages.spec.ts',
    as: 'does not answer, nobody waits longer than five seconds, and soon nobody waits at all',
  },
};
