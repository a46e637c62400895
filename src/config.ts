import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

/*
 * The environment, read and checked once; this is the only file that reads it. A URL that is set
 * chooses the real part; unset, its embedded twin.
 */

const onOff = z.enum(['on', 'off']).transform((word) => word === 'on');
const url = (...protocols: string[]) =>
  z.url({
    protocol: new RegExp(`^(${protocols.join('|')})$`),
    error: `must be a URL that begins with ${protocols[0]!}://`,
  });

/** How many proxies stand before us, or which addresses are theirs: what they say of a caller's address is believed. */
const proxies = z
  .string()
  .refine(
    (given) => /^[1-9]$/.test(given) || given.split(',').every((one) => isNetwork(one.trim())),
    'must be the number of proxies, or a list of their addresses and networks such as loopback, 10.0.0.0/8',
  )
  .transform((given) => (/^[1-9]$/.test(given) ? Number(given) : given));

/** Such as `cpp=54,python=71`. */
const numbers = z
  .string()
  .regex(/^[a-z0-9]+=\d+(,[a-z0-9]+=\d+)*$/, 'must be a list of languages and their numbers, such as cpp=54,python=71');

/** Such as `cpp,python`. */
const ids = z.string().regex(/^[a-z0-9]+(,[a-z0-9]+)*$/, 'must be a list of languages, such as cpp,java,python');

const secret = z
  .string()
  .min(32, 'must have at least 32 characters; leave it out to have one made and kept in DATA_DIR')
  .refine((given) => new Set(given).size >= 10, 'is too easy to guess; use random characters')
  .refine((given) => !/(.{8}).*\1/s.test(given), 'repeats itself, as no random characters do');

const port = z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535);

const Env = z.object({
  ROLE: z.enum(['all', 'api', 'judge']).default('all'),
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  OPERATIONS_PORT: port.optional(),
  OPERATIONS_HOST: z.string().min(1).default('127.0.0.1'),
  DRAIN_SECONDS: z.coerce.number().min(0).max(300).default(0),
  DATA_DIR: z.string().min(1).default('./data'),
  PUBLIC_URL: url('http', 'https').optional(),
  RATE_LIMITS: onOff.default(true),
  GUESTS: onOff.optional(),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(16),
  REDIS_URL: url('redis', 'rediss').optional(),
  REDIS_PREFIX: z.string().max(100).default(''),
  AMQP_URL: url('amqp', 'amqps').optional(),
  AMQP_PREFIX: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'may hold letters, digits, dots, dashes and underscores')
    .optional(),
  JUDGE0_URL: url('http', 'https')
    .refine((given) => !given.includes('@'), 'may hold no password: use JUDGE0_AUTH_TOKEN')
    .optional(),
  JUDGE0_AUTH_TOKEN: z.string().min(1).optional(),
  JUDGE0_RAPIDAPI_KEY: z.string().min(1).optional(),
  JUDGE0_NO_CGROUP: onOff.default(false),
  JUDGE0_LANGUAGES: numbers.optional(),
  JUDGE0_CALLBACK_URL: url('http', 'https').optional(),
  JUDGE_LANGUAGES: ids.optional(),
  JUDGE_SLOTS: z.coerce.number().int().min(1).max(256).optional(),
  JUDGE_UNSAFE_LOCAL: z
    .enum(['0', '1'])
    .transform((word) => word === '1')
    .default(false),
  JWT_SECRET: secret.optional(),
  JWT_SECRET_PREVIOUS: secret.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: proxies.optional(),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
});

/** What a process that does a part of the work cannot do without, and why. */
const NEEDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  api: {
    DATABASE_URL: 'it shares its rooms with other processes',
    AMQP_URL: 'others judge what it accepts',
    REDIS_URL: 'it hears from other processes what happens in its rooms',
    JWT_SECRET: 'a token signed by one process is checked by another; 32 random characters or more, the same for all',
  },
  judge: {
    DATABASE_URL: 'it judges what other processes accept',
    AMQP_URL: 'it hears there what is to be judged',
    REDIS_URL: 'it tells its verdicts to other processes',
  },
};

/** What signing in with Google takes, and where it comes from. */
const GOOGLE_NEEDS: Readonly<Record<string, string>> = {
  GOOGLE_CLIENT_ID: 'it comes with the secret, from the credentials page of the Google Cloud console',
  GOOGLE_CLIENT_SECRET: 'it comes with the id, from the credentials page of the Google Cloud console',
  PUBLIC_URL: 'Google sends people back to it, at /api/auth/google/callback',
};

/** What depends on more than one variable, or on what this version can do. */
function misfits({ HOST = '127.0.0.1', RATE_LIMITS, ...env }: Readonly<Record<string, string>>): string[] {
  const { ROLE = 'all' } = env;
  const google = 'GOOGLE_CLIENT_ID' in env || 'GOOGLE_CLIENT_SECRET' in env;
  return [
    ...(RATE_LIMITS === 'off' && !isLoopback(HOST)
      ? [`RATE_LIMITS may be off only on a loopback address; HOST is ${HOST}`]
      : []),
    ...(env['JUDGE_UNSAFE_LOCAL'] === '1' ? strangersReach({ HOST, ...env }) : []),
    ...Object.entries(NEEDS[ROLE] ?? {}).flatMap(([name, why]) =>
      name in env ? [] : [`${name} must be set where ROLE is ${ROLE}: ${why}`],
    ),
    ...(ROLE !== 'all' && 'JUDGE0_CALLBACK_URL' in env
      ? [
          `JUDGE0_CALLBACK_URL must be left out where ROLE is ${ROLE}: it leads to a process that both serves and judges`,
        ]
      : []),
    ...Object.entries(google ? GOOGLE_NEEDS : {}).flatMap(([name, why]) =>
      name in env ? [] : [`${name} must be set for signing in with Google: ${why}`],
    ),
  ];
}

/** Ways by which others than the person at this machine could have programs run on it. */
function strangersReach({ HOST = '', ROLE = 'all', ...env }: Readonly<Record<string, string>>): string[] {
  const only = 'JUDGE_UNSAFE_LOCAL may be 1 only where nobody else reaches this server';
  return [
    ...(isLoopback(HOST) ? [] : [`${only}: HOST must be a loopback address, and is ${HOST}`]),
    ...(ROLE === 'all' ? [] : [`${only}: ROLE must be all, and is ${ROLE}`]),
    ...['PUBLIC_URL', 'TRUST_PROXY'].flatMap((name) => (name in env ? [`${only}: ${name} must be left out`] : [])),
  ];
}

export type Config = Readonly<z.infer<typeof Env>> & { readonly guests: boolean };

/** Every variable that is read, for `config:check` and the test that the README lists them all. */
export const VARIABLES = Object.keys(Env.shape);

/** What is wrong with the environment, all of it at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws {ConfigError} with a line for every variable that is not usable. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const result = Env.safeParse(given);
  const wrong = [
    ...(result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`),
    ...misfits(given),
  ];
  if (!result.success || wrong.length > 0) {
    throw new ConfigError(`The environment is not usable:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
  }
  const config = result.data;
  return Object.freeze({
    ...config,
    DATA_DIR: resolve(config.DATA_DIR),
    guests: config.GUESTS ?? config.GOOGLE_CLIENT_ID === undefined,
  });
}

function isNetwork(given: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(given)) return true;
  const [address = '', prefix] = given.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return bits > 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
