import 'reflect-metadata';
import { Argument, Command, CommanderError } from 'commander';
import type { Answer } from './commands/answer';
import { ROLES, type Role } from './contract/terms';

/*
 * The command line. What a command needs is loaded when it is asked for: scoring a file loads no
 * database, and no command loads the server.
 */

/** Settles the answer and how it is given: standard output carries it and nothing else. */
class Asked {
  answer: Answer | undefined;
  asJson = false;

  /** An action that answers; commander appends the options and the command to what was typed. */
  by(ask: (...typed: never[]) => Promise<Answer>) {
    return async (...typed: unknown[]): Promise<void> => {
      this.asJson = (typed.at(-1) as Command).opts<{ json?: true }>().json === true;
      this.answer = await ask(...(typed as never[]));
    };
  }
}

function commandLine(asked: Asked): Command {
  const program = new Command('joust')
    .description('Works while the server runs and while it does not, on the same settings.')
    .exitOverride()
    .showHelpAfterError();
  const command = (name: string, does: string) =>
    program.command(name).description(does).option('--json', 'answer in JSON');

  command('score <file>', 'print the boards of the contests in a file, in JSON').action(
    asked.by(async (file: string) => (await import('./commands/score')).score(file)),
  );
  command('judge <file>', 'judge the programs in a file; in JSON').action(
    asked.by(async (file: string) => (await import('./commands/judge')).judge(file)),
  );
  command('doctor', 'tell what was found on this machine, and what to do about what is missing').action(
    asked.by(async () => (await import('./commands/doctor')).doctor()),
  );
  command('config:check', 'print the configuration in effect, or all that is wrong with it').action(
    asked.by(async () => (await import('./commands/config-check')).configCheck()),
  );
  command('problem:list', 'list the published problems').action(
    asked.by(async () => (await import('./commands/problems')).listProblems()),
  );
  command('problem:import <folder>', 'store and publish the problem in a folder').action(
    asked.by(async (folder: string) => (await import('./commands/problems')).importProblem(folder)),
  );
  command(
    'problem:verify [problem]',
    'judge the solutions of a bundled problem, of a folder, or of all bundled',
  ).action(asked.by(async (problem?: string) => (await import('./commands/problems')).verifyProblems(problem)));
  command('user:grant <user>', 'give a user, by id or name, a role')
    .addArgument(new Argument('<role>').choices(ROLES))
    .action(asked.by(async (user: string, role: Role) => (await import('./commands/users')).grantRole(user, role)));
  command('user:ban <user>', 'shut a user out, by id or name; he forfeits what he plays').action(
    asked.by(async (user: string) => (await import('./commands/users')).banUser(user)),
  );
  command('user:unban <user>', 'let a user in again, by id or name').action(
    asked.by(async (user: string) => (await import('./commands/users')).unbanUser(user)),
  );
  command('room:close <room>', 'close a room, by id or code').action(
    asked.by(async (room: string) => (await import('./commands/rooms')).closeRoom(room)),
  );
  command('submission:rejudge [submission]', 'have one submission judged again, or all of a room or problem')
    .option('--room <room>', 'all of a room, by id or code')
    .option('--problem <slug>', 'all on a problem')
    .action(
      asked.by(async (id: string | undefined, chosen: { room?: string; problem?: string }) =>
        (await import('./commands/submissions')).rejudge(id, chosen),
      ),
    );
  command('dlq:list', 'list the submissions the judge has given up, and strays among their notices').action(
    asked.by(async () => (await import('./commands/dead-letters')).listDeadLetters()),
  );
  command('dlq:peek <submission>', 'show one of them, with all attempts').action(
    asked.by(async (id: string) => (await import('./commands/dead-letters')).peekDeadLetter(id)),
  );
  command('dlq:replay [submissions...]', 'have some of them judged again')
    .option('--all', 'all of them')
    .action(
      asked.by(async (ids: string[], chosen: { all?: true }) =>
        (await import('./commands/dead-letters')).replayDeadLetters(ids, chosen),
      ),
    );
  command('dlq:drop [submissions...]', 'leave some of them as judge errors for good')
    .option('--all', 'all of them')
    .option('--strays', 'what lies among the notices in the broker and stands for none of them')
    .action(
      asked.by(async (ids: string[], chosen: { all?: true; strays?: true }) =>
        (await import('./commands/dead-letters')).dropDeadLetters(ids, chosen),
      ),
    );
  return program;
}

/** What somebody reads who asked for what cannot be. Only what nobody expected comes with its stack. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = ['Failure', 'ConfigError', 'Refusal'].includes(error.name);
  return expected ? error.message : (error.stack ?? error.message);
}

const print = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((done) => stream.write(`${text}\n`, () => done()));

async function main(): Promise<number> {
  const asked = new Asked();
  try {
    await commandLine(asked).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode; // it has said why
    await print(process.stderr, inWords(error));
    return 1;
  }
  const { json, text, wrong } = asked.answer ?? { json: null };
  await print(process.stdout, asked.asJson || text === undefined ? JSON.stringify(json) : text);
  if (wrong === undefined) return 0;
  await print(process.stderr, wrong);
  return 1;
}

// Ended by a signal, what was made for the time of the command is cleared away all the same.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
// Whoever reads the answer may stop before its end.
process.stdout.on('error', () => process.exit(1));
void main().then((code) => process.exit(code));
