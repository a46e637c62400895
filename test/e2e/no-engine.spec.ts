import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { FEW_LANGUAGES } from '../support/embedded-judge';
import { expectRefused, startFor, submission, SUM } from '../support/rooms';
import { startServer } from '../support/server';

/** The engine as a host leaves it that has no walls for programs. */
async function unavailable(dataDir: string): Promise<EmbeddedJudge> {
  const here = Object.getOwnPropertyDescriptor(process, 'platform')!;
  Object.defineProperty(process, 'platform', { ...here, value: 'darwin' });
  try {
    return await EmbeddedJudge.start({ dataDir, languages: FEW_LANGUAGES });
  } finally {
    Object.defineProperty(process, 'platform', here);
  }
}

describe('a host where no engine works', () => {
  it('keeps what is handed in, and says what is missing', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'joust-test-'));
    const judge = await unavailable(dataDir);
    const server = await startServer({ change: (world) => ({ ...world, judge }) });
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben);

    const { status, body } = await ann.post(`/rooms/${room.id}/submissions`, submission(SUM));
    expect(status).toBe(202);
    expect((await ann.get(`/submissions/${body.submissionId}`)).body).toMatchObject({ verdict: 'PENDING' });
    for (const language of ['a\0b', '\ud800', '__proto__'])
      await expectRefused(ann.post(`/rooms/${room.id}/submissions`, submission(SUM, { language })), 'language.unknown');
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: 'degraded', database: { ok: true }, judge: { ok: false } });
    expect((await judge.capabilities()).findings).toContainEqual({ ok: false, says: expect.stringContaining('Linux') });

    await server.close();
    await judge.close();
    rmSync(dataDir, { recursive: true });
  });
});
