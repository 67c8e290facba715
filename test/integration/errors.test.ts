import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ErrorInfo } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())('An error in Python $version', ({ executable, version }) => {
  const minor = Number(version.split('.')[1]);
  let session: ExtSession;
  beforeAll(async () => {
    session = await ExtSession.start({ interpreter: executable });
  });
  afterAll(async () => {
    await session.exit();
  });
  const errorOf = async (source: string, firstLine = 1): Promise<ErrorInfo> => {
    const outcome = await session
      .execute(source, { filename: '/home/ada/cell.py', firstLine })
      .wait({ timeoutMs: 20_000 });
    if (outcome.status !== 'error') throw new Error(`the command ended as ${outcome.status}`);
    expect(outcome.error.traceback).not.toContain('_extsession_worker');
    return outcome.error;
  };

  test('has the frames of the user, with file, line and source', async () => {
    const error = await errorOf('def inner(x):\n    return 1 / x\n\ninner(0)', 10);
    expect(error).toMatchObject({ name: 'ZeroDivisionError', message: 'division by zero' });
    expect(error.frames).toMatchObject([
      { file: '/home/ada/cell.py', line: 13, function: '<module>', source: 'inner(0)' },
      { file: '/home/ada/cell.py', line: 11, function: 'inner', source: '    return 1 / x' },
    ]);
    if (minor >= 11) expect(error.frames[1]).toMatchObject({ column: 11, endColumn: 16, endLine: 11 });
  });

  test('columns count characters, also behind others than ASCII', async (context) => {
    if (minor < 11) context.skip('it needs Python 3.11');
    const { frames } = await errorOf("größe = '😀'; größe + 1");
    expect(frames[0]).toMatchObject({ column: 13, endColumn: 22 });
  });

  test('is underlined where it happened, also in a line without an end', async (context) => {
    if (minor < 11) context.skip('it needs Python 3.11');
    const { traceback } = await errorOf('1 + (1 / 0)');
    expect(traceback).toMatch(/\n {4}1 \+ \(1 \/ 0\)\n {9}~~\^~~\n/);
  });

  test('says where the syntax is wrong', async () => {
    const error = await errorOf('x = 1\ny = = 2', 5);
    expect(error.name).toBe('SyntaxError');
    expect(error.frames).toMatchObject([{ file: '/home/ada/cell.py', line: 6, column: 4, source: 'y = = 2' }]);
  });

  test('has its cause and its context in the traceback', async () => {
    const caused = await errorOf("try:\n    {}['key']\nexcept KeyError as e:\n    raise ValueError('worse') from e");
    expect(caused.traceback).toMatch(/KeyError: 'key'[^]*direct cause[^]*ValueError: worse/);
    const context = await errorOf("try:\n    {}['key']\nexcept KeyError:\n    raise ValueError('worse')");
    expect(context.traceback).toMatch(/KeyError: 'key'[^]*During handling[^]*ValueError: worse/);
    const hidden = await errorOf("try:\n    {}['key']\nexcept KeyError:\n    raise ValueError('worse') from None");
    expect(hidden.traceback).not.toContain('KeyError');
  });

  test('has its notes, and the members of a group', async (context) => {
    if (minor < 11) context.skip('it needs Python 3.11');
    const noted = await errorOf("e = ValueError('no'); e.add_note('try again'); raise e");
    expect(noted.traceback).toContain('ValueError: no\ntry again');
    const group = await errorOf(
      "def fail(): raise KeyError('inner')\ntry: fail()\nexcept KeyError as e: raise ExceptionGroup('several', [e, OSError('other')])",
    );
    expect(group).toMatchObject({ name: 'ExceptionGroup', message: 'several (2 sub-exceptions)' });
    expect(group.traceback).toMatch(/in fail[^]*KeyError: 'inner'[^]*OSError: other/);
  });

  test('is told of an exit, and of what is no text', async () => {
    expect(await errorOf('import sys; sys.exit(3)')).toMatchObject({ name: 'SystemExit', message: '3' });
    expect(await errorOf('class E(Exception):\n    def __str__(self): raise RuntimeError\nraise E')).toMatchObject({
      name: 'E',
      message: '<exception str() failed>',
    });
  });

  test('has its cause, its context, its notes and its members as data too', async () => {
    const caused = await errorOf(
      "def f(): return {}['key']\ntry: f()\nexcept KeyError as e: raise ValueError('worse') from e",
      10,
    );
    expect(caused.cause).toMatchObject({ name: 'KeyError', message: "'key'" });
    expect(caused.cause?.frames.map(({ line }) => line)).toEqual([11, 10]);
    expect(caused.context).toBeUndefined();
    const handled = await errorOf("try: {}['key']\nexcept KeyError: raise ValueError('worse')");
    expect(handled).toMatchObject({ context: { name: 'KeyError' } });
    expect(await errorOf("try: {}['key']\nexcept KeyError: raise ValueError('worse') from None")).not.toHaveProperty(
      'context',
    );
    if (minor < 11) return;
    const group = await errorOf(
      "e = KeyError('a'); e.add_note('look'); raise ExceptionGroup('both', [e, ExceptionGroup('inner', [OSError('b')])])",
    );
    expect(group.exceptions).toMatchObject([
      { name: 'KeyError', notes: ['look'] },
      { name: 'ExceptionGroup', exceptions: [{ name: 'OSError', message: 'b' }] },
    ]);
  });

  test('tells only so many of the exceptions behind it', async () => {
    const error = await errorOf(
      'def chain(n):\n    try:\n        if n: chain(n - 1)\n    finally: raise ValueError(n)\nchain(200)',
    );
    let told = 0;
    for (let behind = error.context; behind; behind = behind.context) told++;
    expect(told).toBe(50);
  });

  test.each([
    ['raise SyntaxError("x", ("f", -1, 1, "t"))', 'SyntaxError'],
    ['raise SyntaxError("x", (5, 1, 1, "t"))', 'SyntaxError'],
    ['raise SyntaxError("x", ("f", 1 << 70, -5, 7))', 'SyntaxError'],
    [
      'class Meta(type):\n    __name__ = property(lambda cls: 5)\nclass E(Exception, metaclass=Meta): pass\nraise E',
      'E',
    ],
    [
      'class E(Exception):\n    def __str__(self): raise KeyboardInterrupt\nimport traceback\ntraceback.format_exception = None\nraise E',
      'KeyboardInterrupt',
    ],
    ['class K(KeyboardInterrupt):\n    def __str__(self): raise K\nraise K', 'K'],
  ])('ends its command, whatever it says of itself: %s', async (source, name) => {
    const outcome = await session.execute(source).wait({ timeoutMs: 20_000 });
    expect(outcome).toMatchObject({ error: { name } });
  });

  test('shows the lines as Python counts them', async () => {
    const { frames } = await errorOf('text = "a\u2028b\u0085c"\n\f\r\nnumber = 1\r1 / 0', 3);
    expect(frames).toMatchObject([{ line: 6, source: '1 / 0' }]);
  });

  test('is the last one, for pdb.pm() and whoever asks sys', async () => {
    await errorOf('def fail(argument): return 1 / argument\nfail(0)');
    const last =
      'import sys\nprint(sys.last_type.__name__, sys.last_value, sys.last_traceback.tb_next.tb_frame.f_locals)';
    const results = session.execute(last);
    await results.wait();
    expect(results.stdout).toBe("ZeroDivisionError division by zero {'argument': 0}\n");
  });

  test('is told although its class raises when it is asked for anything', async () => {
    const error = await errorOf('class E(Exception):\n    def __getattribute__(self, name): return self.x\nraise E');
    expect(error).toMatchObject({ name: 'E', message: '' });
    expect((await session.execute('1 + 1').wait()).status).toBe('ok');
  });

  test('survives a cycle of causes and a very deep one', async () => {
    expect(
      await errorOf('a = ValueError("a"); b = ValueError("b"); a.__cause__ = b; b.__cause__ = a\nraise a'),
    ).toMatchObject({
      name: 'ValueError',
      message: 'a',
    });
    expect((await errorOf('def f(): f()\nf()')).name).toBe('RecursionError');
  });
});

describe('An error in JavaScript', () => {
  test('names a command without a file by its number', async () => {
    const session = await ExtSession.start({ evaluator: 'javascript' });
    await session.execute('function h() {\n  null.x;\n}').wait();
    const outcome = await session.execute('h()', { language: 'typescript' }).wait();
    expect(outcome.status === 'error' && outcome.error.frames.map(({ file, line }) => [file, line])).toEqual([
      ['<command 2>', 1],
      ['<command 1>', 2],
    ]);
    await session.exit();
  });

  test('has its causes and its members as data', async () => {
    const session = await ExtSession.start({ evaluator: 'javascript' });
    const outcome = await session
      .execute(
        'const inner = new TypeError("inner"); inner.cause = inner;\nthrow new AggregateError([inner, 5], "both", { cause: new RangeError("far") })',
      )
      .wait();
    expect(outcome).toMatchObject({
      status: 'error',
      error: {
        name: 'AggregateError',
        cause: { name: 'RangeError', message: 'far', frames: [{ line: 2 }] },
        exceptions: [{ name: 'TypeError', message: 'inner' }],
      },
    });
    await session.exit();
  });
});
