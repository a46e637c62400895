import ts from 'typescript';
import { sourceFiles, type SourceFile } from './support/source-tree';

/*
 * The law of this code. Folders are read in the order data flows, and nothing imports upward. A
 * line says whose files a folder, or a file beside the folders, may import; its own it always may.
 */
const LAW: Readonly<Record<string, readonly string[]>> = {
  'new-id.ts': [],
  'config.ts': [],
  'logger.ts': ['new-id.ts'],
  'metrics.ts': [],
  contract: [],
  core: ['contract'],
  'ports.ts': ['contract'],
  store: ['contract', 'core', 'ports.ts'],
  adapters: ['contract', 'core/verdict.ts', 'ports.ts'],
  http: ['contract', 'store/unreachable.ts', 'new-id.ts', 'metrics.ts'],
  auth: ['contract', 'core', 'ports.ts', 'store', 'http', 'new-id.ts'],
  problems: ['contract', 'store', 'auth', 'http'],
  rooms: ['contract', 'core', 'ports.ts', 'store', 'auth', 'http', 'problems/description.ts', 'new-id.ts'],
  submissions: ['contract', 'core', 'ports.ts', 'store', 'auth', 'http', 'rooms', 'new-id.ts'],
  judging: ['contract', 'core', 'ports.ts', 'store', 'problems', 'rooms', 'new-id.ts', 'metrics.ts'],
  // Never rooms: what goes out does not reach back into what comes in.
  realtime: ['contract', 'core', 'ports.ts', 'store', 'auth', 'http', 'metrics.ts'],
  scheduling: ['contract', 'ports.ts', 'store', 'rooms'],
  'dead-letters': ['contract', 'ports.ts', 'store'],
  admin: [
    ...['contract', 'core', 'ports.ts', 'store', 'auth', 'http', 'problems', 'rooms', 'dead-letters', 'new-id.ts'],
  ],
  operations: ['contract', 'ports.ts', 'store', 'auth', 'metrics.ts'],
  'world.module.ts': ['config.ts', 'ports.ts', 'store', 'adapters', 'http', 'auth/auth.settings.ts', 'metrics.ts'],
  'app.module.ts': [
    ...['auth', 'problems', 'rooms', 'submissions', 'judging', 'realtime', 'scheduling', 'admin', 'operations'],
    ...['logger.ts', 'world.module.ts'],
  ],
  'server.ts': [
    ...[
      'contract',
      'http',
      'auth/auth.settings.ts',
      'realtime',
      'operations',
      'logger.ts',
      'metrics.ts',
      'world.module.ts',
      'app.module.ts',
    ],
  ],
  'main.ts': ['config.ts', 'logger.ts', 'operations', 'world.module.ts', 'server.ts'],
  commands: [
    ...[
      'contract',
      'core',
      'ports.ts',
      'store',
      'auth',
      'problems',
      'rooms',
      'submissions',
      'judging',
      'dead-letters',
      'admin',
    ],
    ...['new-id.ts', 'config.ts', 'logger.ts', 'world.module.ts'],
  ],
  'cli.ts': ['commands', 'config.ts', 'store', 'contract'],
};

/** Which packages may be loaded where the place matters. Types are free: they are gone once compiled. */
const PACKAGES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^src\/contract\//, ['zod']],
  [/^src\/core\//, ['glicko2-lite']],
];
const HOME: Readonly<Record<string, RegExp>> = {
  typeorm: /^src\/(store\/|world\.module\.ts$)/,
  'socket.io': /^src\/realtime\//,
  commander: /^src\/cli\.ts$/,
  amqplib: /^src\/adapters\/rabbitmq\//,
};

const SQL =
  /\b(SELECT\s.+\b(FROM|pg_\w+)\b|SELECT 1|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE|ALTER TABLE)\b/s;
const MOST_LINES = 250;

const src = sourceFiles('src');
const web = sourceFiles('web');
const ours = [...src, ...web];
const everything = [...ours, ...sourceFiles('test', 'bench', 'demo')];
const byPath = new Map(everything.map((file) => [file.path, file]));

const partOf = (path: string): string => path.split('/')[1]!;
/** Everything that breaks a law, as lines to look at. */
const offences = (files: readonly SourceFile[], isOne: (node: ts.Node, file: SourceFile) => boolean): string[] =>
  files.flatMap((file) =>
    file
      .nodes()
      .filter((node) => isOne(node, file))
      .map((node) => file.at(node)),
  );
