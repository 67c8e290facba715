import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CancelledError,
  EvaluationError,
  EvaluatorNotFoundError,
  ExtEval,
  ResultNotReadyError,
  SessionDeadError,
  exteval,
  extexec,
  sleep,
} from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe.each(testPythons())('with Python $version', ({ executable: interpreter }) => {
  test('a script has its name, its arguments and its folder, in processes that it spawns too', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'extsession-script-'));
    try {
      const source = `import beside, multiprocessing, os, sys
def square(n): return n * n
if __name__ == "__main__":
    print(sys.argv, __file__ == sys.argv[0], beside.name, os.getcwd() == ${JSON.stringify(os.tmpdir())}, sys.path[0] == os.path.dirname(__file__))
    with multiprocessing.get_context("spawn").Pool(1) as pool: print(pool.map(square, [3]))
    sys.exit(4)
`;
      writeFileSync(path.join(folder, 'beside.py'), 'name = "beside"');
      const file = path.join(folder, 'main.py');
      writeFileSync(file, source); // which the spawned process imports
      const script = { file, args: ['--n', 'two words'] };
      const done = await extexec(source, { interpreter, script, cwd: os.tmpdir() });
      const printed = `['${file}', '--n', 'two words'] True beside True True\n[9]\n`;
      expect(done).toEqual({ stdout: printed, stderr: '', exitCode: 4, signal: null });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe('exteval', () => {
    test('gives the value of an expression, evaluated in a process of its own that ends', async () => {
      const [pid, value] = (await exteval('(__import__("os").getpid(), {"a": 2**70})', { interpreter })) as [
        number,
        object,
      ];
      expect(pid).not.toBe(process.pid);
      expect(value).toEqual({ a: 2n ** 70n });
      expect(alive(pid)).toBe(false);
    });

    test('rejects with the error of the expression', async () => {
      const error = await exteval('1 / 0', { interpreter }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(EvaluationError);
      expect((error as EvaluationError).error).toMatchObject({
        name: 'ZeroDivisionError',
        message: 'division by zero',
      });
    });

    test('says so when the process dies, or does not exist', async () => {
      await expect(exteval('__import__("os")._exit(4)', { interpreter })).rejects.toThrow(SessionDeadError);
      await expect(exteval('1', { interpreter: '/no/such/python' })).rejects.toBeInstanceOf(EvaluatorNotFoundError);
    });

    test.each([Infinity, 3e9])('has all its time when that is %d ms', async (timeoutMs) => {
      expect(await exteval('6 * 7', { interpreter, timeoutMs })).toBe(42);
    });

    test.each([NaN, -1, '5'])('says so when its time is %s', async (timeoutMs) => {
      const options = { interpreter, timeoutMs: timeoutMs as number };
      await expect(exteval('1', options)).rejects.toThrow("'timeoutMs' must be");
    });

    test('is ended when its time is over, or when it is cancelled', async () => {
      const forever = '[0 for x in iter(int, 1)]';
      await expect(exteval(forever, { interpreter, timeoutMs: 300 })).rejects.toMatchObject({ code: 'TIMEOUT' });
      await expect(exteval(forever, { interpreter, signal: AbortSignal.timeout(300) })).rejects.toBeInstanceOf(
        CancelledError,
      );
      await expect(exteval('1', { interpreter, signal: AbortSignal.abort() })).rejects.toBeInstanceOf(CancelledError);
    });
  });

  describe('extexec', () => {
    test('gives what the source, its children and its exit handlers wrote', async () => {
      const source = `import atexit, os, sys
atexit.register(print, "bye")
print("out")
os.system("echo child")
print("err", file=sys.stderr)`;
      expect(await extexec(source, { interpreter })).toEqual({
        stdout: 'out\nchild\nbye\n',
        stderr: 'err\n',
        exitCode: 0,
        signal: null,
      });
    });

    test.each([
      ['import sys; sys.exit(3)', { exitCode: 3, stderr: '' }],
      ['import sys; sys.exit()', { exitCode: 0, stderr: '' }],
      ['import sys; sys.exit("no more")', { exitCode: 1, stderr: 'no more\n' }],
      ['import sys; sys.exit("3")', { exitCode: 1, stderr: '3\n' }],
      ['import sys; sys.exit(True)', { exitCode: 1, stderr: '' }],
      ['import sys; sys.exit(-1)', { exitCode: 255, stderr: '' }],
      ['class Exit(SystemExit): pass\nraise Exit(4)', { exitCode: 4, stderr: '' }],
      ['raise KeyboardInterrupt', { exitCode: 130 }],
      ['import os; os._exit(9)', { exitCode: 9, stderr: '' }],
      ['import os, signal; os.kill(os.getpid(), signal.SIGKILL)', { exitCode: null, signal: 'SIGKILL' }],
    ])('tells how it ended: %s', async (source, status) => {
      expect(await extexec(source, { interpreter })).toMatchObject({ stdout: '', ...status });
    });

    test('leaves the traceback of a failure in stderr', async () => {
      const { exitCode, stdout, stderr } = await extexec('print("before")\n1 / 0', { interpreter });
      expect([exitCode, stdout]).toEqual([1, 'before\n']);
      expect(stderr).toContain('line 2, in <module>\n    1 / 0\n');
      expect(stderr).toContain('ZeroDivisionError: division by zero\n');
    });

    test('takes the folder, the environment and the arguments', async () => {
      const cwd = mkdtempSync(path.join(os.tmpdir(), 'extexec-'));
      try {
        const source = 'import os, sys; open("here", "w").write(os.environ["GIVEN"] + str(sys.flags.optimize))';
        await extexec(source, { interpreter, cwd, env: { GIVEN: 'yes' }, args: ['-O'] });
        expect(readFileSync(path.join(cwd, 'here'), 'utf8')).toBe('yes1');
      } finally {
        rmSync(cwd, { recursive: true });
      }
    });

    test('keeps parallel processes apart, also while others end', async () => {
      const lanes = Array.from({ length: 6 }, async (_, lane) => {
        for (let n = 0; n < 15; n++) {
          const word = `${String(lane)}.${String(n)}`;
          expect(await extexec(`print("${word}")`, { interpreter })).toMatchObject({
            stdout: `${word}\n`,
            exitCode: 0,
          });
        }
      });
      await Promise.all(lanes);
    });
  });

  describe('ExtEval', () => {
    test('has its result when it is ready, and not before', async () => {
      const evaluation = new ExtEval('6 * 7', { interpreter });
      expect(evaluation.ready).toBe(false);
      expect(() => evaluation.result).toThrow(ResultNotReadyError);
      expect(await evaluation.wait()).toBe(42);
      expect([evaluation.ready, evaluation.result]).toEqual([true, 42]);
    });

    test('throws the error of the expression in place of a result, and only to who asks', async () => {
      const evaluation = new ExtEval('nope', { interpreter });
      await expect.poll(() => evaluation.ready).toBe(true);
      expect(() => evaluation.result).toThrow(EvaluationError);
      await expect(evaluation.wait()).rejects.toThrow("NameError: name 'nope' is not defined");
    });
  });
});

test('extexec tells with which code a program in JavaScript has exited', async () => {
  const exits = await Promise.all(
    ['process.exit(3)', 'process.exit()', 'throw 1'].map((source) => extexec(source, { evaluator: 'javascript' })),
  );
  expect(exits.map(({ exitCode }) => exitCode)).toEqual([3, 0, 1]);
});

test('a cancelled process leaves nothing behind', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'cancelled-'));
  const file = path.join(directory, 'pid');
  const cancel = new AbortController();
  const source = `import os; open(${JSON.stringify(file)}, "w").write(str(os.getpid()))\nwhile True: pass`;
  const [python] = testPythons();
  const execution = extexec(source, { ...(python && { interpreter: python.executable }), signal: cancel.signal });
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8') !== '').toBe(true);
  cancel.abort();
  await expect(execution).rejects.toBeInstanceOf(CancelledError);
  expect(alive(Number(readFileSync(file, 'utf8')))).toBe(false);
  rmSync(directory, { recursive: true });
});

