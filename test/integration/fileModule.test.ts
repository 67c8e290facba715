import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { outputOf } from '../support/outputOf.js';

describe('JavaScript that is sent from a file', () => {
  let session: ExtSession;
  let folder: string;
  const file = (name: string): string => path.join(folder, name);
  beforeEach(async () => {
    session = await ExtSession.start({ evaluator: 'javascript' });
    folder = mkdtempSync(path.join(tmpdir(), 'module-'));
    for (const name of ['a', 'b']) {
      mkdirSync(file(name));
      writeFileSync(path.join(folder, name, 'rel.js'), `module.exports = '${name}';`);
    }
  });
  afterEach(async () => {
    await session.exit();
    rmSync(folder, { recursive: true });
  });

  const printed = (source: string, filename?: string): Promise<string> => outputOf(session, source, filename);

  test('finds what a CommonJS file finds', async () => {
    const source = `module.exports = { one: 1 }; exports.two = 2;
console.log(require.main === module, module.filename === __filename, __filename, __dirname, require('./rel'))`;
    expect(await printed(source, file('a/main.js'))).toBe(`true true ${file('a/main.js')} ${file('a')} a\n`);
    expect(await printed('console.log(module.exports)', file('a/main.js'))).toBe('{ one: 1 }\n');
    expect(await printed('console.log(typeof __filename, module.exports)')).toBe('undefined {}\n');
  });

  test('is the main module of what it requires', async () => {
    for (const name of ['a', 'b'])
      writeFileSync(file(`${name}/main.cjs`), 'exports.main = require.main?.filename ?? "none"');
    const source = 'console.log(require("./main.cjs").main, process.mainModule === module)';
    expect(await printed(source, file('a/main.js'))).toBe(`${file('a/main.js')} true\n`);
    expect(await printed(source, file('b/other.js'))).toBe(`${file('b/other.js')} true\n`);
    expect(await printed('console.log(require.main, process.mainModule)')).toBe('undefined undefined\n');
  });

  test('is the program that process.argv names; what user code has set there stays', async () => {
    const source = `import { pathToFileURL } from 'node:url';
console.log(import.meta.url === pathToFileURL(process.argv[1]).href, process.argv.slice(2))`;
    expect(await printed(source, file('a/main.mjs'))).toBe('true []\n');
    expect(await printed(source, file('b/main.mjs'))).toBe('true []\n');
    expect(await printed('console.log(process.argv.length)')).toBe('1\n');
    await printed('process.argv = ["node", "tool", "--flag"]');
    expect(await printed('console.log(process.argv)', file('a/main.mjs'))).toBe("[ 'node', 'tool', '--flag' ]\n");
  });

  test('finds its file from its functions too, whenever they are called', async () => {
    await printed(
      `function load() { return [require('./rel'), __dirname, { require }.require('./rel')]; }
const later = () => new Promise((resolve) => setTimeout(() => resolve(require('./rel')), 10));
class Loader { found = require('./rel'); require() { return this.found + require('./rel'); } }`,
      file('a/main.js'),
    );
    await printed('1', file('b/main.js'));
    const source = `console.log(load(), new Loader().require(), await later(), require('./rel'))`;
    expect(await printed(source, file('b/main.js'))).toBe(`[ 'a', '${file('a')}', 'a' ] aa a b\n`);
  });

  test.each([
    ['exports', '(function () { exports = module.exports = { one: 1 }; })(); console.log(module.exports)'],
    ['a destructured name', '(() => { [module] = [{ exports: { one: 1 } }]; })(); console.log(module.exports)'],
    ['a loop variable', '(() => { for (exports of [{ one: 1 }]); })(); console.log(exports)'],
  ])('may assign to such names in functions: %s', async (_, source) => {
    expect(await printed(source, file('a/main.js'))).toBe('{ one: 1 }\n');
  });

  test('keeps its own variables of such names', async () => {
    await printed('const module = 5; const exports = [1]', file('a/main.js'));
    expect(await printed('console.log(module, exports, (() => module)())', file('b/main.js'))).toBe('5 [ 1 ] 5\n');
    expect(await printed('const f = (require) => require(2); console.log(f((x) => x + 1))', file('a/main.js'))).toBe(
      '3\n',
    );
  });
});
