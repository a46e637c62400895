import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { expectFailure, Folder, joust, type Said } from '../support/command-line';
import { FEW_LANGUAGES } from '../support/embedded-judge';
import { judged, MANIFEST, type Program, simpleJob } from '../support/judge-programs';

const FILES = [
  ...['ac_sum.cpp', 'ac_sum.py', 'ac_sum.js', 'ac_float_tolerance.cpp', 'ac_unread_stdin.cpp', 'wa_sum.py'],
  ...['tle_loop.py', 'ce_syntax.cpp', 're_eof.py', 'mle_touch.cpp', 'ole_flood.cpp'],
];
const programs = FILES.map((file) => MANIFEST.programs.find((program) => program.file === file)!);
const source = (file: string) => readFileSync(join(__dirname, '..', 'programs', file), 'utf8');
/** None of them waits for the wall clock, which a busy machine lets come before the limit of CPU time. */
const limitsOf = ({ limits }: Program) => ({ ...limits, wallMs: 30_000 });
const cases = programs.map((program) => ({ ...program, limits: limitsOf(program), source: source(program.file) }));

const folder = new Folder();
const env = { DATA_DIR: join(folder.path, 'data'), TMPDIR: folder.path };
afterAll(() => folder.remove());

describe('programs of every kind', () => {
  let said: Said;
  beforeAll(async () => {
    said = await joust(['judge', folder.write('programs.json', cases)], env);
  });

  it('are answered in the order of the file, and with nothing else', () => {
    expect(said).toMatchObject({ code: 0, stderr: '' });
    const verdicts = programs.map(({ file, expect: verdict }) => ({ file, verdict }));
    expect(programs.map(({ file }, at) => ({ file, verdict: said.json[at].verdict }))).toEqual(verdicts);
  });

  it('come with what every test took and printed', () => {
    const [test] = said.json[FILES.indexOf('ac_sum.py')].tests;
    expect(test).toEqual({
      ...{ verdict: 'AC', exit: 0, signal: null, stdout: '7\n', stderr: '' },
      ...{ cpuMs: expect.any(Number), wallMs: expect.any(Number), memoryKiB: expect.any(Number) },
    });
  });

  it('come with what the compiler said, and no tests where it refused', () => {
    expect(said.json[FILES.indexOf('ce_syntax.cpp')]).toEqual({
      verdict: 'CE',
      compileOutput: expect.stringContaining('error'),
      tests: [],
    });
  });

  it('come with outputs of at most 8 KiB', () => {
    const [{ stdout }] = said.json[FILES.indexOf('ole_flood.cpp')].tests;
    expect(Buffer.byteLength(stdout)).toBe(8192);
  });

  it('leave nothing behind that was made for them', () => {
    expect(readdirSync(folder.path).filter((name) => name.startsWith('joust-judge'))).toEqual([]);
  });
});

it('knows checkers that are programs', async () => {
  const checker = {
    kind: 'custom',
    convention: 'testlib',
    language: 'python',
    source: 'import sys; sys.exit(int(sys.argv[4]))',
  };
  const given = { language: 'python', source: 'print(1)', tests: [{ stdin: '', answer: '' }] };
  const cases = ['0', '1', '3'].map((code) => ({ ...given, checker: { ...checker, args: [code] } }));
  const { json } = await joust(['judge', folder.write('checkers.json', cases)], env);
  expect(json).toMatchObject([
    { verdict: 'AC' },
    { verdict: 'WA' },
    { verdict: 'JE', reason: expect.stringContaining("The problem's checker exited with 3") },
  ]);
});

it('stops at the first test that is not accepted, as for submissions', async () => {
  const tests = ['7', '8', '7'].map((answer) => ({ stdin: '3 4\n', answer }));
  const file = folder.write('stops.json', [{ language: 'python', source: source('ac_sum.py'), tests }]);
  const { json } = await joust(['judge', file], env);
  expect(json[0].verdict).toBe('WA');
  expect(json[0].tests.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['AC', 'WA']);
});

it('takes limits and checkers in part, and long texts as repetitions', async () => {
  const python = { language: 'python' };
  const file = folder.write('parts.json', [
    { ...python, source: 'while True: pass', tests: [{ stdin: '', answer: '' }], limits: { cpuMs: 200 } },
    {
      ...python,
      source: 'print(1.05)',
      tests: [{ stdin: '', answer: '1' }],
      checker: 'float',
      checkerArgs: { abs: 0.1 },
    },
    { ...python, source: 'print("1 ")', tests: [{ stdin: '', answer: '1\n' }], checker: 'exact' },
    {
      ...python,
      source: 'print(len(input()))',
      tests: [{ stdinGen: { repeat: 'ab', times: 50_000 }, answerGen: { repeat: '100000', times: 1 } }],
    },
  ]);
  const { json } = await joust(['judge', file], env);
  expect(json.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['TLE', 'AC', 'WA', 'AC']);
  expect(json[0].tests[0].cpuMs).toBeLessThan(1000);
});

it('gives a language nobody knows no verdict, and says why', async () => {
  const tests = [{ stdin: '', answer: '' }];
  const { code, json } = await joust(['judge', folder.write('x.json', [{ language: 'x', source: '', tests }])], env);
  expect({ code, json }).toEqual({
    code: 0,
    json: [{ verdict: 'JE', compileOutput: '', tests: [], reason: 'This judge does not know x.' }],
  });
});

it('refuses a malformed file, and says where', async () => {
  const wrong = [cases[0], { language: 'cpp', tests: [] }];
  expectFailure(await joust(['judge', folder.write('wrong.json', wrong)], env), /case 2 of 2: source: /);
});

it('judges beside a server and another command on the same folder', async () => {
  const dataDir = join(folder.path, 'shared');
  const server = await EmbeddedJudge.start({ dataDir: join(dataDir, 'judge'), languages: FEW_LANGUAGES });
  const program = { ...cases[0]!, source: `${cases[0]!.source}// the same for all` };
  const file = folder.write('same.json', [program, program]);
  const [first, second, own] = await Promise.all([
    joust(['judge', file], { DATA_DIR: dataDir }),
    joust(['judge', file], { DATA_DIR: dataDir }),
    judged(server, simpleJob('cpp', program.source, { tests: [{ input: '3 4\n' }] })),
  ]);
  await server.close();
  for (const { json } of [first, second]) expect(json).toMatchObject([{ verdict: 'AC' }, { verdict: 'AC' }]);
  expect(own.verdict).toBe('AC');
});
