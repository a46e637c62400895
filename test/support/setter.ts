import { randomUUID } from 'node:crypto';
import type { Player } from './player';

/** A problem as it is begun. */
export const draft = (slug: string, more: object = {}) => ({
  ...{ slug, title: `The ${slug}`, difficulty: 'easy', statement: 'Print **it**.' },
  limits: { cpuMs: 1000, memoryKiB: 65_536 },
  ...more,
});

/** Begins a problem with so many tests of each kind; its slug. */
export async function createProblem(setter: Player, tests = 1): Promise<string> {
  const slug = `p-${randomUUID()}`;
  expect((await setter.post('/admin/problems', draft(slug))).status).toBe(201);
  for (let test = 0; test < tests; test += 1)
    for (const sample of [true, false]) {
      const texts = { input: `${test}\n`, answer: `${sample}\n` };
      expect((await setter.post(`/admin/problems/${slug}/tests`, { sample, ...texts })).status).toBe(201);
    }
  return slug;
}

/** Puts a text in place of the input or answer of a test, such as `0/input`. */
export const putText = ({ url, headers }: Player, slug: string, where: string, body: BodyInit, type = 'text/plain') =>
  fetch(`${url}/api/admin/problems/${slug}/tests/${where}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': type },
    body,
  });
