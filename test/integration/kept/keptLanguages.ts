import type { ExtSessionOptions } from '../../../src/library.js';
import { testPythons } from '../../support/pythons.js';

/** What the tests of sessions that are kept alive run, in each language. */
export interface KeptLanguage {
  readonly name: 'Python' | 'JavaScript';
  readonly options: ExtSessionOptions;
  /** Defines `x`, which is 42. */
  readonly define: string;
  /** Prints each of these expressions, with spaces between them. */
  readonly print: (...expressions: readonly string[]) => string;
  /** Waits until a file is there. */
  readonly waitFor: (file: string) => string;
  /** Prints the numbers below `count`, one every 20 ms; all but the first once a file is there. */
  readonly slowly: (count: number, file: string) => string;
  /** Prints so many lines of that letter, 99 of it in each. */
  readonly lines: (count: number, letter: string) => string;
  /** An expression: so many of that letter. */
  readonly repeated: (letter: string, count: number) => string;
  readonly fail: { readonly source: string; readonly name: string };
  readonly loop: string;
  /** Prints the answers to the two questions `a` and `b`. */
  readonly ask: string;
  /** Starts a child that prints `now`, then what the session writes to it. */
  readonly talkingChild: { readonly start: string; readonly write: (text: string) => string };
  /** Starts a child that sleeps, and prints its number. */
  readonly sleepingChild: string;
  /** Starts a child that writes something every few milliseconds. */
  readonly chattyChild: string;
  readonly atExit: string;
  /** An expression: what a script finds. */
  readonly scriptAndArguments: string;
  readonly killItself: string;
}

const inPython = (file: string): string =>
  `import os, time\nwhile not os.path.exists(${JSON.stringify(file)}): time.sleep(0.01)`;
const inJavaScript = (file: string): string =>
  `while (!require("node:fs").existsSync(${JSON.stringify(file)})) await new Promise((go) => setTimeout(go, 10));`;

export const interpreter = testPythons()[0]?.executable ?? 'python3';

const python: KeptLanguage = {
  name: 'Python',
  options: { interpreter },
  define: 'x = 42',
  print: (...expressions) => `print(${expressions.join(', ')})`,
  waitFor: inPython,
  slowly: (count, file) =>
    `print(0)\n${inPython(file)}\nfor i in range(1, ${String(count)}):\n    time.sleep(0.02)\n    print(i)`,
  lines: (count, letter) => `for i in range(${String(count)}): print("${letter}" * 99)`,
  repeated: (letter, count) => `"${letter}" * ${String(count)}`,
  fail: { source: '1 / 0', name: 'ZeroDivisionError' },
  loop: 'while True: pass',
  ask: 'print(input("a") + input("b"))',
  talkingChild: {
    start: 'import subprocess\n_ = subprocess.Popen(["sh", "-c", "echo now; read x; echo $x"], stdin=subprocess.PIPE)',
    write: (text) => `_.stdin.write(b"${text}\\n"); _.stdin.close()`,
  },
  sleepingChild: 'import subprocess\np = subprocess.Popen(["sleep", "600"])\nprint(p.pid)',
  chattyChild: 'import subprocess\n_ = subprocess.Popen(["sh", "-c", "while sleep 0.005; do echo x; done"])',
  atExit: 'import atexit\n_ = atexit.register(print, "at exit")',
  scriptAndArguments: '__import__("sys").argv',
  killItself: 'import os; os.kill(os.getpid(), 9)',
};

const javascript: KeptLanguage = {
  name: 'JavaScript',
  options: { evaluator: 'javascript' },
  define: 'const x = 42',
  print: (...expressions) => `console.log(${expressions.join(', ')})`,
  waitFor: inJavaScript,
  slowly: (count, file) =>
    `console.log(0);\n${inJavaScript(file)}\nfor (let i = 1; i < ${String(count)}; i++) {\n  await new Promise((go) => setTimeout(go, 20));\n  console.log(i);\n}`,
  lines: (count, letter) => `for (let i = 0; i < ${String(count)}; i++) console.log("${letter}".repeat(99))`,
  repeated: (letter, count) => `"${letter}".repeat(${String(count)})`,
  fail: { source: 'null.x', name: 'TypeError' },
  loop: 'for (;;);',
  ask: 'console.log(await input("a") + await input("b"))',
  talkingChild: {
    start:
      'const child = require("node:child_process").spawn("sh", ["-c", "echo now; read x; echo $x"], { stdio: ["pipe", "inherit", "inherit"] }); void 0',
    write: (text) => `child.stdin.end("${text}\\n"); void 0`,
  },
  sleepingChild: 'const p = require("node:child_process").spawn("sleep", ["600"]);\nconsole.log(p.pid)',
  chattyChild:
    'void require("node:child_process").spawn("sh", ["-c", "while sleep 0.005; do echo x; done"], { stdio: "inherit" })',
  atExit: 'process.on("exit", () => console.log("at exit")); void 0',
  scriptAndArguments: 'process.argv.slice(1)',
  killItself: 'process.kill(process.pid, "SIGKILL")',
};

export const keptLanguages: readonly KeptLanguage[] = [python, javascript];
