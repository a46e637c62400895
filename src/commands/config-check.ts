import { readConfig, VARIABLES, type Config } from '../config';
import { type Answer, table } from './answer';

export type Setting = string | number | boolean | null;

const SECRETS = new Set([
  'JWT_SECRET',
  'JWT_SECRET_PREVIOUS',
  'JUDGE0_AUTH_TOKEN',
  'JUDGE0_RAPIDAPI_KEY',
  'GOOGLE_CLIENT_SECRET',
]);

/** The configuration in effect. What is wrong with it is told by `readConfig`, all at once. */
export function configCheck(): Promise<Answer> {
  const shown = effective(readConfig(process.env));
  const rows = Object.entries(shown).map(([name, value]) => [name, value === null ? 'not set' : String(value)]);
  return Promise.resolve({ json: shown, text: table(['variable', 'value'], rows) });
}

/** By variable; `null` where it is not set. No secret is in it. */
export function effective(config: Config): Record<string, Setting> {
  const values: Record<string, Setting | undefined> = { ...config, GUESTS: config.guests };
  return Object.fromEntries(VARIABLES.map((name) => [name, shown(name, values[name])]));
}

function shown(name: string, value: Setting | undefined): Setting {
  if (SECRETS.has(name)) return value === undefined ? null : 'set';
  if (name.endsWith('_URL') && typeof value === 'string') return withoutPassword(value);
  return value ?? null;
}

function withoutPassword(address: string): string {
  const url = new URL(address);
  if (url.password !== '') url.password = '***';
  url.search = '';
  return url.href;
}
