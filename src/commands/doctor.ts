import { readConfig } from '../config';
import type { JudgeCapabilities } from '../ports';
import { type Answer, Failure, table } from './answer';
import { effective, type Setting } from './config-check';
import { withEngine } from './engine';
import { withStore } from './store';

interface DatabaseReport {
  readonly ok: boolean;
  /** What it is, or why there is none. */
  readonly says: string;
}

/** What was found on this machine, and what to do about what is missing. */
export async function doctor(): Promise<Answer> {
  const config = effective(readConfig(process.env));
  const [database, judge] = await Promise.all([lookAtDatabase(), withEngine((engine) => engine.capabilities())]);
  const { languages: offered, ...engine } = judge;
  const languages = offered.map(({ id, name, version }) => ({ id, name, version }));
  const ok = database.ok && judge.available;
  return {
    json: { ok, config, database, judge: engine, languages },
    text: [
      `Configuration\n${indented(table(['variable', 'value'], settings(config)))}`,
      `Database\n${indented(`${mark(database)} ${database.says}`)}`,
      `Judge\n${indented(judgeInWords(judge))}`,
      `Languages\n${indented(table(['id', 'name', 'version'], languages.map(Object.values)))}`,
    ].join('\n\n'),
    ...(!ok && { wrong: whatIsMissing(database, judge) }),
  };
}

async function lookAtDatabase(): Promise<DatabaseReport> {
  try {
    return await withStore(({ databaseIs }) => Promise.resolve({ ok: true, says: databaseIs }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ok: false, says: error.message };
  }
}

const mark = ({ ok }: { readonly ok: boolean }) => (ok ? 'ok ' : '-- ');
const indented = (text: string) => text.replace(/^/gm, '  ');

const settings = (config: Record<string, Setting>): string[][] =>
  Object.entries(config).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]));

function judgeInWords({ available, mode, slots, findings }: JudgeCapabilities): string {
  const state = available ? `ok  ${mode}, ${slots} programs at a time` : '--  unavailable: submissions wait';
  return [state, ...findings.map((finding) => `${mark(finding)} ${finding.says}`)].join('\n');
}

function whatIsMissing(database: DatabaseReport, judge: JudgeCapabilities): string {
  const reasons = judge.findings.filter(({ ok }) => !ok).map(({ says }) => says);
  return [
    ...(database.ok ? [] : [database.says]),
    ...(judge.available ? [] : [`Nothing can be judged on this machine. ${reasons.join(' ')}`]),
  ].join('\n');
}
