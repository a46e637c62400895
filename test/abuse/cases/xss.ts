import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { send } from '../../support/hostile-request';
import { request } from '../../support/player';
import { openFor, roomOf } from '../../support/rooms';
import { ROOT, sourceFiles } from '../../support/source-tree';
import type { Cases } from '../case';

const MARKUP = ['<img src=x onerror=1>', '"><svg onload=1>', '{{7*7}}', '${7*7}', '<b>a</b>'];
const DECEIVING = ['a\u202eb', 'a\u2066b', 'a\u200bb', 'a\u0000b', 'a\r\nb\u0000', '\u3164', 'x'.repeat(10_000)];

export const XSS: Cases = {
  'XSS-01': { heldBy: 'test/problems/statement.spec.ts', as: 'gets nothing through: %s' },
  'XSS-03': async (stage) => {
    for (const name of DECEIVING)
      expect((await request(stage.url, 'POST', '/api/auth/guest', { name })).status).toBe(400);
    const ben = await stage.guest('Ben');
    for (const name of MARKUP) {
      const ann = await stage.guest(name);
      const { id } = await openFor(ann, ben);
      expect((await roomOf(ben, id)).players[0].name).toBe(name);
      expect((await ann.get('/me')).headers.get('content-type')).toMatch(/^application\/json/);
      await ann.post(`/rooms/${id}/cancel`);
    }
  },
  // What a page shows it shows as text: the only markup ever put in is what the server has made of a statement.
  'XSS-04': () => {
    const files = sourceFiles('web').filter(({ path }) =>
      /innerHTML|insertAdjacentHTML|document\.write|outerHTML/i.test(readFileSync(join(ROOT, path), 'utf8')),
    );
    expect(files.map(({ path }) => path)).toEqual(['web/ui/parts/statement.tsx']);
    const [statement] = files.map(({ path }) => readFileSync(join(ROOT, path), 'utf8'));
    expect(statement!.match(/innerHTML/gi)).toHaveLength(1);
    const shown = sourceFiles('web').flatMap(({ path }) =>
      [...readFileSync(join(ROOT, path), 'utf8').matchAll(/<Prose html={([\w.]+)}/g)].map(([, name]) => name!),
    );
    expect(shown.toSorted()).toEqual(['noteHtml', 'shown.value', 'statementHtml']);
    return Promise.resolve();
  },
  // Every answer of `send` is held to these headers; here are those of pages and files, and of what is nowhere.
  'XSS-06': async (stage) => {
    const ann = await stage.guest('Ann');
    for (const path of ['/livez', '/readyz', '/api/languages', '/api/problems', '/api/me'])
      expect((await send(ann, 'GET', path)).status).toBe(200);
    for (const path of ['/api/nope', '/assets/x', '/nope', '/api/rooms/room_1'])
      expect((await send(ann, 'GET', path)).status).toBe(404);
    const page = await fetch(stage.url);
    const [, asset] = /(?:src|href)="(\/assets\/[^"]+)"/.exec(await page.text())!;
    for (const answer of [page, await fetch(stage.url + asset!)]) {
      const policy = answer.headers.get('content-security-policy')!;
      for (const directive of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
        expect(policy).toContain(directive);
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('x-powered-by')).toBeNull();
    }
  },
};
