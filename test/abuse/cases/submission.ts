import { randomUUID } from 'node:crypto';
import type { Player } from '../../support/player';
import {
  atOnce,
  expectDone,
  expectRefused,
  openFor,
  startFor,
  submission,
  submit,
  SUM,
  tally,
} from '../../support/rooms';
import type { Cases, Stage } from '../case';

async function duel(stage: Stage, settings: object = {}): Promise<[Player, Player, { readonly id: string }]> {
  const [ann, ben] = [await stage.guest('Ann'), await stage.guest('Ben')];
  return [ann, ben, await startFor(ann, ben, settings)];
}
const hand = (player: Player, { id }: { id: string }, body: object) => player.post(`/rooms/${id}/submissions`, body);
const own = async (player: Player, { id }: { id: string }): Promise<{ source: string }[]> =>
  (await player.get(`/rooms/${id}/submissions`)).body.items;

/** What a program comes to. */
async function verdictOf(stage: Stage, source: string, more: object = {}): Promise<{ verdict: string; body: object }> {
  const [ann, ben, room] = await duel(stage);
  const sees = await ben.watch(room.id, 0);
  const id = await submit(ann, room.id, source, more);
  const judged = await sees.until((event) => event.data?.submissionId === id && event.data.verdict, 60_000);
  return { verdict: judged.data.verdict, body: (await ann.get(`/submissions/${id}`)).body };
}

