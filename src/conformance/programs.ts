import * as v from 'valibot';

const source = v.optional(v.string());

/** Programs in the evaluator's language. A check whose program is missing is skipped. */
export const programs = v.strictObject({
  /** Writes the line `hello` to standard output. */
  print: v.string(),
  /** Writes the line `oops` to standard error. */
  printError: source,
  /** Writes the lines `1`, `2`, `3`, `4`: odd ones to standard output, even ones to standard error. */
  printBoth: source,
  /** Sets the variable `x` to 6. */
  define: source,
  /** An expression: seven times `x`. Its text is `42`. */
  use: source,
  /** An expression: an object with the key `a`, a list of 1, the text `é`, null, true, and a list of 0.5. */
  value: source,
  /** Writes the line `before` to standard output, shows the number 42, writes the line `after`. */
  display: source,
  /** Writes the line `before` to standard output, then fails, all on its first line. */
  fail: source,
  /**
   * Starts a child process that inherits its streams, writes the line `child` to standard output and ends; waits for
   * it.
   */
  child: source,
  /**
   * Starts something that writes the line `late` to standard output after half a second, and ends without waiting for
   * it.
   */
  late: source,
  /** Starts a child process that inherits its streams and does not end for a minute; ends without waiting for it. */
  hold: source,
  /** Takes about two seconds, and writes nothing. */
  wait: source,
  /** Writes a million `x` to standard output, without a line ending. */
  much: source,
  /** Runs forever without waiting for anything. */
  spin: source,
  /** Reads a line of input and writes it to standard output as a line. */
  ask: source,
  /** Writes the line `before` to standard output, then ends the process at once with exit code 3. */
  die: source,
});

export type Programs = v.InferOutput<typeof programs>;
export type ProgramName = keyof Programs;

const python: Programs = {
  print: "print('hello')",
  printError: "import sys; print('oops', file=sys.stderr)",
  printBoth: 'import sys\nfor i in 1, 2, 3, 4: print(i, file=sys.stdout if i % 2 else sys.stderr)',
  define: 'x = 6',
  use: '7 * x',
  value: "{'a': [1, 'é', None, True, [0.5]]}",
  display: "print('before'); display(42); print('after')",
  fail: "print('before'); 1 / 0",
  child: "import subprocess; _ = subprocess.run(['sh', '-c', 'echo child'])",
  late: "import threading; threading.Timer(0.5, print, ['late']).start()",
  hold: "import subprocess; _p = subprocess.Popen(['sleep', '60'])",
  wait: 'import time; time.sleep(2)',
  much: "import sys; _ = sys.stdout.write('x' * 1000000)",
  spin: 'while True: pass',
  ask: 'print(input())',
  die: "import os; print('before'); os._exit(3)",
};

const javascript: Programs = {
  print: "console.log('hello')",
  printError: "console.error('oops')",
  printBoth: 'console.log(1); console.error(2); console.log(3); console.error(4)',
  define: 'let x = 6',
  use: '7 * x',
  value: "{ a: [1, 'é', null, true, [0.5]] }",
  display: "console.log('before'); display(42); console.log('after')",
  fail: "console.log('before'); null.x",
  child: "require('child_process').execSync('echo child', { stdio: 'inherit' }); void 0",
  late: "setTimeout(() => console.log('late'), 500); void 0",
  hold: "require('child_process').spawn('sleep', ['60'], { stdio: 'inherit' }); void 0",
  wait: 'await new Promise((done) => setTimeout(done, 2000)); void 0',
  much: "process.stdout.write('x'.repeat(1000000)); void 0",
  spin: 'for (;;);',
  ask: 'console.log(await input())',
  die: "console.log('before'); process.reallyExit(3)",
};

/** The built-in programs, by the language that the evaluator reports. */
export const known: Readonly<Record<string, Programs>> = { python, javascript };
