import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { inspectorClients } from '../support/inspectorClient.js';

interface Paused {
  readonly reason: string;
  readonly data?: { readonly uncaught?: boolean };
  readonly callFrames: readonly { readonly functionName: string; readonly location: { readonly lineNumber: number } }[];
}

let session: ExtSession;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'uncaught-'));
  session = await ExtSession.start({ evaluator: 'javascript', cwd: folder });
  const library = 'function bad() {\n  throw new Error("bad");\n}\nfunction safe() {\n  try { bad(); } catch {}\n}\n';
  writeFileSync(path.join(folder, 'library.cjs'), `${library}Object.assign(exports, { bad, safe });`);
  writeFileSync(path.join(folder, 'library.mjs'), `${library}export { bad, safe };`);
  writeFileSync(path.join(folder, 'library.ts'), `type A = string;\n${library}export { bad, safe };`);
});
afterAll(async () => {
  await session.exit();
  rmSync(folder, { recursive: true });
});

const newClient = inspectorClients();

/** Where a command stops that is debugged with **Uncaught Exceptions**; at each stop, it goes on as it is told to. */
async function stopsOf(source: string, { steps = [] as readonly string[], lines = [] as readonly number[] } = {}) {
  const client = newClient();
  const filename = path.join(folder, 'program.js');
  const results = session.execute(source, { filename, debugger: await client.place() });
  await client.request('Debugger.enable');
  await client.request('Debugger.setAsyncCallStackDepth', { maxDepth: 32 }); // as VS Code's debugger
  await client.request('Debugger.setPauseOnExceptions', { state: 'uncaught' });
  await client.begin(filename, lines);
  const ended = results.wait();
  const stops: string[] = [];
  for (let stop = 0; ; stop++) {
    // The connection ends with the command.
    const paused = (await Promise.race([client.event('Debugger.paused').catch(() => ended), ended])) as Paused | object;
    if (!('callFrames' in paused)) return stops;
    const [frame] = paused.callFrames;
    const isUncaught = paused.data?.uncaught === true ? 'uncaught ' : '';
    stops.push(`${isUncaught}${frame?.functionName ?? ''}:${String((frame?.location.lineNumber ?? 0) + 1)}`);
    await client.request(`Debugger.${steps[stop] ?? 'resume'}`);
  }
}

test.each([
  ['throw new Error("x");', ':1'],
  ['function f() {\n  throw 1;\n}\nf();', 'f:2'],
  ['try {\n  throw 1;\n} finally {\n  2;\n}', ':2'],
  ['try {\n  1;\n} catch {\n  2;\n} finally {\n  throw 3;\n}', ':6'],
  ['[1].map(() => {\n  throw 1;\n})', ':2'],
  ['JSON.parse("{")', ':1'],
  ['function* g() {\n  throw 1;\n}\n[...g()]', 'g:2'],
  ['async function f() {\n  throw 1;\n}\nawait f();', 'f:2'],
  ['async function f() {\n  await 1;\n  throw 1;\n}\nasync function g() {\n  await f();\n}\nawait g();', 'f:3'],
  ['await 1;\nthrow 2;', ':2'],
  ['await Promise.reject(new Error("x"))', ':1'],
  ['await Promise.resolve().then(() => {\n  throw 1;\n})', ':2'],
  ['await Promise.all([(async () => {\n  await 1;\n  throw 1;\n})()])', ':3'],
  ['for await (const i of [1]) {\n  throw i;\n}', ':2'],
  ['for await (const i of [1]) {\n  await 1;\n  throw i;\n}', ':3'],
  [
    'try {\n  setTimeout(() => {\n    throw 1;\n  });\n} catch {}\nawait new Promise((done) => setTimeout(done, 20));',
    ':3',
  ],
  ['void (async () => {\n  await 1;\n  throw 2;\n})();\nawait new Promise((done) => setTimeout(done, 20));', ':3'],
  ['require("./library.cjs").bad()', 'bad:2'],
  ['import { bad } from "./library.mjs";\nbad()', 'bad:2'],
  ['import { bad } from "./library.ts";\nbad()', 'bad:3'],
  [
    '({\n  get [Symbol.for("nodejs.util.inspect.custom")]() {\n    throw 1;\n  }\n})',
    'get [nodejs.util.inspect.custom]:3',
  ],
])('it stops where the error is thrown that nobody catches, once: %s', async (source, stop) => {
  expect(await stopsOf(source)).toEqual([`uncaught ${stop}`]);
});

test.each([
  'function f() { throw 1; }\ntry { f(); } catch {}',
  'try { [1].map(() => { throw 1; }); } catch {}',
  'try { JSON.parse("{"); } catch (error) { console.log(error); }',
  'async function f() { throw 1; }\ntry { await f(); } catch {}',
  'async function f() { await 1; throw 1; }\nasync function g() { try { await f(); } catch {} }\nawait g();',
  'await 1;\ntry { throw 2; } catch {}',
  'async function f() { await 1; throw 1; }\nawait f().catch(() => 1);',
  'async function f() { throw 1; }\nawait f().then(() => 1, () => 2);',
  'await Promise.resolve().then(() => { throw 1; }).catch(() => 1)',
  'try { await Promise.reject(1); } catch {}',
  'await Promise.allSettled([(async () => { await 1; throw 1; })()])',
  'try { for await (const i of [1]) { throw i; } } catch {}',
  'async function* g() { await 1; throw 1; }\ntry { for await (const i of g()) i; } catch {}',
  'require("./library.cjs").safe()',
  'import { safe } from "./library.mjs";\nsafe()',
  'import { safe } from "./library.ts";\nsafe()',
  'process.exit(0)',
])('it does not stop at an error that the code catches: %s', async (source) => {
  expect(await stopsOf(source)).toEqual([]);
});

test('an error that is caught on the way does not cut a step short', async () => {
  const source = [
    'function throws() {\n  throw 1;\n}', // to line 3
    'function deep() {\n  try {\n    throws();\n  } catch {\n    return 2;\n  }\n}', // to line 10
    'deep();\ndeep();\nlet last = 3;',
  ].join('\n');
  const steps = ['stepOver', 'stepOver'];
  expect(await stopsOf(source, { lines: [11], steps })).toEqual([':11', ':12', ':13']);
});