const pure = src.filter(({ path }) => /^src\/(contract|core)\//.test(path));

describe('who imports whom', () => {
  it.each(Object.keys(LAW))('%s keeps to its line', (part) => {
    const mine = src.filter(({ path }) => partOf(path) === part);
    const allowed = [part, ...LAW[part]!];
    const strays = mine.flatMap(({ path, imports }) =>
      imports
        .filter(({ ours, to }) => ours && !allowed.some((one) => to === `src/${one}` || to.startsWith(`src/${one}/`)))
        .map(({ to }) => `${path} imports ${to}`),
    );
    expect(strays).toEqual([]);
  });

  it('has a line for every part of src, and no two parts may import each other', () => {
    expect([...new Set(src.map(({ path }) => partOf(path)))].filter((part) => !(part in LAW))).toEqual([]);
    const order = Object.entries(LAW).flatMap(([part, allowed]) =>
      allowed.filter((one) => !one.includes('/')).map((one) => [part, one] as const),
    );
    expect(
      cycles(new Map(Object.keys(LAW).map((part) => [part, order.flatMap(([a, b]) => (a === part ? [b] : []))]))),
    ).toEqual([]);
  });

  it('goes round in no circle, not even of types', () => {
    const graph = src.map(
      ({ path, imports }) => [path, imports.filter(({ ours }) => ours).map(({ to }) => to)] as const,
    );
    expect(cycles(new Map(graph))).toEqual([]);
  });
});

describe('packages', () => {
  it('are loaded only where they belong', () => {
    const strays = src.flatMap(({ path, imports }) =>
      imports
        .filter(({ ours, typeOnly }) => !ours && !typeOnly)
        .filter(
          ({ to }) =>
            PACKAGES.some(([where, allowed]) => where.test(path) && !allowed.includes(to)) ||
            !(HOME[to]?.test(path) ?? true),
        )
        .map(({ to }) => `${path} loads ${to}`),
    );
    expect(strays).toEqual([]);
  });

  it('of the rules are small enough for a browser: nothing in core leads to zod', () => {
    const fromCore = reachedFrom(pure.filter(({ path }) => partOf(path) === 'core'));
    expect([...fromCore].filter((to) => !to.startsWith('src/'))).toEqual(['glicko2-lite']);
    const fromWeb = reachedFrom(web);
    expect(fromWeb).toContain('preact');
    expect(fromWeb).not.toContain('zod');
  });
});

describe('the words and the rules', () => {
  it('know no clock, no chance, no process and no waiting', () => {
    const isImpure = (node: ts.Node): boolean =>
      (ts.isPropertyAccessExpression(node) && /^(Date\.now|Math\.random|performance\.now)$/.test(node.getText())) ||
      (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) ||
      (ts.isCallExpression(node) &&
        /^(Date|setTimeout|setInterval|setImmediate|fetch)$/.test(node.expression.getText())) ||
      (ts.isIdentifier(node) && node.text === 'process') ||
      node.kind === ts.SyntaxKind.AsyncKeyword ||
      ts.isAwaitExpression(node);
    expect(offences(pure, isImpure)).toEqual([]);
  });
});

describe('one place for each thing', () => {
  it('reads the environment in config.ts: others only hand it over', () => {
    const isRead = (node: ts.Node, { path }: SourceFile): boolean =>
      ts.isPropertyAccessExpression(node) &&
      node.getText() === 'process.env' &&
      path !== 'src/config.ts' &&
      // Where the machine keeps its programs is no setting.
      !(path.startsWith('src/adapters/') && node.parent.getText() === "process.env['PATH']") &&
      !(ts.isCallExpression(node.parent) && node.parent.expression.getText() === 'readConfig');
    expect(offences(src, isRead)).toEqual([]);
  });

  it('speaks SQL in the store', () => {
    const isSql = (node: ts.Node): boolean =>
      (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && SQL.test(node.getText());
    expect(offences(src, isSql).filter((where) => !where.startsWith('src/store/'))).toEqual([]);
    expect(offences(src, isSql).length).toBeGreaterThan(10);
  });
});

describe('the manner', () => {
  it('needs no forwardRef, no default export, no barrel and no any', () => {
    const isBad = (node: ts.Node, { path }: SourceFile): boolean =>
      (ts.isIdentifier(node) && node.text === 'forwardRef') ||
      ts.isExportAssignment(node) ||
      (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)) ||
      (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) ||
      node.kind === ts.SyntaxKind.AnyKeyword ||
      (ts.isSourceFile(node) && /\/index\.tsx?$/.test(path));
    expect(offences(ours, isBad)).toEqual([]);
  });

  it('exports only what somebody imports', () => {
    const wanted = new Set(
      everything.flatMap(({ imports }) => imports.flatMap(({ to, names }) => names.map((name) => `${to} ${name}`))),
    );
    const unwanted = ours.flatMap(({ path, exports }) =>
      wanted.has(`${path} *`) ? [] : exports.map((name) => `${path} ${name}`).filter((one) => !wanted.has(one)),
    );
    expect(unwanted).toEqual([]);
  });

  it(`keeps every file within ${MOST_LINES} lines, but for the table of routes`, () => {
    const long = ours.filter(({ path, lines }) => lines > MOST_LINES && path !== 'src/contract/routes.ts');
    expect(long.map(({ path, lines }) => `${path} ${lines}`)).toEqual([]);
  });

  it('never catches an error to say nothing', () => {
    expect(offences(ours, (node) => ts.isCatchClause(node) && node.block.statements.length === 0)).toEqual([]);
  });
});

/** All that is loaded when some files are, packages included. */
function reachedFrom(files: readonly SourceFile[]): Set<string> {
  const reached = new Set<string>();
  const follow = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const { to, typeOnly } of byPath.get(path)?.imports ?? []) if (!typeOnly) follow(to);
  };
  for (const { path } of files) follow(path);
  return reached;
}

/** Every circle in a graph, once for each way back that is found. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (at: string, way: readonly string[]): void => {
    if (way.includes(at)) found.push([...way.slice(way.indexOf(at)), at].join(' → '));
    if (way.includes(at) || done.has(at)) return;
    for (const next of graph.get(at) ?? []) visit(next, [...way, at]);
    done.add(at);
  };
  for (const start of graph.keys()) visit(start, []);
  return found;
}