test('a process is cancelled at the very end of its start, too', async () => {
  const cancel = new AbortController();
  const ignored = (): void => undefined;
  const info = (message: string): void => {
    if (message.startsWith('Started')) cancel.abort();
  };
  const logger = { trace: ignored, debug: ignored, info, warn: ignored, error: ignored };
  const [python] = testPythons();
  const options = { ...(python && { interpreter: python.executable }), logger, signal: cancel.signal };
  await expect(extexec('while True: pass', options)).rejects.toBeInstanceOf(CancelledError);
  expect(cancel.signal.aborted).toBe(true);
});

describe('sleep', () => {
  test('takes fractions of a second', async () => {
    const start = performance.now();
    await sleep(0.05);
    expect(performance.now() - start).toBeGreaterThanOrEqual(50);
  });

  test.each([-1, Number.NaN])('refuses %d', async (seconds) => {
    await expect(sleep(seconds)).rejects.toBeInstanceOf(RangeError);
  });
});

describe('with JavaScript', () => {
  const evaluator = 'javascript';

  test('exteval waits for what the expression awaits', async () => {
    expect(await exteval('await new Promise((done) => setTimeout(() => done(5), 20))', { evaluator })).toBe(5);
  });

  test.each([
    ['console.log(1); setTimeout(() => console.log(2), 100)', { stdout: '1\n2\n', stderr: '', exitCode: 0 }],
    [
      '(async () => { await 0; await new Promise(setImmediate); console.log("main"); process.exitCode = 4 })()',
      { stdout: 'main\n', exitCode: 4 },
    ],
    [
      'require("child_process").exec("echo hi", (_, out) => process.stdout.write(out))',
      { stdout: 'hi\n', exitCode: 0 },
    ],
    [
      'process.on("beforeExit", () => console.log("before")); process.on("exit", (code) => console.log("exit", code))',
      { stdout: 'before\nexit 0\n' },
    ],
    ['setTimeout(() => process.exit(5), 50); setInterval(() => {}, 1000)', { exitCode: 5 }],
    ['process.exit(3)', { exitCode: 3, stderr: '' }],
  ])('extexec lasts as long as the script: %s', async (source, wanted) => {
    expect(await extexec(source, { evaluator })).toMatchObject({ ...wanted, signal: null });
  });

  test.each([
    'throw new Error("no")',
    'Promise.reject(new Error("no"))',
    'setTimeout(() => { throw new Error("no") }); setInterval(() => {}, 1000)',
  ])('extexec ends with 1 after an error that nobody catches: %s', async (source) => {
    const { exitCode, stderr } = await extexec(source, { evaluator });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('Error: no')]);
  });

  test('extexec of a script without an end is ended when its time is over', async () => {
    const forever = extexec('setInterval(() => {}, 100)', { evaluator, timeoutMs: 1500 });
    await expect(forever).rejects.toMatchObject({ code: 'TIMEOUT' });
  });
});

test('a script in JavaScript has its name and its arguments', async () => {
  const file = path.join(os.tmpdir(), 'main.mjs');
  const source = `import path from 'node:path';
import { fileURLToPath } from 'node:url';
console.log(process.argv.slice(1), process.argv[1] === fileURLToPath(import.meta.url));
setTimeout(() => { process.exitCode = 5; }, 10);`;
  const done = await extexec(source, { evaluator: 'javascript', script: { file, args: ['--n', '2'] } });
  expect(done).toEqual({ stdout: `[ '${file}', '--n', '2' ] true\n`, stderr: '', exitCode: 5, signal: null });
});
