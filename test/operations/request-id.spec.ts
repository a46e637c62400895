import { ChildServer, temporaryFolder } from '../support/child-server';
import { eventually } from '../support/eventually';
import { Player } from '../support/player';
import { startFor, submission, SUM } from '../support/rooms';

describe('the log of a submission', () => {
  const folder = temporaryFolder();
  const child = ChildServer.start({ DATA_DIR: folder.path, RATE_LIMITS: 'off', LOG_LEVEL: 'debug' });
  afterAll(async () => {
    await child.stop('SIGKILL');
    folder.remove();
  });

  it('tells under the id of its request what became of it, up to the sockets', async () => {
    const url = await child.ready();
    const [ann, ben] = [await Player.signIn(url, 'Ann'), await Player.signIn(url, 'Ben')];
    const room = await startFor(ann, ben);
    const sees = await ben.watch(room.id);
    const { headers, body } = await ann.post(`/rooms/${room.id}/submissions`, submission(SUM));
    const judged = await sees.until('submission.judged');
    expect(judged).not.toHaveProperty('requestId');
    for (const player of [ann, ben]) player.disconnect();
    const request = headers.get('x-request-id');
    const lines = () =>
      child.errors
        .split('\n')
        .filter((line) => line.includes(request!) && line.endsWith('}'))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    await eventually('it reaches the sockets', () => lines().some(({ type }) => type === 'submission.judged'));
    expect(lines()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ request, context: 'http', status: 202 }),
        expect.objectContaining({ request, context: 'submissions', submission: body.submissionId, room: room.id }),
        expect.objectContaining({ request, context: 'judging', job: body.submissionId, attempt: 1 }),
        expect.objectContaining({ request, context: 'judging', submission: body.submissionId, verdict: 'AC' }),
        expect.objectContaining({ request, context: 'realtime', type: 'submission.received', room: room.id }),
        expect.objectContaining({ request, context: 'realtime', type: 'submission.judged', seq: judged.seq }),
      ]),
    );
  });
});
