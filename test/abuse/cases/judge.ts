import { toJSONSchema } from 'zod';
import { REQUESTS } from '../../../src/contract/socket';
import { ROUTE_LIST, send } from '../../support/hostile-request';
import type { Cases, Stage } from '../case';

/** Where Judge0 reports is a secret path, and only where there is a Judge0; here is none. */
async function nobodyListens(stage: Stage): Promise<void> {
  const ann = await stage.guest('Ann');
  for (const path of [
    '/judge/callback/x',
    '/api/judge/callback/x',
    '/judge0/x',
    `/judge0/${'x'.repeat(32)}`,
    '/callback',
  ])
    for (const method of ['PUT', 'POST', 'GET'])
      expect((await send(ann, method, path, method === 'GET' ? undefined : '{"status":{"id":3}}')).status).toBe(404);
}

const callbacks = (as: string) => ({ heldBy: 'test/judge0/callbacks.spec.ts', as });
const UNBELIEVED = callbacks('is not believed: what a stranger says ends nothing');

export const JUDGE: Cases = {
  'JUDGE-01': nobodyListens,
  'JUDGE-02': UNBELIEVED,
  'JUDGE-03': callbacks('may do so in a bad way: %s'),
  'JUDGE-04': { heldBy: 'test/e2e/judge-trouble.spec.ts', as: 'that was overtaken changes nothing any more' },
  'JUDGE-05': callbacks('may do so in a bad way: %s'),
  'JUDGE-07': {
    heldBy: 'test/e2e/judge0.spec.ts',
    as: 'because it %s: one verdict each, no judge error, no try charged',
  },
  'JUDGE-08': {
    heldBy: 'test/e2e/judge-trouble.spec.ts',
    as: 'on one job again and again is a judge error at last: announced once, charged to nobody',
  },
  'JUDGE-09': { heldBy: 'test/judge0/outages.spec.ts', as: '(%s) is an error, closes the engine at once, and heals' },
  'JUDGE-10': {
    heldBy: 'test/e2e/judge0.spec.ts',
    as: 'because it %s: one verdict each, no judge error, no try charged',
  },
  // Answers are ours to compare: Judge0 is never asked whether a run is right.
  'JUDGE-11': {
    heldBy: 'test/judge0/judge0.spec.ts',
    as: 'holds no answer, asks for no network, and keeps to its limits',
  },
  'JUDGE-12': {
    applies: false,
    why: 'Nobody can name an address for the server to call: no body, query or event has a field for one.',
    seen: async (stage) => {
      const shapes = [
        ...ROUTE_LIST.flatMap(({ route }) => [route.body, route.query]).filter((one) => one !== undefined),
        ...Object.values(REQUESTS).map(({ body }) => body),
      ];
      const text = JSON.stringify(shapes.map((one) => toJSONSchema(one, { io: 'input', unrepresentable: 'any' })));
      expect(text).not.toMatch(/"\w*(url|uri|href|webhook|endpoint|host)"/i);
      const ann = await stage.guest('Ann');
      for (const method of ['PATCH', 'PUT', 'POST'])
        expect((await send(ann, method, '/api/me', '{"avatarUrl":"http://169.254.169.254/"}')).status).toBe(404);
    },
  },
  'JUDGE-13': {
    heldBy: 'test/ports/rabbitmq.spec.ts',
    as: 'moves what was given up, and what names no job, to the dead letters',
  },
  'JUDGE-14': {
    heldBy: 'test/e2e/rabbitmq.spec.ts',
    as: 'is a dead letter with its reason, told to author and referee, and judged again by a replay',
  },
  'JUDGE-15': {
    heldBy: 'test/e2e/judge-trouble.spec.ts',
    as: 'is one, however often it is announced, also after the verdict',
  },
};
