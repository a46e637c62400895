import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { QueryFailedError } from 'typeorm';
import { FrameworkLog, newLogger } from '../src/logger';

/** All that is logged, at any level, while something is. */
function logged(work: (log: ReturnType<typeof newLogger>) => void): string {
  const to = new PassThrough();
  work(newLogger('trace', to));
  return String(to.read() ?? '');
}
const marker = () => `marker-${randomUUID()}`;

it('tells of an error what it is and where it was, and nothing of what somebody hung on it', () => {
  const [source, hash, detail] = [marker(), marker(), marker()];
  const driver = Object.assign(new Error('value too long'), {
    code: '22001',
    detail: `Failing row contains (${detail})`,
  });
  const error = new QueryFailedError(`INSERT INTO submissions VALUES ('${hash}')`, [source], driver);
  for (const line of [
    logged((log) => log.error({ err: error }, 'server.fault')),
    logged((log) => log.error({ err: new Error('outside', { cause: error }) }, 'server.fault')),
    logged((log) => new FrameworkLog(log).error(error, 'http')),
  ]) {
    expect(line).toContain('QueryFailedError');
    expect(line).toContain('value too long');
    expect(line).toContain('logger.spec.ts');
    expect(line).toContain('22001');
    for (const secret of [source, hash, detail]) expect(line).not.toContain(secret);
  }
});

it('says so when what was thrown is no error, and not what it was', () => {
  const secret = marker();
  expect(logged((log) => log.error({ err: { secret } }, 'server.fault'))).not.toContain(secret);
});

it.each(['authorization', 'cookie', 'password', 'token', 'accessToken', 'source'])('never tells a %s', (name) => {
  const secret = marker();
  const line = logged((log) => log.info({ [name]: secret, request: { [name]: secret } }, 'facts'));
  expect(line).toContain('[Redacted]');
  expect(line).not.toContain(secret);
});
