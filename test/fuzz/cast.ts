import { randomUUID } from 'node:crypto';
import { call, duels, good, lobbies, type Person, signIn, submission } from '../../bench/support/people';
import type { Random } from './random';
import { HOSTILE_TEXTS } from './hostile';

/** Whoever sends something, by the headers he has. */
type Who = Readonly<Record<string, string>>;

interface Insider {
  readonly roomId: string;
  readonly who: Who;
}

/** How many ids of a kind are remembered. */
const MOST_KNOWN = 40;
const KINDS: Readonly<Record<string, RegExp>> = {
  roomId: /"room_[0-9a-z-]{1,64}"/g,
  userId: /"user_[0-9a-z-]{1,64}"/g,
  submissionId: /"sub_[0-9a-z-]{1,64}"/g,
  trialId: /"trial_[0-9a-z-]{1,64}"/g,
  sessionId: /"sess_[0-9a-z-]{1,64}"/g,
  code: /(?<="code":)"[0-9A-Z]{8}"/g,
  cursor: /(?<="next":)"[\w-]{4,200}"/g,
};
/** What can be known without having seen it. Problems that are played stay out of it: an admin may take problems away. */
const COMMON: Readonly<Record<string, readonly unknown[]>> = {
  slug: ['toll-ticket', 'even-shelves', 'blackout', 'nowhere'],
  problems: ['toll-ticket', 'even-shelves'],
  problem: ['A', 'A', 'A', 'B', 'toll-ticket'],
  language: ['python', 'python', 'python', 'javascript', 'cobol'],
  languages: ['python', 'cpp'],
  source: ['print(1)', 'print(1)', 'print(', 'raise Exception(open(0).read())', 'x'],
  input: ['1 2\n', ''],
  key: ['click', '1'],
  as: ['player', 'spectator'],
  name: ['Ann', 'Zoë', 'A B'],
  tag: ['math', 'greedy'],
  returnTo: ['/r/K7QM2XYZ', '/', '//evil.test'],
  password: ['wrong'],
  code: ['K7QM2XYZ'],
  after: [0, 1, 5, 9007199254740991],
};

/** People in every situation, and all ids they have come across: what a request is to be about. */
export class Cast {
  private readonly known = new Map<string, unknown[]>(Object.entries(COMMON).map(([name, list]) => [name, [...list]]));

  private constructor(
    readonly people: readonly Person[],
    readonly admin: Who,
    private readonly members: readonly Who[],
    private readonly impostors: readonly Who[],
    private readonly insiders: readonly Insider[],
  ) {}

  /**
   * Two who wait in a lobby, two who play, two who have played, one who looks on and one who does nothing of it.
   * @throws {Refused} where somebody's admin has banned or thrown out one of them meanwhile
   */
  static async gather(url: string, seat: number, admin: Person): Promise<Cast> {
    const open = { spectators: true, minutes: 10 };
    const [[lobby], [running], [final]] = await Promise.all([
      lobbies(url, 1, open),
      duels(url, 1, { ...open, problems: ['a-plus-b', 'striped-fence'] }),
      duels(url, 1, open),
    ]);
    const [stranger, looker, gone] = await Promise.all(
      ['Eve', 'Sue', 'Gus'].map((name) => signIn(url, `${name} ${seat}`)),
    );
    const rooms = [lobby!, running!, final!];
    const heard: unknown[] = [];
    for (const { roomId, players } of rooms.slice(1)) {
      for (const { token } of players)
        heard.push((await call(url, 'POST', `/rooms/${roomId}/submissions`, token, submission('print(1)'))).body);
      const trial = { problem: 'A', language: 'python', source: 'print(1)' };
      heard.push((await call(url, 'POST', `/rooms/${roomId}/trials`, players[0].token, trial)).body);
    }
    await call(url, 'POST', `/rooms/${final!.roomId}/resign`, final!.players[0].token);
    await call(url, 'POST', '/auth/logout', gone!.token);
    for (const { roomId, players } of rooms) {
      const view = await good(call(url, 'GET', `/rooms/${roomId}`, players[0].token));
      heard.push(view);
      await call(url, 'POST', '/rooms/join', looker!.token, { code: view.room.code, as: 'spectator' });
    }
    heard.push((await call(url, 'GET', '/me/sessions', stranger!.token)).body);
    const people = [...rooms.flatMap(({ players }) => [...players]), looker!, stranger!];
    const insiders = rooms.flatMap(({ roomId, players }) =>
      [...players, looker!].map(({ token }) => ({ roomId, who: bearer(token) })),
    );
    const bearers = [...people, gone!, admin, admin, admin].map(({ token }) => bearer(token));
    const cast = new Cast(people, bearer(admin.token), bearers, impostors(stranger!.token), insiders);
    cast.learn(JSON.stringify([heard, people]));
    cast.known.set('token', [...people.map(({ token }) => token), 'garbage']);
    return cast;
  }

  /** Most of the time somebody who may come in. */
  readonly somebody = (random: Random): Who => random.pick(random.chance(0.85) ? this.members : this.impostors);

  /** Somebody and a room he is in. */
  readonly insider = (random: Random): Insider => random.pick(this.insiders);

  /** Remembers the ids in an answer, the newest. */
  learn(text: string): void {
    for (const [kind, pattern] of Object.entries(KINDS))
      for (const [found] of text.matchAll(pattern)) {
        const list = this.known.get(kind) ?? [];
        const id: unknown = JSON.parse(found);
        if (list.includes(id)) continue;
        list.push(id);
        if (list.length > MOST_KNOWN) list.splice(8, 1);
        this.known.set(kind, list);
      }
  }

  /** Something real for a field or parameter of that name, and now and then of another. */
  readonly real = (name: string, random: Random): unknown => {
    if (name === 'key' && random.chance(0.8)) return randomUUID();
    const list = this.known.get(random.chance(0.97) ? name : random.pick([...this.known.keys()]));
    return list && random.pick(list);
  };
}

const bearer = (token: string): Who => ({ authorization: `Bearer ${token}` });

/** Who is nobody: without a token, with what is none, and with one that is nearly right. */
function impostors(token: string): readonly Who[] {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
  const tokens = ['garbage', `${none}.${payload}.`, `${header}.${payload}.${signature.slice(1)}A`, `${token}${token}`];
  const printable = HOSTILE_TEXTS.filter((text) => /^[\x21-\x7e]{1,2000}$/.test(text)).slice(0, 3);
  return [{}, {}, { authorization: 'Basic YTpi' }, ...[...tokens, ...printable].map(bearer)];
}
