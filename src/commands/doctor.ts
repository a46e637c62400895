import { type Config, readConfig } from '../config';
import type { JudgeCapabilities } from '../ports';
import { openBus, openQueue } from '../world.module';
import { type Answer, Failure, table } from './answer';
import { effective, type Setting } from './config-check';
import { withEngine } from './engine';
import { withStore } from './store';

/** A part that this server leans on. */
interface PartReport {
  readonly ok: boolean;
  /** What it is, or why there is none. */
  readonly says: string;
}

const PATIENCE_MS = 5_000;
/** What goes wrong is told in the answer. */
const silently = () => undefined;

/** What was found on this machine and behind the addresses it is given, and what to do about what is missing. */
export async function doctor(): Promise<Answer> {
  const config = readConfig(process.env);
  const [database, queue, bus, judge] = await Promise.all([
    lookAtDatabase(),
    lookAtQueue(config),
    lookAtBus(config),
    config.ROLE === 'api' ? null : withEngine((engine) => engine.capabilities()),
  ]);
  const { languages: offered = [], ...engine } = judge ?? {};
  const languages = offered.map(({ id, name, version }) => ({ id, name, version }));
  const parts = { database, queue, bus };
  const wrong = whatIsMissing(Object.values(parts), judge);
  const shown = effective(config);
  return {
    json: { ok: wrong === '', config: shown, ...parts, judge: judge && engine, languages },
    text: [
      section('Configuration', table(['variable', 'value'], settings(shown))),
      section('Database', inWords(database)),
      section('Queue', inWords(queue)),
      section('Bus', inWords(bus)),
      section('Judge', judge ? judgeInWords(judge) : 'not in this process: others judge'),
      ...(judge ? [section('Languages', table(['id', 'name', 'version'], languages.map(Object.values)))] : []),
    ].join('\n\n'),
    ...(wrong !== '' && { wrong }),
  };
}

async function lookAtDatabase(): Promise<PartReport> {
  try {
    return await withStore(({ databaseIs }) => Promise.resolve({ ok: true, says: databaseIs }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ok: false, says: error.message };
  }
}

/** Where there is a broker, its queues are made on the way if they are not there. */
async function lookAtQueue(config: Config): Promise<PartReport> {
  const queue = openQueue(config, silently);
  try {
    const { connected, says, waiting } = await queue.state(PATIENCE_MS);
    return { ok: connected, says: connected ? `${says}, ${waiting ?? 0} waiting` : says };
  } finally {
    await queue.close();
  }
}

async function lookAtBus(config: Config): Promise<PartReport> {
  const { bus, close } = await openBus(config, silently);
  try {
    const { connected, says } = bus.state();
    return { ok: connected, says };
  } finally {
    await close();
  }
}

const mark = ({ ok }: { readonly ok: boolean }) => (ok ? 'ok ' : '-- ');
const inWords = (part: PartReport) => `${mark(part)} ${part.says}`;
const section = (title: string, text: string) => `${title}\n${text.replace(/^/gm, '  ')}`;

const settings = (config: Record<string, Setting>): string[][] =>
  Object.entries(config).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]));

function judgeInWords({ available, mode, slots, findings }: JudgeCapabilities): string {
  const state = available ? `ok  ${mode}, ${slots} programs at a time` : '--  unavailable: submissions wait';
  return [state, ...findings.map(inWords)].join('\n');
}

function whatIsMissing(parts: readonly PartReport[], judge: JudgeCapabilities | null): string {
  const missing = parts.filter(({ ok }) => !ok).map(({ says }) => says);
  const reasons = judge?.findings.filter(({ ok }) => !ok).map(({ says }) => says) ?? [];
  if (judge?.available === false) missing.push(`Nothing can be judged on this machine. ${reasons.join(' ')}`);
  return missing.join('\n');
}
