import { Parser } from '@asyncapi/parser';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { EVENTS } from '../../src/contract/events';
import { REFUSALS } from '../../src/contract/refusals';
import { PAGES } from '../../src/contract/pages';
import { ROUTES } from '../../src/contract/routes';
import { NOTICES, REQUESTS } from '../../src/contract/socket';
import { request } from '../support/player';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
let open: any, events: any;
beforeAll(async () => {
  server = await startServer();
  open = (await request(server.url, 'GET', '/api/docs-json')).body;
  events = (await request(server.url, 'GET', '/api/asyncapi.json')).body;
});
afterAll(() => server.close());

/** Every `$ref` below a value. */
const refs = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [inner as string] : refs(inner)));
const resolve = (document: unknown, ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
const unresolved = (document: unknown) => refs(document).filter((ref) => resolve(document, ref) === undefined);

/** One compiled check for every named schema of a document. */
function validatorFor(document: unknown, name: string) {
  const ajv = addFormats(new Ajv({ strict: false }));
  ajv.addSchema(document as object, 'document');
  return ajv.getSchema(`document#/components/schemas/${name}`)!;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const operations = () => Object.values(open.paths).flatMap((path: any) => Object.values<any>(path));

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1 whose references lead somewhere and whose operations have names of their own', () => {
    expect(open).toMatchObject({ openapi: '3.1.0', info: { title: 'Joust', version: expect.any(String) } });
    expect(unresolved(open)).toEqual([]);
    const ids = operations().map(({ operationId }) => operationId as string);
    expect(new Set(ids).size).toBe(ids.length);
    for (const name of Object.keys(open.components.schemas)) expect(() => validatorFor(open, name)).not.toThrow();
  });

  it('has every route of the table and no other, with its parameters', () => {
    const documented = Object.entries<object>(open.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(documented.sort()).toEqual(Object.keys(ROUTES).sort());
    for (const [path, methods] of Object.entries<object>(open.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      // eslint-disable-next-line @typescript-eslint/no-explicit-any
      for (const { parameters } of Object.values<any>(methods)) {
        // eslint-disable-next-line @typescript-eslint/no-explicit-any
        const given = parameters.filter((one: any) => one.in === 'path').map((one: any) => one.name);
        expect(given).toEqual(named);
      }
    }
  });

  it('tells of every refusal under its status, but of the one for which there is no route', () => {
    const told = new Set<string>();
    for (const { responses } of operations())
      // eslint-disable-next-line @typescript-eslint/no-explicit-any
      for (const [status, response] of Object.entries<any>(responses))
        for (const code of Object.keys(response.content?.['application/json']?.examples ?? {})) {
          expect(Number(status)).toBe(REFUSALS[code as keyof typeof REFUSALS].status);
          told.add(code);
        }
    const untold = Object.keys(REFUSALS).filter((code) => !told.has(code));
    expect(untold).toEqual(['request.unknown-path']);
  });

  it('asks for a token exactly where the server does', () => {
    for (const [name, route] of Object.entries(ROUTES)) {
      const [method, path] = name.split(' ') as [string, string];
      const { security } = open.paths[path.replace(/:(\w+)/g, '{$1}')][method.toLowerCase()];
      expect({ name, open: security !== undefined }).toEqual({ name, open: 'open' in route });
    }
  });

  it('describes what the server really answers', async () => {
    const ann = await server.guest('Ann');
    const { body } = await ann.post('/rooms', {});
    const room = validatorFor(open, 'Room');
    expect([room(body.room), room.errors]).toEqual([true, null]);
    const refused = await ann.get('/rooms/room_none');
    const refusal = validatorFor(open, 'Refusal');
    expect([refusal(refused.body), refusal.errors]).toEqual([true, null]);
    const log = await ann.get(`/rooms/${body.room.id}/events`);
    const event = validatorFor(open, 'SeenEvent');
    for (const one of log.body.events) expect([event(one), event.errors]).toEqual([true, null]);
    expect(event({ ...log.body.events[0], data: {} })).toBe(false);
  });
});

describe('the page of the OpenAPI document', () => {
  it('keeps to the content policy and loads only files of this server, and they are there', async () => {
    for (const path of ['/api/docs', '/api/docs/']) {
      const { status, headers, body } = await request(server.url, 'GET', path);
      expect(status).toBe(200);
      const policy = headers.get('content-security-policy')!;
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("style-src-elem 'self';");
      const page = body as string;
      expect(page).not.toMatch(/<script>|<script [^>]*>\s*[^<\s]/);
      const files = [...page.matchAll(/(?:src|href)=["']([^"'#]+)["']/g)].map(([, file]) => file!);
      expect(files).toEqual(expect.arrayContaining([expect.stringContaining('swagger-ui-bundle.js')]));
      for (const file of files) {
        const url = new URL(file, server.url + path);
        expect(url.origin).toBe(server.url);
        expect({ file, status: (await fetch(url)).status }).toEqual({ file, status: 200 });
      }
    }
  });
});

describe('the AsyncAPI document', () => {
  it('is valid', async () => {
    const findings = await new Parser().validate(JSON.stringify(events));
    expect(findings.filter(({ severity }) => (severity as number) === 0)).toEqual([]);
    expect(unresolved(events)).toEqual([]);
  });

  it('has every request with its answer, every notice, every kind of event and every refusal', () => {
    const { messages } = events.channels.socket;
    const names = Object.keys(REQUESTS).flatMap((name) => [name, `${name}.ack`]);
    expect(Object.keys(messages).sort()).toEqual([...names, ...Object.keys(NOTICES)].sort());
    const received = Object.keys(events.operations).filter((name) => events.operations[name].action === 'receive');
    expect(received).toEqual(Object.keys(REQUESTS));
    const kinds = refs(events.components.schemas.SeenEvent).map((ref) => ref.split('/').at(-1));
    expect(kinds).toEqual([...Object.keys(EVENTS), 'event.hidden']);
    expect(events.components.schemas.Refusal.properties.error.properties.code.enum).toEqual(Object.keys(REFUSALS));
  });
});

describe('the router', () => {
  /** What is served beside the contract: the documents; and what the logger puts before every path. */
  const BESIDE = /^(\/api\/docs(-json|\/|$)|\/api\/asyncapi\.json$|\/\{\*path\}$)/;
  interface Layer {
    readonly route?: { readonly path: string | string[]; readonly methods: Readonly<Record<string, boolean>> };
  }

  it('serves the table of routes and nothing else', () => {
    const { stack } = (server.app.getHttpAdapter().getInstance() as unknown as { router: { stack: Layer[] } }).router;
    const served = stack.flatMap(({ route }) =>
      route
        ? [route.path]
            .flat()
            .flatMap((path) => Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${path}`))
        : [],
    );
    const isPage = (path: string) => (PAGES as readonly string[]).includes(path);
    const ours = served.filter((name) => !BESIDE.test(name.split(' ')[1]!) && !isPage(name.split(' ')[1]!));
    expect([...new Set(ours)].sort()).toEqual(Object.keys(ROUTES).sort());
  });
});
