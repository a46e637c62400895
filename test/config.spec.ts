import { ConfigError, readConfig } from '../src/config';

const problemsOf = (env: Record<string, string>): string => {
  try {
    readConfig(env);
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
};

describe('the environment', () => {
  it('may be empty', () => {
    expect(readConfig({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', RATE_LIMITS: true, guests: true });
  });

  it('that is wrong is refused with everything that is wrong', () => {
    const says = problemsOf({
      PORT: '70000',
      RATE_LIMITS: 'no',
      JWT_SECRET: 'short',
      PUBLIC_URL: 'ftp://x',
      LOG_LEVEL: 'loud',
    });
    for (const name of ['PORT', 'RATE_LIMITS', 'JWT_SECRET', 'PUBLIC_URL', 'LOG_LEVEL'])
      expect(says).toContain(`\n  ${name} `);
    expect(says).not.toContain('short');
    expect(problemsOf({ PORT: 'http', RATE_LIMITS: 'off', HOST: '0.0.0.0' })).toMatch(/PORT .*\n {2}RATE_LIMITS /);
    expect(problemsOf({ PORT: 'http', RATE_LIMITS: 'no', HOST: '0.0.0.0' }).match(/RATE_LIMITS/g)).toHaveLength(1);
  });

  it.each<[string, Record<string, string>]>([
    ['rate limits off where others can reach it', { RATE_LIMITS: 'off', HOST: '0.0.0.0' }],
    ['rate limits off on every address', { RATE_LIMITS: 'off', HOST: '::' }],
    ['rate limits off on a name that looks local', { RATE_LIMITS: 'off', HOST: '127.0.0.1.evil.example' }],
    ['a secret that is easy to guess', { JWT_SECRET: 'a'.repeat(64) }],
    ['a secret out of an example', { JWT_SECRET: 'mysecretkeymysecretkeymysecretkey123' }],
    ['a port that is none', { PORT: 'http' }],
    ['half a port', { PORT: '1.5' }],
    ['a proxy that is none', { TRUST_PROXY: 'everybody' }],
    ['a proxy network that is none', { TRUST_PROXY: '10.0.0.0/99' }],
    ['everybody for a proxy', { TRUST_PROXY: 'true' }],
    ['a password in an address that is shown', { JUDGE0_URL: 'http://ann:secret@judge0:2358' }],
    ['programs without isolation, loosely said', { JUDGE_UNSAFE_LOCAL: 'yes' }],
    ['programs without isolation for a network', { JUDGE_UNSAFE_LOCAL: '1', HOST: '0.0.0.0' }],
    ['programs without isolation behind a proxy', { JUDGE_UNSAFE_LOCAL: '1', TRUST_PROXY: '1' }],
    ['programs without isolation at an address', { JUDGE_UNSAFE_LOCAL: '1', PUBLIC_URL: 'https://joust.test' }],
    ['programs without isolation for other servers', { JUDGE_UNSAFE_LOCAL: '1', ROLE: 'judge' }],
    ['languages without numbers', { JUDGE0_LANGUAGES: 'cpp,python=71' }],
  ])('may not ask for %s', (_, env) => {
    expect(problemsOf(env)).toContain(Object.keys(env)[0]);
  });

  it.each<[string, unknown]>([
    ['1', 1],
    ['2', 2],
    ['loopback', 'loopback'],
    ['loopback, 10.0.0.0/8', 'loopback, 10.0.0.0/8'],
  ])('may name the proxies to believe: %s', (TRUST_PROXY, read) => {
    expect(readConfig({ TRUST_PROXY }).TRUST_PROXY).toBe(read);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['for others to see', { ROLE: 'api' }, ['DATABASE_URL', 'AMQP_URL', 'REDIS_URL', 'JWT_SECRET']],
    ['to judge what others accept', { ROLE: 'judge' }, ['DATABASE_URL', 'AMQP_URL', 'REDIS_URL']],
    ['the rest of a part', { ROLE: 'judge', DATABASE_URL: 'postgres://localhost/joust' }, ['AMQP_URL', 'REDIS_URL']],
    ['nothing, where one process does everything', { ROLE: 'all' }, []],
  ])('of a role must hold what it takes %s', (_, env, missing) => {
    const named = problemsOf(env).matchAll(/^ {2}(\w+) must be set where ROLE is/gm);
    expect([...named].map(([, name]) => name)).toEqual(missing);
  });

  it('of somebody who wants Google must hold all that it takes, and shuts guests out unless they are asked in', () => {
    const all = { GOOGLE_CLIENT_ID: 'x', GOOGLE_CLIENT_SECRET: 'y', PUBLIC_URL: 'https://joust.test' };
    expect(readConfig(all).guests).toBe(false);
    expect(readConfig({ ...all, GUESTS: 'on' }).guests).toBe(true);
    const named = (env: Record<string, string>) =>
      [...problemsOf(env).matchAll(/^ {2}(\w+) must be set for signing in with Google: \w/gm)].map(([, name]) => name);
    expect(named({ GOOGLE_CLIENT_ID: 'x' })).toEqual(['GOOGLE_CLIENT_SECRET', 'PUBLIC_URL']);
    expect(named({ GOOGLE_CLIENT_SECRET: 'y' })).toEqual(['GOOGLE_CLIENT_ID', 'PUBLIC_URL']);
    expect(named({ PUBLIC_URL: 'https://joust.test' })).toEqual([]);
  });

  it('may have Judge0 call only a process that both serves and judges', () => {
    const JUDGE0_CALLBACK_URL = 'http://joust:3000';
    expect(problemsOf({ ROLE: 'judge', JUDGE0_CALLBACK_URL })).toMatch(/\n {2}JUDGE0_CALLBACK_URL /);
    expect(problemsOf({ JUDGE0_CALLBACK_URL })).toBe('');
  });

  it('may name no role that there is not', () => {
    expect(problemsOf({ ROLE: 'worker' })).toMatch(/\n {2}ROLE /);
  });

  it('may let programs run without isolation on a machine one has to oneself', () => {
    expect(readConfig({}).JUDGE_UNSAFE_LOCAL).toBe(false);
    expect(readConfig({ JUDGE_UNSAFE_LOCAL: '0', HOST: '0.0.0.0' }).JUDGE_UNSAFE_LOCAL).toBe(false);
    expect(readConfig({ JUDGE_UNSAFE_LOCAL: '1', HOST: 'localhost' }).JUDGE_UNSAFE_LOCAL).toBe(true);
  });

  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('may switch rate limits off on %s', (HOST) => {
    expect(readConfig({ RATE_LIMITS: 'off', HOST }).RATE_LIMITS).toBe(false);
  });
});
