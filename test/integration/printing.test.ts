import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

/** Arguments of `print` as Python source. */
const calls = [
  '',
  '1',
  '-(10**30)',
  '1e300',
  'True',
  '"a", 2, 3.5, None, True',
  '"a", "b", sep=""',
  '"a", "b", sep=None, end=None',
  '"a", "b", sep="-", end="!\\n"',
  '"no end", end=""',
  '"é ☃ \\ud800"',
  '[1, {"a": (2,)}], range(3)',
  '*range(20), sep=", "',
  '"flushed", flush=True',
  'Shouts()',
  'Quiet("x"), "y"',
  'Unhashable(), Unhashable',
];

describe.each(testPythons())('print in a session of Python $version', ({ executable }) => {
  let session: ExtSession;
  beforeAll(async () => {
    session = await ExtSession.start({ interpreter: executable });
    const classes = `
class Shouts:
    def __str__(self): return "LOUD"
class Quiet(str):
    def __str__(self): return "q"
class Meta(type):
    def __eq__(cls, other): raise RuntimeError
class Unhashable(metaclass=Meta):
    def __repr__(self): return "u"
`;
    await session.execute(classes).wait();
  });
  afterAll(async () => {
    await session.exit();
  });

  test.each(calls)('writes what the plain one writes: print(%s)', async (call) => {
    const ours = session.execute(`print(${call})`);
    await ours.wait();
    const text = `io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace", newline="\\n", write_through=True)`;
    const plain = `(lambda f: (print(${call}${call ? ', ' : ''}file=f), f.flush(), f.buffer.getvalue())[2])(${text})`;
    await session.execute('import io').wait();
    expect(ours.bytes('stdout')).toEqual(Buffer.from((await session.evaluate(plain)) as Uint8Array));
  });

  test('a line that is flushed is written at once, so that no interrupt parts it', async () => {
    const results = session.execute(`
import sys
called = []
sys.setprofile(lambda frame, event, _: called.append(frame.f_code.co_name) if event == "call" else None)
print("whole", "line", flush=True)
sys.setprofile(None)`);
    await results.wait();
    expect(results.stdout).toBe('whole line\n');
    expect(await session.evaluate('called.count("send")')).toBe(1);
  });

  test.each(['1, sep=3', '1, end=b""', '1, file=3', '1, nothing=2', 'arg=1', '1, args=2', 'options={}'])(
    'refuses what the plain one refuses: print(%s)',
    async (call) => {
      const results = session.execute(`print(${call})`);
      const outcome = await results.wait();
      expect(['TypeError', 'AttributeError']).toContain(
        outcome.status === 'error' ? outcome.error.name : outcome.status,
      );
      expect(results.stdout).toBe('');
    },
  );

  test.each([
    [
      'a text stream over its bytes',
      'io.TextIOWrapper(sys.stdout.detach(), "utf-8", write_through=True).write("hé\\n")',
    ],
    ['its raw bytes', 'sys.stdout.buffer.raw.write("hé\\n".encode())'],
    ['other buffers', 'sys.stdout.buffer.write(memoryview("hé\\n".encode())[::1])'],
  ])('has its place beside %s', async (_what, write) => {
    const results = session.execute(`import io, sys\nprint("before")\n_ = ${write}\nprint("after")`);
    expect(await results.wait()).toMatchObject({ status: 'ok' });
    expect(results.stdout).toBe('before\nhé\nafter\n');
  });

  test.each(['5', '"text"', '[1]'])('is no way to write %s as bytes', async (data) => {
    const results = session.execute(`import sys\nsys.stdout.buffer.write(${data})`);
    expect(await results.wait()).toMatchObject({ status: 'error', error: { name: 'TypeError' } });
    expect(results.stdout).toBe('');
  });

  test('writes to what the user put in the place of sys.stdout', async () => {
    const source =
      'import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as f: print("caught", 1)\nf.getvalue()';
    const results = session.execute(source);
    expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': "'caught 1\\n'" } });
    expect(results.stdout).toBe('');
  });

  // At the end: from then on `print` takes the long way.
  test('goes through what the user put in the place of sys.stdout.write', async () => {
    const source = `
import sys
plain = sys.stdout.write
sys.stdout.write = lambda text: plain(text.upper())
print("one"); print("two", "words")
sys.stdout.write = plain
print("three")`;
    const results = session.execute(source);
    await results.wait();
    expect(results.stdout).toBe('ONE\nTWO WORDS\nthree\n');
  });
});
