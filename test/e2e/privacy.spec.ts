import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChildServer, temporaryFolder } from '../support/child-server';
import { Folder, joust } from '../support/command-line';
import { prepareData } from '../support/data-folder';
import { EventStream } from '../support/event-stream';
import { ROUTE_LIST } from '../support/hostile-request';
import { Overheard } from '../support/overheard';
import type { Player } from '../support/player';
import { RawSocket } from '../support/raw-socket';
import { expectDone, submission } from '../support/rooms';

jest.setTimeout(180_000);

/** Something that is nowhere else, without a character that would travel as two. */
const marker = (what: string) => `${what}${randomUUID().replaceAll('-', '')}`;

const SAMPLE = marker('sample');
const SECRETS = Array.from({ length: 3 }, () => ({ input: marker('in'), answer: marker('out') }));
/** What programs print and compilers say where nobody may read it; put together by the program, it is in no source. */
const PRINTED = marker('printed');

const home = temporaryFolder();
const problems = new Folder();
const env = { DATA_DIR: home.path, RATE_LIMITS: 'off', LOG_LEVEL: 'trace' };
let server: ChildServer;
let ann: Overheard, ben: Overheard, sue: Overheard, eve: Overheard;
let everybody: readonly Overheard[];
beforeAll(async () => {
  const folder = join(problems.path, 'echo-secret');
  for (const name of ['samples', 'secret']) mkdirSync(join(folder, name), { recursive: true });
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const limits = { cpuMs: 1_000, memoryKiB: 262_144 };
  put(
    'problem.json',
    JSON.stringify({ title: 'Echo', difficulty: 'easy', tags: [], limits, checker: { kind: 'tokens' } }),
  );
  put('statement.md', 'Echo.\n');
  for (const kind of ['in', 'ans']) put(`samples/1.${kind}`, `${SAMPLE}\n`);
  SECRETS.forEach(({ input, answer }, n) => {
    put(`secret/${n + 1}.in`, `${input}\n`);
    put(`secret/${n + 1}.ans`, `${answer}\n`);
  });
  await prepareData(home.path);
  server = ChildServer.start(env);
  const url = await server.ready();
  expect(await joust(['problem:import', folder], env)).toMatchObject({ code: 0 });
  everybody = await Promise.all(['Ann', 'Ben', 'Sue', 'Eve'].map((name) => Overheard.signIn(url, name)));
  [ann, ben, sue, eve] = everybody as [Overheard, Overheard, Overheard, Overheard];
});
afterAll(async () => {
  for (const one of everybody) await one.stop();
  await server.stop();
  problems.remove();
  home.remove();
});

/** Programs that try to carry out what they are given; none is right on any secret test. */
const THIEVES = [
  'import sys\ntext = sys.stdin.read()\nprint(text)\nprint(text, file=sys.stderr)',
  'raise Exception(open(0).read())',
  `text = open(0).read()\nassert text == "${SAMPLE}\\n", text\nprint(text)`,
  'import sys\nsys.exit(open(0).read())',
  `text = open(0).read()\nprint(text if text == "${SAMPLE}\\n" else "${PRINTED.slice(0, 9)}" + "${PRINTED.slice(9)}")`,
  `import sys\ntext = open(0).read()\nprint(text)\nif text != "${SAMPLE}\\n": sys.exit("${PRINTED.slice(0, 9)}" + "${PRINTED.slice(9)}")`,
];

/** Everything that can be asked for, with every id there is. */
async function askForEverything({ url, headers }: Player, ids: Readonly<Record<string, readonly string[]>>) {
  for (const { path } of ROUTE_LIST.filter(({ method, path }) => method === 'GET' && !path.endsWith('/stream'))) {
    const name = /:(\w+)/.exec(path)?.[1];
    for (const id of name === undefined ? [''] : (ids[name] ?? ['none']))
      await (await fetch(url + path.replace(/:\w+/, id), { headers, redirect: 'manual' })).text();
  }
}

const holders = (text: string) => everybody.filter(({ heard }) => heard.includes(text));
const found = (texts: readonly string[], where: string) => texts.filter((text) => where.includes(text));
const NEVER = [...SECRETS.flatMap(({ input, answer }) => [input, answer]), PRINTED];