export const SUBMISSION: Cases = {
  'SUBM-01': async (stage) => {
    const [ann, ben] = [await stage.guest('Ann'), await stage.guest('Ben')];
    const room = await openFor(ann, ben);
    await expectRefused(hand(ann, room, submission(SUM)), 'contest.not-running');
    expect(await own(ann, room)).toEqual([]);
  },
  'SUBM-02': {
    heldBy: 'test/e2e/submitting.spec.ts',
    as: 'lets in the first and the last millisecond, and not the end itself',
  },
  'SUBM-04': async (stage) => {
    const [ann, ben] = [await stage.guest('Ann'), await stage.guest('Ben')];
    const room = await openFor(ann, ben, { spectators: true, problems: ['a-plus-b'] });
    const [sue, eve] = [await stage.guest('Sue'), await stage.guest('Eve')];
    const { code, password } = room;
    expect((await sue.post('/rooms/join', { code, password, as: 'spectator' })).status).toBe(200);
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${room.id}/ready`, { ready: true }));
    await expectDone(ann.post(`/rooms/${room.id}/start`));
    await expectRefused(hand(sue, room, submission(SUM)), 'room.not-member');
    await expectRefused(hand(eve, room, submission(SUM)), 'room.not-found');
    expect(await own(ann, room)).toEqual([]);
  },
  'SUBM-05': async (stage) => {
    const [ann, , room] = await duel(stage);
    for (const problem of ['B', 'J', 'a', 'toll-ticket', '', '__proto__'])
      await expectRefused(hand(ann, room, submission(SUM, { problem })), 'problem.not-found');
    expect(await own(ann, room)).toEqual([]);
  },
  // By the contract a language that is not on offer is 422.
  'SUBM-06': async (stage) => {
    const [ann, , room] = await duel(stage, { languages: ['python'] });
    for (const language of ['cpp', 'klingon', '', '71', '-1', '__proto__'])
      await expectRefused(hand(ann, room, submission(SUM, { language })), 'language.unknown');
    for (const language of [71, -1, null, ['python']])
      await expectRefused(hand(ann, room, submission(SUM, { language })), 'request.malformed');
  },
  'SUBM-07': async (stage) => {
    const [ann, , room] = await duel(stage);
    const exactly = `#${'é'.repeat(32_767)}x`;
    expect(Buffer.byteLength(exactly)).toBe(65_536);
    expect((await hand(ann, room, submission(exactly))).status).toBe(202);
    for (const source of [`${exactly}x`, 'x'.repeat(300_000), 'x'.repeat(10_000_000)])
      await expectRefused(hand(ann, room, submission(source)), 'source.too-large');
    for (const source of ['', ' \n\t ']) await expectRefused(hand(ann, room, submission(source)), 'source.empty');
    expect(await own(ann, room)).toHaveLength(1);
  },
  'SUBM-08': async (stage) => {
    const [ann, , room] = await duel(stage);
    for (const source of ['x\0', 'x\ud83d', '\udc00 x'])
      await expectRefused(hand(ann, room, submission(source)), 'source.invalid');
    const odd = ['# \r\n\r\n', '\ufeff# BOM', '# \u202e\u2066'];
    for (const source of odd) expect((await hand(ann, room, submission(source))).status).toBe(202);
    expect((await own(ann, room)).map(({ source }) => source).sort()).toEqual(odd.sort());
  },
  'SUBM-09': async (stage) => {
    const [ann, ben, room] = await duel(stage);
    const sees = await ben.watch(room.id, 0);
    const body = submission(SUM);
    const replies = await atOnce(10, () => hand(ann, room, body));
    expect(tally(replies)).toEqual({ 202: 10 });
    expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
    await sees.until('submission.judged');
    expect(sees.types().filter((type) => type === 'submission.received')).toHaveLength(1);
    expect(await own(ann, room)).toHaveLength(1);
  },
  'SUBM-10': async (stage) => {
    const [ann, , room] = await duel(stage);
    const replies = await atOnce(10, (n) => hand(ann, room, submission(`print(${n})`, { key: 'click' })));
    expect(tally(replies)).toEqual({ 202: 1, 'submission.key-reused': 9 });
  },
  'SUBM-12': async (stage) => {
    const [ann, , room] = await duel(stage);
    for (const key of ['', 'a b', 'ä', '\0', 'x'.repeat(10_000), null, 7, undefined, ['k']])
      await expectRefused(hand(ann, room, { ...submission(SUM), key }), 'request.malformed');
  },
  'SUBM-13': {
    heldBy: 'test/e2e/rate-limits.spec.ts',
    as: 'beyond twenty a minute are refused, leave nothing behind, and do not touch the opponent',
  },
  'SUBM-14': {
    heldBy: 'test/e2e/privacy.spec.ts',
    as: 'no byte of the other’s code before the end, and of secret tests ever, reaches anybody or the log',
  },
  'SUBM-15': {
    heldBy: 'test/e2e/privacy.spec.ts',
    as: 'no byte of the other’s code before the end, and of secret tests ever, reaches anybody or the log',
  },
  'SUBM-17': async (stage) => {
    const [ann, , room] = await duel(stage);
    const id = await submit(ann, room.id, stage.hide(`# ${randomUUID()}`));
    const [stranger] = await duel(stage);
    for (const one of [id, `${id.slice(0, -1)}0`, `sub_${randomUUID()}`, 'sub_1'])
      await expectRefused(stranger.get(`/submissions/${one}`), 'submission.not-found');
  },
  'SUBM-18': {
    heldBy: 'test/e2e/privacy.spec.ts',
    as: 'no byte of the other’s code before the end, and of secret tests ever, reaches anybody or the log',
  },
  'SUBM-19': {
    heldBy: 'test/e2e/privacy.spec.ts',
    as: 'no byte of the other’s code before the end, and of secret tests ever, reaches anybody or the log',
  },
  'SUBM-20': async (stage) => {
    const [ann, , room] = await duel(stage);
    const trial = { problem: 'A', language: 'python', source: 'print(open(0).read())', input: 'x' };
    for (const more of [{ testId: 1 }, { test: 3 }, { index: 4 }, { sample: false }, { tests: ['secret/01'] }])
      await expectRefused(ann.post(`/rooms/${room.id}/trials`, { ...trial, ...more }), 'request.malformed');
    for (const path of ['/problems/a-plus-b', `/rooms/${room.id}/problems`]) {
      const { body } = await ann.get(path);
      expect((body.samples ?? body.problems[0].samples).length).toBe(2);
      expect(JSON.stringify(body)).not.toContain('"tests"');
    }
  },
  'SUBM-21': async (stage) => {
    const [ann, , room] = await duel(stage);
    for (const more of [
      ...[{ callback_url: 'http://169.254.169.254/' }, { enable_network: true }, { additional_files: 'eA==' }],
      ...[
        { compiler_options: '-x' },
        { command_line_arguments: 'x' },
        { number_of_runs: 1e6 },
        { cpu_time_limit: 1e6 },
      ],
      ...[{ redirect_stderr_to_stdout: true }, { limits: { cpuMs: 1e9 } }, { tests: [] }, { checker: 'exact' }],
    ])
      await expectRefused(hand(ann, room, submission(SUM, more)), 'request.malformed');
  },
  'SUBM-22': async (stage) => {
    const { verdict, body } = await verdictOf(stage, 'while True: print("x" * 65536)');
    expect(['OLE', 'TLE', 'RTE']).toContain(verdict);
    expect(JSON.stringify(body).length).toBeLessThan(100_000);
  },
  'SUBM-23': { heldBy: 'test/judge/attacks.spec.ts', as: 'holds %s' },
  'SUBM-24': async (stage) => {
    const bombs = [
      '#include "/dev/zero"\nint main() {}',
      'template <int n> struct T { T<n + 1> t; };\nT<0> t;\nint main() {}',
      'int a[1 << 30] = {1};\nint main() {}',
    ];
    const verdicts = await Promise.all(bombs.map((bomb) => verdictOf(stage, bomb, { language: 'cpp' })));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['CE', 'CE', 'CE']);
  },
};
