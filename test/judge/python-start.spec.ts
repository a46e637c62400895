import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON_START } from '../../src/adapters/embedded/judge/python-start';
import { temporaryFolder } from '../support/child-server';

const PYTHON = '/usr/bin/python3';
const LINES = (...lines: readonly string[]) => lines.join('\n');

const PROGRAMS: Readonly<Record<string, string | Buffer>> = {
  'leaves by exit': 'exit(3)',
  'leaves by quit, with a word': 'quit("bye")',
  'leaves by SystemExit in a function': LINES('def f():', '  raise SystemExit("x")', 'f()'),
  'is no Python': LINES('def f(:', '  pass'),
  'is indented wrongly': LINES('if 1:', 'print(1)'),
  'is indented by tabs and spaces': LINES('if 1:', '\tx = 1', '        y = 1'),
  'ends in the middle of a string': LINES('x = 1', 'print("""1'),
  'returns from no function': LINES('x = 1', 'return x'),
  'declares what it has used': LINES('def f():', '  x = 1', '  global x'),
  'is nested too deep': `${'('.repeat(300)}1${')'.repeat(300)}`,
  'is too long a sum': `print(${'1+'.repeat(20_000)}1)`,
  'says nothing': '',
  'is a remark': '# nothing',
  'fails in a function': LINES('def f(n):', '  return 1 // n', 'f(0)'),
  'fails while it handles a failure': LINES(
    'try:',
    '  int("x")',
    'except ValueError as e:',
    '  raise KeyError(1) from e',
  ),
  'fails several times at once': 'raise ExceptionGroup("all", [ValueError(1), KeyError(2)])',
  'fails in a thread': LINES(
    ...['import threading', 'def f(): 1 / 0', 't = threading.Thread(target=f)', 't.start()', 't.join()'],
  ),
  'fails in what it makes up': 'exec("1 / 0")',
  'makes up what is no Python': 'exec("x = ")',
  'fails in a lambda in a list in a class': LINES('class A:', '  x = [(lambda n: 1 // n)(n) for n in (1, 0)]'),
  'fails in a generator': LINES('def f():', '  yield 1', '  assert not 1, "no"', 'for x in f(): print(x)'),
  'fails in a coroutine': LINES(
    ...['import asyncio', 'async def f():', '  await asyncio.sleep(0)', '  {}["x"]', 'asyncio.run(f())'],
  ),
  'fails with its own words for it': LINES(
    ...['import sys, traceback', 'try:', '  [][1]', 'except IndexError:', '  traceback.print_exc()'],
    ...['  trace = sys.exc_info()[2]', '  print(trace.tb_frame.f_code.co_filename, trace.tb_lineno, trace.tb_next)'],
  ),
  'reads beyond the end': 'input()',
  'uses what it has not imported': 'sys.stdin.read()',
  'asks for more memory than there is': 'x = bytearray(10 ** 15)',
  'recurses as deep as it may': LINES(
    ...['def f(n):', '  return 0 if n == 0 else 1 + f(n - 1)', 'for n in range(900, 1100):', '  try:', '    f(n)'],
    ...['  except RecursionError:', '    print(n)', '    break'],
  ),
  'recurses too deep': LINES('def f(n):', '  return f(n + 1)', 'f(0)'),
  'looks at where it is': LINES(
    'import sys, __main__',
    'print(__name__, __file__, sys.argv, __main__.__file__, __spec__)',
  ),
  'looks at its names': 'print(sorted(name for name in globals() if name != "__cached__"))',
  'has a docstring and annotations': LINES('"""What it does."""', 'x: int = 1', 'print(__doc__, __annotations__)'),
  'comes from the future': LINES('from __future__ import annotations', 'print(1)'),
  'has its annotations taken as words': LINES(
    ...['from __future__ import annotations', 'def f(x: y) -> z: pass', 'print(f.__annotations__)'],
    ...['exec("def g(x: y): pass")', 'print(g.__annotations__)'],
  ),
  'means its annotations': LINES('def f(x: y): pass', 'print(f.__annotations__)'),
  'is in Latin-1': Buffer.from(LINES('# -*- coding: latin-1 -*-', 'print("\u00e9")'), 'latin1'),
  'is in an alphabet of Windows': Buffer.from(LINES('# coding: cp1252', 'print("\u0080")', '1 / 0'), 'latin1'),
  'has lines that end as on Windows': 'x = """1\r\n2"""\r\nprint(repr(x))\r\n1 / 0\r\n',
  'begins with a byte order mark': '\ufeffprint(1)',
  'reads its own source': LINES('import inspect', 'def f():', '  return 1', 'print(inspect.getsource(f))'),
  'makes classes': LINES(
    ...['import pickle', 'from dataclasses import dataclass', '@dataclass', 'class P:', '  x: int'],
    ...['print(P(1), pickle.loads(pickle.dumps(P(2))))'],
  ),
  'reads all its own source': LINES(
    ...[
      'import inspect, __main__',
      'class A:',
      '  def f(self): return lambda: 1',
      'print(inspect.getsource(__main__))',
    ],
    ...['print(inspect.getsource(A), inspect.getsource(A().f()), inspect.getfile(A))'],
  ),
  'looks at its code': LINES(
    ...['import sys', 'def f():', '  def g(): return [lambda: x for x in range(3)]', '  class A:'],
    ...['    def h(self): yield 1', 'def show(code):'],
    ...['  print(code.co_name, code.co_filename, code.co_firstlineno, code.co_flags, code.co_names)'],
    ...['  for one in code.co_consts:', '    if hasattr(one, "co_code"): show(one)', 'show(sys._getframe().f_code)'],
  ),
  'looks who follows it': LINES(
    ...['import sys, threading, warnings, _warnings', 'print(sys.gettrace(), sys.getprofile(), sys.exc_info())'],
    ...['print(threading._trace_hook, warnings.filters, warnings.filters is _warnings.filters)'],
    ...['print(sys._getframe().f_trace, sys._getframe().f_lineno)'],
  ),
  'follows itself': LINES(
    ...['import sys', 'def follow(frame, event, argument):', '  print(frame.f_code.co_name, event, frame.f_lineno)'],
    ...[
      '  return follow',
      'def f(n):',
      '  if n: raise ValueError',
      'sys.settrace(follow)',
      'f(0)',
      'sys.settrace(None)',
      'f(1)',
    ],
  ),
  'is warned': LINES('x = 1 is 1', 'import warnings', 'warnings.warn("x")'),
  'is warned in a function': LINES('import warnings', 'def f():', '  warnings.warn("x", stacklevel=2)', '', 'f()'),
  'is warned of what it escapes': LINES('import re', 'print(re.findall("\\d", "a1"))', 'print(1 is 1)'),
  'is warned, and is no Python': LINES('x = 1 is 1', 'x ='),
  'is warned in a thread': LINES(
    ...[
      'import threading, warnings',
      't = threading.Thread(target=warnings.warn, args=("x",))',
      't.start()',
      't.join()',
    ],
  ),
  'does something at its end': LINES('import atexit', 'atexit.register(print, "bye")', '1 / 0'),
  'knows what helps': 'print(type(help).__name__, exit, quit)',
};

describe('a Python program behind our start', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  const run = (words: readonly string[], file: string) => {
    const { status, stdout, stderr } = spawnSync(PYTHON, [...words, file], { input: '', encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it.each(Object.entries(PROGRAMS))('that %s does and prints what it would without', (_, source) => {
    const file = join(folder.path, 'main.py');
    writeFileSync(file, source);
    expect(run(['-I', '-S', '-B', '-c', PYTHON_START], file)).toEqual(run(['-I', '-B'], file));
  });

  it('finds what is installed where it would without', () => {
    const file = join(folder.path, 'path.py');
    writeFileSync(file, 'import os, sys; print([path for path in sys.path if os.path.isdir(path)])');
    expect(run(['-I', '-S', '-B', '-c', PYTHON_START], file)).toEqual(run(['-I', '-B'], file));
  });
});
