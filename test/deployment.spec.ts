import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, VARIABLES } from '../src/config';
import { MAX_BYTES } from '../src/contract/terms';
import { ROOT } from './support/source-tree';

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const compose = read('docker-compose.yml');
const dockerfile = read('Dockerfile');
const nginx = read('deploy/nginx.conf.template');

/** The blocks of a file in which indentation says what belongs to what, by their keys. */
function blocksOf(text: string, indent: string): Map<string, string> {
  const parts = text.split(new RegExp(`^${indent}(?=[\\w-]+:)`, 'm')).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}
const tops = blocksOf(compose, '');
const services = blocksOf(tops.get('services')!, '  ');
/** The variables a block sets, with what they are set to. */
const environmentOf = (block: string): [string, string][] =>
  [...block.matchAll(/^ +([A-Z][A-Z0-9_]+): (.*)$/gm)].map(([, name, value]) => [
    name!,
    value!.replace(/^'(.*)'$/, '$1'),
  ]);
/** With every secret there, and what goes with them, as Compose puts them in. */
const filled = (value: string): string =>
  value.replace(/\$\{(\w+):?-?([^}]*)\}/g, (_, name: string, otherwise: string) =>
    /PASSWORD|SECRET|TOKEN|CLIENT_ID/.test(name)
      ? '0123456789abcdefghijklmnopqrstuv'
      : name === 'PUBLIC_URL'
        ? 'https://joust.example'
        : otherwise,
  );
const JOUST = ['x-shared', 'x-api', 'x-judge'].map((name) => tops.get(name)!).concat(services.get('app')!);

describe('docker-compose.yml', () => {
  it('sets only variables that Joust reads', () => {
    const set = JOUST.flatMap(environmentOf).map(([name]) => name);
    expect(set.length).toBeGreaterThan(10);
    expect(set.filter((name) => !VARIABLES.includes(name))).toEqual([]);
  });

  it.each([
    ['api', ['x-shared', 'x-api']],
    ['judge', ['x-shared', 'x-judge']],
  ])('gives a process of role %s all it needs', (role, blocks) => {
    const env = Object.fromEntries(
      blocks.flatMap((name) => environmentOf(tops.get(name)!)).map(([name, value]) => [name, filled(value)]),
    );
    expect(readConfig(env)).toMatchObject({ ROLE: role });
  });

  it('holds no secret, and no default for one', () => {
    const given = [...compose.matchAll(/\$\{(\w*(?:PASSWORD|SECRET|TOKEN)\w*)(:?[-?]?)([^}]*)\}/g)];
    expect(given.length).toBeGreaterThan(5);
    expect(given.filter(([, , how, otherwise]) => !how?.includes('?') && otherwise !== '')).toEqual([]);
  });

  it('runs what is ours without privileges, on a root that cannot be written', () => {
    const joust = tops.get('x-joust')!;
    for (const line of ['read_only: true', 'cap_drop: [ALL]', "security_opt: ['no-new-privileges:true']", 'init: true'])
      expect(joust).toContain(line);
    const privileged = [...services].filter(([, block]) => block.includes('privileged: true')).map(([name]) => name);
    expect(privileged).toEqual(['judge0']);
  });

  it('lets in by the proxy alone, and nothing out of the networks behind it', () => {
    const open = [...services].filter(([, block]) => block.includes('ports:')).map(([name]) => name);
    expect(open).toEqual(['app', 'nginx']);
    expect(services.get('app')).toContain("ports: ['127.0.0.1:");
    for (const network of ['back', 'judge0']) expect(tops.get('networks')).toContain(`${network}: { internal: true }`);
    for (const name of ['postgres', 'redis', 'rabbitmq']) expect(services.get(name)).toContain('networks: [back]');
  });

  it('gives the proxy all that its configuration asks for', () => {
    const asked = new Set([...nginx.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!));
    const given = environmentOf(services.get('nginx')!).map(([name]) => name);
    expect([...asked].filter((name) => !given.includes(name))).toEqual([]);
    expect(services.get('nginx')).toContain('API_1: api-1:3000 ');
    expect([...services.keys()]).toEqual(expect.arrayContaining(['api-1', 'api-2', 'judge-1', 'judge-2']));
  });

  it('waits longer for an end than a drain may take', () => {
    const [, grace] = /stop_grace_period: (\d+)s/.exec(compose)!;
    const [, longest] = /LONGEST_DRAIN_MS = (\d+)_000/.exec(read('src/main.ts'))!;
    expect(Number(grace)).toBeGreaterThan(Number(longest));
  });
});

describe('Dockerfile', () => {
  it('sets only variables that Joust reads, as it can use them', () => {
    const [block] = /^ENV (?:.*\\\n)*.*$/m.exec(dockerfile)!;
    const env = Object.fromEntries([...block.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));
    expect(Object.keys(env).filter((name) => !VARIABLES.includes(name))).toEqual(['NODE_ENV']);
    expect(readConfig(env)).toMatchObject({ HOST: '0.0.0.0', PORT: 3000, DATA_DIR: '/data' });
    expect(dockerfile).toContain(`EXPOSE ${env['PORT']}`);
  });

  it('ends as a user without rights, asks whether it is ready, and starts what npm start starts', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/HEALTHCHECK .*\\\n.*\/readyz/);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    const [, command] = /^CMD (\[.*\])$/m.exec(last)!;
    expect(`exec ${(JSON.parse(command!) as string[]).join(' ')}`).toBe(scripts.start);
  });

  it('copies only what gets into its context', () => {
    const kept = read('.dockerignore').match(/(?<=^!).+$/gm)!;
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) => names!.split(' '));
    expect(copied.filter((name) => !kept.includes(name))).toEqual([]);
  });
});

describe('nginx.conf.template', () => {
  it('hands on websockets where sockets are, and takes what Joust takes', () => {
    expect(read('src/realtime/socket.adapter.ts')).toContain("path: '/ws'");
    expect(nginx).toMatch(/location \/ws \{/);
    expect(nginx).toMatch(/proxy_set_header Upgrade \$http_upgrade;/);
    const [, kilobytes] = /client_max_body_size (\d+)k;/.exec(nginx)!;
    expect(Number(kilobytes) * 1024).toBeGreaterThan(MAX_BYTES.body);
  });

  it('sends again only what may be done twice', () => {
    const locations = [...nginx.matchAll(/location ([^{]+) \{([^}]*)\}/g)];
    const again = locations.filter(([, , body]) => body!.includes('non_idempotent')).map(([, path]) => path);
    expect(again).toEqual(['~ ^/api/rooms/[^/]+/submissions$']);
    // A header set in a location would undo all that are set for the server.
    for (const [, , body] of locations) expect(body).not.toContain('proxy_set_header');
  });
});