it('no byte of the other’s code before the end, and of secret tests ever, reaches anybody or the log', async () => {
  const settings = { problems: ['echo-secret'], spectators: true, countdownSeconds: 0, minutes: 10 };
  const { room, password } = (await ann.player.post('/rooms', { settings })).body;
  const { id, code } = room;
  await ben.player.post('/rooms/join', { code, password });
  await sue.player.post('/rooms/join', { code, password, as: 'spectator' });
  const inside = [ann, ben, sue];
  const sockets = await Promise.all(everybody.map(({ player }) => RawSocket.connect(player.url, player.token)));
  for (const one of sockets) one.send(`420["room:watch",{"roomId":"${id}","after":0}]`);
  await sockets[3]!.until((frame) => frame.includes('room.not-found'));
  const streams = await Promise.all(
    inside.map(({ player }) => EventStream.open(player, `/rooms/${id}/stream?after=0`)),
  );

  const people = everybody.map(({ player }) => player.id);
  const ids = { roomId: [id as string], userId: people, submissionId: [], trialId: [], slug: ['echo-secret'] };
  const look = (more: object = {}) =>
    Promise.all(everybody.map(({ player }) => askForEverything(player, { ...ids, ...more })));
  await look();
  // Who hosts and knows the name may look the problem up; nobody else has met it yet in this room.
  expect(found(NEVER, everybody.map(({ heard }) => heard).join())).toEqual([]);

  for (const { player } of [ann, ben]) await expectDone(player.post(`/rooms/${id}/ready`, { ready: true }));
  await expectDone(ann.player.post(`/rooms/${id}/start`));
  const marks = new Map(
    [ann, ben].map((one) => [one, { code: marker('code'), input: marker('own'), error: marker('e') }]),
  );
  const submitted: string[] = [];
  const tried: string[] = [];
  for (const [{ player }, mark] of marks) {
    const programs = THIEVES.map((thief) => submission(`# ${mark.code}\n${thief}`));
    const wrong = submission(`int main() { return ${mark.error}; }`, { language: 'cpp' });
    for (const body of [...programs, wrong])
      submitted.push((await player.post(`/rooms/${id}/submissions`, body)).body.submissionId);
    const trial = { problem: 'A', language: 'python', source: `# ${mark.code}\n${THIEVES[0]!}` };
    for (const body of [trial, { ...trial, input: mark.input }])
      tried.push((await player.post(`/rooms/${id}/trials`, body)).body.trialId);
  }
  for (const submissionId of submitted) {
    const isVerdict = (text: string) => text.includes('"submission.judged"') && text.includes(submissionId);
    for (const one of sockets.slice(0, 3)) await one.until(isVerdict);
    for (const stream of streams) await stream.until(({ data }) => isVerdict(JSON.stringify(data ?? null)));
  }
  for (const [index, trialId] of tried.entries())
    await sockets[index < 2 ? 0 : 1]!.until((frame) => frame.includes('"trial:done"') && frame.includes(trialId));
  await look({ submissionId: submitted, trialId: tried });

  expect(found(NEVER, everybody.map(({ heard }) => heard).join())).toEqual([]);
  // Each has his own, so the looking finds what is there; and nobody else has anything of it.
  for (const [author, mark] of marks)
    for (const text of [mark.code, mark.input, mark.error]) expect(holders(text)).toEqual([author]);
  expect(holders(SAMPLE)).toEqual(everybody);

  await expectDone(ben.player.post(`/rooms/${id}/resign`));
  for (const one of sockets.slice(0, 3)) await one.until((frame) => frame.includes('"contest.finalized"'));
  await look({ submissionId: submitted, trialId: tried });
  expect(found(NEVER, everybody.map(({ heard }) => heard).join())).toEqual([]);
  for (const [author, mark] of marks) {
    expect(holders(mark.code)).toEqual(expect.arrayContaining([ann, ben]));
    expect(holders(mark.code)).not.toContain(eve);
    // What he tried on an input of his own stays his own.
    expect(holders(mark.input)).toEqual([author]);
  }

  for (const one of sockets) one.end();
  for (const stream of streams) stream.close();
  await server.stop();
  const mine = [...marks.values()].flatMap((mark) => [mark.code, mark.input, mark.error]);
  const proofs = everybody.flatMap(({ player: { token, cookie } }) => [token.split('.')[2]!, cookie.split('=')[1]!]);
  expect(server.errors).toContain(`/api/rooms/${id}/submissions`);
  expect(found([...NEVER, ...mine, ...proofs, password, SAMPLE], server.errors + server.output)).toEqual([]);
});
