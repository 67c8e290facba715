import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ExecuteOptions, ExtSession, type Outcome } from '../../src/library.js';
import { cleanUp } from '../support/cleanUp.js';

let session: ExtSession;
beforeEach(async () => {
  session = await ExtSession.start({ evaluator: 'javascript' });
});
afterEach(async () => {
  await session.exit();
});

const run = (source: string, options?: ExecuteOptions): Promise<Outcome> =>
  session.execute(source, options).wait({ timeoutMs: 30_000 });

/** What a command shows as its value, or its failure. */
async function value(source: string, options?: ExecuteOptions): Promise<unknown> {
  const outcome = await run(source, options);
  return outcome.status === 'ok' ? outcome.result?.['text/plain'] : outcome;
}

describe('A value that waits', () => {
  test.each([
    ['await 5', 5],
    ['(await 5)', 5],
    ['[await 1, await 2]', [1, 2]],
    ['await (async () => { await 1; return "x" })()', 'x'],
  ])('%s is evaluated', async (expression, wanted) => {
    expect(await session.evaluate(expression)).toEqual(wanted);
  });

  test.each([
    ['await 1, 5', '5'],
    ['await 0; 1, 2, 3', '3'],
    ['(await 1)', '1'],
    ['{ a: await 1 }', '{ a: 1 }'],
    ['await 0\nfunction f() {}\n(3)', '3'],
    ['await 0\nlet a // comment\na = 4 // comment\n;', '4'],
  ])('%s is shown', async (source, wanted) => {
    expect(await value(source)).toBe(wanted);
  });
});

test.each([
  ['new TypeError("there")', 'TypeError'],
  ['new AggregateError([new Error("one")], "there")', 'AggregateError'],
])('an error of another global scope is an error: %s', async (source, name) => {
  const outcome = await session.execute(`throw require('vm').runInNewContext('${source}')`).wait();
  expect(outcome).toMatchObject({ status: 'error', error: { name, message: 'there', frames: [{ line: 1 }, {}] } });
});

test('stacks show only the user’s code, also after a command that removed Error.prepareStackTrace', async () => {
  expect(await value('new Error("x")')).toMatch(/^Error: x\n {4}at <command \d+>:1:1$/);
  expect(await value('Error.prepareStackTrace = undefined; 0')).toBe('0');
  expect(await value('new Error("x").stack')).toMatch(/^'Error: x\\n {4}at <command \d+>:1:1'$/);
});

test.each(['file://server/a.js:3:1', 'file:///a%2Fb.js:3:1', 'file:///a%zz.js:3:1', '/a.js:3:0'])(
  'an error with the stack of another place, such as %s, is told with it',
  async (place) => {
    const outcome = await run(`throw Object.assign(new Error('x'), { stack: 'Error: x\\n    at f (${place})' })`);
    const frame = { file: place.replace(/:3:\d$/, ''), line: 3, column: 0, function: 'f' };
    expect(outcome).toMatchObject({ status: 'error', error: { message: 'x', frames: [frame] } });
  },
);

describe('What is thrown and can’t be looked at', () => {
  const broken = 'new Proxy({}, { getPrototypeOf() { throw 1; } })';

  test.each([`throw ${broken}`, `await Promise.reject(${broken})`, 'process.exit(Symbol())'])(
    '%s is an error',
    async (source) => {
      expect(await run(source)).toMatchObject({ status: 'error' });
      expect(await value('1 + 1')).toBe('2');
    },
  );

  test('in a callback is told under its command, and ends nothing', async () => {
    const results = session.execute(`setTimeout(() => { throw ${broken}; }); 0`);
    await results.closed;
    expect(results.stderr).toMatch(/^Uncaught /);
    expect(await value('1 + 1')).toBe('2');
  });
});

describe('A result that can’t be sent', () => {
  const offering = (bundle: string): string => `({ [Symbol.for('Jupyter.display')]: () => (${bundle}) })`;

  test.each([
    ['a bigint', "{ 'application/json': { a: 1n } }", 'TypeError', 'application/json'],
    ['a cycle', "(() => { const a = {}; a.a = a; return { 'x/json': a } })()", 'TypeError', 'x/json'],
    ['too much', "{ 'text/html': 'x'.repeat(70e6) }", 'RangeError', '64 MB'],
  ])('such as %s, is an error of its command, and the session goes on', async (_, bundle, name, message) => {
    expect(await run(offering(bundle))).toMatchObject({
      status: 'error',
      error: { name, message: expect.stringContaining(message) as string },
    });
    expect(await run(`display(${offering(bundle)})`)).toMatchObject({ status: 'error', error: { name } });
    expect(await value('1 + 1')).toBe('2');
  });

  test('has a text that is text, and not longer than a million characters', async () => {
    expect(await value(offering("{ 'text/plain': 5, 'application/json': undefined }"))).toContain('Jupyter.display');
    const long = await value('({ [require("util").inspect.custom]: () => "y".repeat(3e6) })');
    expect(String(long).length).toBeLessThan(1_001_000);
    expect(long).toMatch(/yyy…\n\[1000000 of 3000000 characters are shown\]$/);
  });
});

