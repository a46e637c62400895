import { REFUSALS, type RefusalCode } from '../../contract/refusals';
import { refusalsOf } from '../../contract/route-refusals';
import type { Route } from '../../contract/route';
import { ROUTES } from '../../contract/routes';
import { Schemas, type JsonSchema } from './schemas';

const ABOUT = `What a browser, or anything else, may ask of this server. It changes things here and hears of them by
socket: see [the AsyncAPI document](/api/asyncapi.json). Moments are ISO-8601 in UTC; lists are pages, and \`next\` is the
\`cursor\` of the one that follows. Where there is no route, the answer is 404 \`request.unknown-path\`.`;

const json = (schema: object, more: object = {}) => ({ 'application/json': { schema, ...more } });
const plain = (type: string) => ({ [type]: { schema: { type: 'string' } } });

/** The OpenAPI document of the routes in the contract. */
export function openApi(version: string) {
  const schemas = new Schemas();
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    const [method, path] = name.split(' ') as [string, string];
    (paths[path.replace(/:(\w+)/g, '{$1}')] ??= {})[method.toLowerCase()] = operation(name, route, schemas);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Joust', version, description: ABOUT },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { ...schemas.components, Refusal: REFUSAL },
      examples: EXAMPLES,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        refreshCookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'joust_refresh',
          description: 'Set by the server; `__Host-joust_refresh` over TLS.',
        },
      },
    },
    security: [{ token: [] }],
  };
}

function operation(name: string, route: Route, schemas: Schemas): object {
  const [method, path] = name.split(' ') as [string, string];
  const words = path.split('/').filter(Boolean);
  const { body } = route;
  return {
    operationId: [method.toLowerCase(), ...words.map((word) => word.replace(':', 'by-'))].join('-'),
    tags: [words[0] === 'api' ? words[1] : 'health'],
    summary: route.says,
    ...(route.open && { security: path.endsWith('/refresh') ? [{ refreshCookie: [] }] : [] }),
    parameters: parametersOf(route, schemas),
    ...(body && {
      requestBody: { required: !body.safeParse(undefined).success, content: json(schemas.of(body, 'input')) },
    }),
    ...(route.text === 'body' && { requestBody: { required: true, content: plain('text/plain') } }),
    responses: { ...answers(path, route, schemas), ...refusals(refusalsOf(name, route)) },
  };
}

function parametersOf({ params = {}, query }: Route, schemas: Schemas): object[] {
  const inPath = Object.entries(params).map(([name, shape]) => ({
    ...{ name, in: 'path', required: true },
    schema: schemas.of(shape, 'input'),
  }));
  if (!query) return inPath;
  const { properties = {} } = schemas.of(query, 'input') as { properties?: Record<string, JsonSchema> };
  return [...inPath, ...Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }))];
}

function answers(path: string, { status, answer, text, unready }: Route, schemas: Schemas): Record<string, object> {
  const content = path.endsWith('/stream')
    ? plain('text/event-stream')
    : text === 'answer'
      ? plain('text/plain')
      : answer && json(schemas.of(answer, 'output'));
  const good = { [status]: { description: status === 204 ? 'Done.' : 'The answer.', ...(content && { content }) } };
  return unready ? { ...good, [unready]: { description: 'Not now.', ...(content && { content }) } } : good;
}

/** One response for every status, which lists the refusals that come under it. */
function refusals(codes: readonly RefusalCode[]): Record<string, object> {
  const statuses = new Set(codes.map((code) => REFUSALS[code].status));
  return Object.fromEntries(
    [...statuses].map((status) => [
      status,
      refusal(
        codes.filter((code) => REFUSALS[code].status === status),
        status,
      ),
    ]),
  );
}

function refusal(codes: readonly RefusalCode[], status: number): object {
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: codes.map((code) => `\`${code}\`: ${REFUSALS[code].says}`).join('\n\n'),
    ...((status === 429 || status === 503) && { headers: { 'Retry-After': RETRY_AFTER } }),
    content: json({ $ref: '#/components/schemas/Refusal' }, { examples }),
  };
}

const RETRY_AFTER = { description: 'Seconds after which it may go better.', schema: { type: 'integer' } };

const REFUSAL = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { enum: Object.keys(REFUSALS), description: 'Branch on this; it never changes its meaning.' },
        message: { type: 'string', description: 'A sentence for a person.' },
        details: { description: 'What exactly, where there is more to say.' },
        requestId: { type: 'string', examples: ['req_2b6c9f1e'] },
      },
    },
  },
};

const EXAMPLES = Object.fromEntries(
  Object.entries(REFUSALS).map(([code, { says: message }]) => [
    code,
    { summary: message, value: { error: { code, message, requestId: 'req_2b6c9f1e' } } },
  ]),
);
