import { randomUUID } from 'node:crypto';
import { ProblemStore } from '../../src/store/problem.store';
import { RawSocket } from '../support/raw-socket';
import type { Player } from '../support/player';
import { expectDone, submission } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

const SECRETS = Array.from({ length: 3 }, () => `secret-${randomUUID()}`);
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.app.get(ProblemStore).save({
    ...{
      slug: 'echo-secret',
      title: 'Echo',
      difficulty: 'easy',
      tags: [],
      statement: 'Echo.',
      statementHtml: '<p>Echo.</p>',
    },
    ...{ checker: { kind: 'tokens' }, cpuMs: 1_000, memoryKiB: 262_144, digest: randomUUID() },
    tests: [
      { sample: true, input: 'hello\n', answer: 'hello\n', note: null },
      ...SECRETS.map((secret) => ({ sample: false, input: `${secret}-in\n`, answer: `${secret}-out\n`, note: null })),
    ],
  });
}, 60_000);
afterAll(() => server.close());

/** Programs that try to carry out what they are given. */
const THIEVES = [
  'import sys\ntext = sys.stdin.read()\nprint(text)\nprint(text, file=sys.stderr)',
  'raise Exception(open(0).read())',
  'text = open(0).read()\nassert text == "hello\\n", text\nprint(text)',
  'import sys\nsys.exit(open(0).read())',
];

describe('before the end', () => {
  it('no byte of the other’s code and of secret tests reaches a player or a spectator', async () => {
    const [ann, ben, sue] = [await server.guest('Ann'), await server.guest('Ben'), await server.guest('Sue')];
    const { room } = (
      await ann.post('/rooms', {
        settings: { problems: ['echo-secret'], password: null, spectators: true, countdownSeconds: 0, minutes: 10 },
      })
    ).body;
    await ben.post('/rooms/join', { code: room.code });
    await sue.post('/rooms/join', { code: room.code, as: 'spectator' });
    const sockets = new Map<Player, RawSocket>();
    for (const who of [ann, ben, sue]) {
      const raw = await RawSocket.connect(server.url, who.token);
      sockets.set(who, raw.send(`420["room:watch",{"roomId":"${room.id}","after":0}]`));
    }
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${room.id}/ready`, { ready: true }));
    await expectDone(ann.post(`/rooms/${room.id}/start`));
    const starts = (frame: string) => frame.includes('"contest.started"');
    for (const raw of sockets.values()) await raw.until(starts);

    const marks = new Map([ann, ben].map((player) => [player, `code-${randomUUID()}`]));
    const ids: string[] = [];
    for (const player of [ann, ben]) {
      for (const thief of THIEVES) {
        const { body } = await player.post(
          `/rooms/${room.id}/submissions`,
          submission(`# ${marks.get(player)!}\n${thief}`),
        );
        ids.push(body.submissionId);
      }
      const trial = { problem: 'A', language: 'python', source: `# ${marks.get(player)!}\n${THIEVES[0]!}` };
      ids.push((await player.post(`/rooms/${room.id}/trials`, trial)).body.trialId);
    }
    for (const id of ids.filter((one) => one.startsWith('sub_')))
      for (const raw of sockets.values())
        await raw.until((frame) => frame.includes('"submission.judged"') && frame.includes(id));

    for (const who of [ann, ben, sue]) {
      const paths = ['', '/problems', '/submissions', '/leaderboard', '/events'].map(
        (path) => `/rooms/${room.id}${path}`,
      );
      const things = ids.flatMap((id) => [`/submissions/${id}`, `/trials/${id}`]);
      const people = [ann, ben].flatMap(({ id }) => [`/users/${id}`, `/users/${id}/history`]);
      const texts = [...sockets.get(who)!.frames];
      for (const path of [...paths, ...things, ...people, '/problems/echo-secret', '/problems', '/me'])
        texts.push(JSON.stringify((await who.get(path)).body));
      const heard = texts.join('\n');
      expect(heard.length).toBeGreaterThan(5_000);
      for (const secret of SECRETS) expect(heard.includes(secret)).toBe(false);
      for (const [player, mark] of marks) expect(heard.includes(mark)).toBe(who === player);
    }

    await expectDone(ben.post(`/rooms/${room.id}/resign`));
    await sockets.get(ann)!.until((frame) => frame.includes('"contest.finalized"'));
    const after =
      JSON.stringify((await ann.get(`/rooms/${room.id}/submissions`)).body) +
      JSON.stringify((await ann.get(`/submissions/${ids.find((id, n) => n > 4 && id.startsWith('sub_'))!}`)).body);
    expect(after).toContain(marks.get(ben));
    for (const secret of SECRETS) expect(after.includes(secret)).toBe(false);
    for (const raw of sockets.values()) raw.end();
  });
});
