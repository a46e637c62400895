import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { BUNDLED, Catalogue } from '../../src/problems/catalogue';
import type { Player } from '../support/player';
import { eventually } from '../support/eventually';
import { atOnce, expectDone, expectRefused, startFor, submit, tally } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { createProblem, draft, putText } from '../support/setter';
import { auditOf, everyPage, staff } from '../support/staff';

let server: TestServer;
let setter: Player;
beforeAll(async () => {
  server = await startServer();
  setter = await staff(server, 'setter');
});
afterAll(() => server.close());

describe('a problem', () => {
  it('begins as a draft nobody sees, and is published with its tests', async () => {
    const slug = `p-${randomUUID()}`;
    const created = await setter.post('/admin/problems', draft(slug, { tags: ['sums'] }));
    expect(created.body).toMatchObject({
      slug,
      statementHtml: '<p>Print <strong>it</strong>.</p>\n',
      publishedAt: null,
      samples: 0,
      checker: { kind: 'tokens' },
    });
    await expectRefused(setter.post('/admin/problems', draft(slug)), 'problem.exists');
    await expectRefused(setter.get(`/problems/${slug}`), 'problem.not-found');
    await expectRefused(setter.post('/rooms', { settings: { problems: [slug] } }), 'problem.not-found');
    await expectRefused(setter.post(`/admin/problems/${slug}/publish`), 'problem.not-ready');
    for (const sample of [true, false])
      await setter.post(`/admin/problems/${slug}/tests`, { sample, input: '1', answer: '1', note: null });
    for (let time = 0; time < 2; time += 1) await expectDone(setter.post(`/admin/problems/${slug}/publish`));
    expect((await setter.get(`/problems/${slug}`)).body).toMatchObject({
      slug,
      samples: [{ input: '1', output: '1' }],
    });
    await expectRefused(setter.ask('DELETE', `/admin/problems/${slug}/tests/0`), 'problem.not-ready');
    for (let time = 0; time < 2; time += 1) await expectDone(setter.post(`/admin/problems/${slug}/unpublish`));
    await expectRefused(setter.get(`/problems/${slug}`), 'problem.not-found');
    await expectDone(setter.ask('DELETE', `/admin/problems/${slug}`));
    await expectRefused(setter.get(`/admin/problems/${slug}`), 'problem.not-found');
    expect((await auditOf(server, slug)).map(({ action, actor }) => [actor, action])).toEqual(
      ['create', 'test.add', 'test.add', 'publish', 'unpublish', 'delete'].map((action) => [
        setter.id,
        action.includes('.') ? action : `problem.${action}`,
      ]),
    );
  });

  it('is made once by many at once', async () => {
    const slug = `p-${randomUUID()}`;
    expect(tally(await atOnce(5, () => setter.post('/admin/problems', draft(slug))))).toEqual({
      201: 1,
      'problem.exists': 4,
    });
  });

  it('is edited where it differs, noted from what to what, and has a new form then', async () => {
    const slug = await createProblem(setter);
    const before = (await setter.get(`/admin/problems/${slug}`)).body;
    const same = await setter.ask('PATCH', `/admin/problems/${slug}`, { title: before.title, limits: before.limits });
    expect(same.body.digest).toBe(before.digest);
    const { body } = await setter.ask('PATCH', `/admin/problems/${slug}`, {
      limits: { cpuMs: 2000, memoryKiB: 65_536 },
      statement: 'New <b>',
    });
    expect(body).toMatchObject({
      limits: { cpuMs: 2000 },
      statement: 'New <b>',
      statementHtml: '<p>New &lt;b&gt;</p>\n',
      title: before.title,
    });
    expect(body.digest).not.toBe(before.digest);
    const edits = (await auditOf(server, slug)).filter(({ action }) => action === 'problem.edit');
    expect(edits).toMatchObject([
      { detail: { changed: ['cpuMs', 'statement'], from: { cpuMs: 1000 }, to: { cpuMs: 2000 } } },
    ]);
    await expectRefused(setter.ask('PATCH', `/admin/problems/${slug}`, { limits: { cpuMs: 1 } }), 'request.malformed');
    await expectRefused(setter.ask('PATCH', '/admin/problems/none', { title: 'x' }), 'problem.not-found');
  });

  it('renders a statement without storing it, whatever is in it', async () => {
    const { body } = await setter.post('/admin/statements', {
      statement: '<script>alert(1)</script> $x^2$ [a](javascript:b)',
    });
    expect(body.statementHtml).not.toMatch(/<script|javascript:b"/);
    expect(body.statementHtml).toContain('katex');
  });

  it('is in the list with drafts, by title, slug, tag and being published', async () => {
    const slug = await createProblem(setter);
    const found = async (query: string) =>
      (await everyPage(setter, `/admin/problems?${query}`)).map((one) => one['slug']);
    expect(await found(`search=${slug.slice(2, 20)}`)).toEqual([slug]);
    expect(await found('published=false')).toContain(slug);
    expect(await found('published=true')).not.toContain(slug);
    expect(await found('search=%25')).toEqual([]);
  });

  it('changed or unpublished by hand stays so over a start, and is replaced where that is asked for', async () => {
    const see = async (slug: string) => (await setter.get(`/admin/problems/${slug}`)).body;
    const { title } = await see('ferry-loads');
    await setter.ask('PATCH', '/admin/problems/ferry-loads', { title: 'My ferries' });
    await expectDone(setter.post('/admin/problems/toll-ticket/unpublish'));
    const catalogue = server.app.get(Catalogue);
    expect(await catalogue.importBundled()).toEqual([]);
    expect((await see('ferry-loads')).title).toBe('My ferries');
    expect((await see('toll-ticket')).publishedAt).toBeNull();
    expect((await catalogue.import(join(BUNDLED, 'ferry-loads'))).isNew).toBe(true);
    expect(await see('ferry-loads')).toMatchObject({ title, editedAt: null });
  });
});

describe('a contest under way', () => {
  it('keeps the form of its problems, whatever is changed, until a rejudge brings it to the new one', async () => {
    const slug = await createProblem(setter);
    const program = "input()\nprint('false')\n";
    await putText(setter, slug, '0/answer', 'false\n');
    await setter.post(`/admin/problems/${slug}/publish`);
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben, { problems: [slug] });
    const sees = await ann.watch(room.id, 0);
    await sees.until('contest.started');
    const before = (await ann.get(`/rooms/${room.id}/problems`)).body;
    const verdictOf = async (by: Player) => {
      const id = await submit(by, room.id, program);
      return (await sees.until(({ type, data }) => type === 'submission.judged' && data.submissionId === id)).data
        .verdict;
    };
    expect(await verdictOf(ann)).toBe('AC');
    expect((await setter.get(`/admin/problems/${slug}`)).body.liveRooms).toBe(1);

    await setter.ask('PATCH', `/admin/problems/${slug}`, { statement: 'Something else', title: 'Another' });
    expect((await putText(setter, slug, '1/answer', 'true\n')).status).toBe(204);
    await setter.post(`/admin/problems/${slug}/unpublish`);
    expect((await ann.get(`/rooms/${room.id}/problems`)).body).toEqual(before);
    expect(await verdictOf(ben)).toBe('AC');
    await expectRefused(setter.ask('DELETE', `/admin/problems/${slug}`), 'problem.in-use');

    const judge = await staff(server, 'judge');
    const { body } = await judge.post('/admin/rejudges', { slug, reason: 'The answer was wrong' });
    await eventually(
      'it is judged',
      async () => (await judge.get(`/admin/rejudges/${body.id}`)).body.state === 'ready',
    );
    expect((await judge.get(`/admin/rejudges/${body.id}`)).body).toMatchObject({ changed: 2 });
    expect((await judge.post(`/admin/rejudges/${body.id}/apply`)).body).toMatchObject({ applied: 2, left: 0 });
    expect((await ann.get(`/rooms/${room.id}/problems`)).body.problems[0]).toMatchObject({ title: 'Another' });
    expect(await verdictOf(ben)).toBe('WA');
  });
});
