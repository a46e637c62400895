import { REFUSALS } from '../../contract/refusals';
import { NOTICES, REQUESTS } from '../../contract/socket';
import { Schemas, type JsonSchema } from './schemas';

const ABOUT = `Socket.IO at the path \`/ws\`, websocket transport only. The handshake carries \`auth: {token}\`, a fresh access
token; a bad one is a \`connect_error\` whose \`data\` holds the refusal’s \`code\`, and \`retryAfterSeconds\` where it is one to wait. Every request is answered through its ack. Numbers in a
room's log are dense: whoever holds n asks for what is after n, and gets that or a snapshot.`;

const CHANNEL = '#/channels/socket';
const refTo = (message: string) => ({ $ref: `${CHANNEL}/messages/${message}` });

/** The AsyncAPI document of what goes over the socket, as the server sees it: it receives requests and sends notices. */
export function asyncApi(version: string, publicUrl = 'http://localhost:3000') {
  const schemas = new Schemas();
  const messages: Record<string, object> = {};
  const operations: Record<string, object> = {};
  for (const [name, { says, body, answer }] of Object.entries(REQUESTS)) {
    messages[name] = { name, summary: says, payload: schemas.of(body, 'input') };
    messages[`${name}.ack`] = {
      name: `${name} (ack)`,
      payload: { oneOf: [{ allOf: [OK, schemas.of(answer, 'output')] }, { $ref: '#/components/schemas/Refusal' }] },
    };
    const reply = { channel: { $ref: CHANNEL }, messages: [refTo(`${name}.ack`)] };
    const channel = { $ref: CHANNEL };
    operations[name] = { action: 'receive', summary: says, channel, messages: [refTo(name)], reply };
  }
  for (const [name, { says, body }] of Object.entries(NOTICES)) {
    messages[name] = { name, summary: says, payload: schemas.of(body, 'output') };
    operations[name] = { action: 'send', summary: says, channel: { $ref: CHANNEL }, messages: [refTo(name)] };
  }
  const { host, protocol } = new URL(publicUrl);
  return {
    asyncapi: '3.0.0',
    info: { title: 'Joust', version, description: ABOUT },
    defaultContentType: 'application/json',
    servers: { joust: { host, pathname: '/ws', protocol: protocol === 'https:' ? 'wss' : 'ws' } },
    channels: { socket: { address: '/ws', messages } },
    operations,
    components: { schemas: { ...schemas.components, Refusal: REFUSAL } },
  };
}

const OK: JsonSchema = { type: 'object', required: ['ok'], properties: { ok: { const: true } } };

const REFUSAL: JsonSchema = {
  type: 'object',
  required: ['ok', 'error'],
  properties: {
    ok: { const: false },
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        ...{ code: { enum: Object.keys(REFUSALS) }, message: { type: 'string' }, details: {} },
        retryAfterSeconds: { type: 'number' },
      },
    },
  },
};