describe('In what is no file', () => {
  let folder: string;
  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'extsession-')), 'a folder');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'module.mjs'), 'export const answer = 42;');
    writeFileSync(path.join(folder, 'required.cjs'), 'module.exports = 7;');
  });
  afterEach(() => {
    rmSync(path.dirname(folder), { recursive: true });
  });

  test('an untitled document imports and fails as a file does', async () => {
    const options = { filename: 'untitled:Untitled-1', firstLine: 5 };
    expect(
      await value(
        'import fs from "fs"; const { join } = await import("path"); typeof fs.readFileSync + typeof join',
        options,
      ),
    ).toBe("'functionfunction'");
    await run('await 0\n  function fails() { null.x }', options);
    expect(await run('fails()')).toMatchObject({
      error: { frames: [{ line: 1 }, { file: 'untitled:Untitled-1', line: 6, column: 26, function: 'fails' }] },
    });
  });

  test('a notebook’s cell finds what lies beside the notebook', async () => {
    const notebook = pathToFileURL(path.join(folder, 'nb.ipynb'));
    const filename = `vscode-notebook-cell:${notebook.pathname}#W0sZmlsZQ%3D%3D`;
    const source = 'import { answer } from "./module.mjs"; [answer, require("./required.cjs")]';
    expect(await value(source, { filename })).toBe('[ 42, 7 ]');
    expect(await value('(await import("./module.mjs")).answer', { filename })).toBe('42');
    expect(await session.evaluate('require("fs").existsSync(".")')).toBe(true);
    const resolved = `'${pathToFileURL(path.join(folder, 'module.mjs')).href}'`;
    expect(await value('import.meta.resolve("./module.mjs")', { filename })).toBe(resolved);
    expect(await value('import.meta.resolve("fs")', { filename })).toBe("'node:fs'");
  });
});

test('what `using` declares belongs to its command, in a Node.js that has it', async () => {
  await run('class Tool { [Symbol.dispose ?? "dispose"]() { console.log("put away") } }');
  const results = session.execute('using tool = new Tool(); console.log(typeof tool); 5');
  const outcome = await results.wait();
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    expect(outcome).toMatchObject({ status: 'ok', result: { 'text/plain': '5' } });
    expect(results.stdout).toBe('object\nput away\n');
    expect(await value('typeof tool')).toBe("'undefined'");
  } else {
    expect(outcome).toMatchObject({ status: 'error', error: { message: 'This version of Node.js has no `using`' } });
  }
});

describe('TypeScript', () => {
  const language = 'typescript';

  test('is read as such when the language says so, without a file', async () => {
    const source = 'function same<T>(x: T): T { return x }\nsame<number>(3)';
    expect(await value(source, { language })).toBe('3');
    expect(await value('same<number>(4)', { language })).toBe('4');
    const jsx = 'var React = { createElement: (...all) => all }; const x = <b>{1 as number}</b>; x';
    expect(await value(jsx, { language: 'typescriptreact' })).toBe("[ 'b', null, 1 ]");
  });

  test('has enums that begin anew when they are declared again', async () => {
    await run('enum Color { red, green }', { language });
    expect(await value('enum Color { blue = 4 }\nColor', { language })).toBe("{ '4': 'blue', blue: 4 }");
    expect(await value('enum Color { a }\nenum Color { b = 1 }\nColor.a + Color.b', { language })).toBe('1');
  });

  test('has namespaces, of values and of types', async () => {
    const source = 'export namespace Shapes { export const sides = 4 }\nShapes.sides';
    for (const options of [{ language }, {}]) expect(await value(source, options)).toBe('4');
    const types = 'namespace Types { export interface A { x: number } }\nconst a: Types.A = { x: 1 }; a';
    expect(await value(types, { language })).toBe('{ x: 1 }');
    expect(await value('const text = `\nnamespace Shapes { const x = 1 }`; text.length', { language })).toBe('33');
  });
});

test('display() shows each of its arguments', async () => {
  const results = session.execute('display(1, "b")');
  await results.wait();
  expect(results.outputs).toMatchObject([{ data: { 'text/plain': '1' } }, { data: { 'text/plain': "'b'" } }]);
});

test('a command’s streams are closed when its own work has ended, whatever else begins and ends', async () => {
  session.execute('setTimeout(() => {}, 200); void 0');
  const second = session.execute(
    'await new Promise((done) => setTimeout(done, 100)); setTimeout(() => console.log("late"), 600); void 0',
  );
  await second.closed;
  expect(second.stdout).toBe('late\n');
});

test('any number of commands may write late, and each to its own', async () => {
  const all = Array.from({ length: 300 }, (_, index) =>
    session.execute(`globalThis.go ??= new Promise((done) => (globalThis.start = done));
      setInterval(() => {}, 1000).ref(); go.then(() => require('fs').writeSync(1, '${String(index)}\\n')); void 0`),
  );
  await session.execute('start()').wait();
  await Promise.all(all.map((results) => until(results)));
  expect(all.map(({ stdout }) => stdout)).toEqual(all.map((_, index) => `${String(index)}\n`));
});

function until(results: ReturnType<ExtSession['execute']>): Promise<void> {
  if (results.stdout !== '') return Promise.resolve();
  return new Promise((resolve) => {
    const listening = results.onDidReceiveOutput(() => {
      listening.dispose();
      resolve();
    });
  });
}

test('A session lives on when someone cleans up its files, and the folder', async () => {
  const printed = async (): Promise<string> => {
    const results = session.execute(
      'console.log(1); require("child_process").execSync("echo 2", { stdio: "inherit" })',
    );
    await results.closed;
    return results.stdout;
  };
  for (const what of ['files', 'folder'] as const) {
    await session.execute('1').closed;
    await cleanUp(session, what);
    for (let count = 0; count < 40; count++) expect(await printed()).toBe('1\n2\n'); // more than are made ahead
  }
});
