import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { type InspectorClient, inspectorClients } from '../support/inspectorClient.js';
import { eventually } from '../support/eventually.js';

/** What a debugger could leave behind in its process. */
const TRACES = `
var traces = () => JSON.stringify([require('node:inspector').url() ?? '', Object.keys(process.env).length,
  process.listenerCount('worker'), Object.hasOwn(process, 'emit'), process.execArgv, Object.getOwnPropertySymbols(globalThis).length]);
var ports = () => process.getActiveResourcesInfo().filter((each) => /Worker|Port/.test(each));
var threads = []; process.on('worker', (thread) => threads.push(thread));
var before = ''; before = traces();`;

interface AsyncStack {
  readonly callFrames: readonly { readonly functionName: string; readonly url: string }[];
  readonly parent?: AsyncStack;
}

let session: ExtSession;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'debugging-'));
  file = path.join(folder, 'program.ts'); // which does not exist: the text of the editor runs
  session = await ExtSession.start({ evaluator: 'javascript', cwd: folder });
  await session.execute(TRACES).wait();
});
afterAll(async () => {
  await session.exit();
  rmSync(folder, { recursive: true });
});

const newClient = inspectorClients();

async function debug(
  source: string,
  lines: readonly number[],
  { firstLine = 1, condition = '' } = {},
): Promise<{ client: InspectorClient; results: ExtResults }> {
  const client = newClient();
  const results = session.execute(source, {
    filename: file,
    firstLine,
    debugger: await client.place(),
    onInterrupt: () => void client.interrupt(),
  });
  await client.begin(file, lines, condition);
  return { client, results };
}

test('a command stops in the lines of the editor, also where types are stripped, and shows only frames of the user', async () => {
  const source = `
interface Price { amount: number }
const first: Price = { amount: 20 };
function f(a: Price): number {
  const b: number = a.amount + 1;
  console.log('in f');
  return b;
}
const y: number = f(first);
y * 2`;
  const { client, results } = await debug(source, [15], { firstLine: 11 });
  const stop = await client.stop();
  expect(stop.at).toEqual([`f@${file}:15`, `@${file}:19`]);
  const expression = 'a.amount = 40';
  await client.request('Debugger.evaluateOnCallFrame', { callFrameId: stop.frame, expression });
  const steps: (string | undefined)[] = [];
  for (let step = 0; step < 2; step++) {
    await client.request('Debugger.stepOver');
    steps.push((await client.stop()).at[0]);
  }
  expect(steps).toEqual([`f@${file}:16`, `f@${file}:17`]);
  await eventually(() => expect(results.stdout).toBe('in f\n'));
  expect(results.state).toBe('running');
  await client.request('Debugger.resume');
  expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '82' } });
});

test('what runs has a source map that leads to the same lines of the file', async () => {
  const { client, results } = await debug('const x: number = 1;\nx + 1', [], { firstLine: 20 });
  await results.wait();
  const url = `file://${file}`;
  const parsed = () =>
    client.events('Debugger.scriptParsed') as { url: string; sourceMapURL: string; startLine: number }[];
  const find = () => parsed().findLast((each) => each.url.replace(/\?.*$/, '') === url);
  await eventually(() => expect(find()).toBeDefined()); // the debugger has a way of its own
  const [script, scripts] = [find(), parsed()];
  const map = JSON.parse(Buffer.from(script?.sourceMapURL.split(',')[1] ?? '', 'base64').toString()) as object;
  expect(map).toEqual({ version: 3, sources: [url], names: [], mappings: 'AAmBA;AACA' });
  expect(scripts.filter((each) => each.url.includes('/evaluators/javascript/'))).toEqual([]);
});

test('the scripts of a file have addresses of their own, so that those of functions of earlier commands are known', async () => {
  await session.execute('function earlier(): number {\n  return 1;\n}', { filename: file, firstLine: 30 }).wait();
  const source = 'function later() {\n  return earlier();\n}\nawait later();';
  const { client, results } = await debug(source, [31], { firstLine: 40 });
  expect((await client.stop()).at).toEqual([`earlier@${file}:31`, `later@${file}:41`, `@${file}:43`]);
  const scripts = client.events('Debugger.scriptParsed') as { readonly url: string; readonly embedderName: string }[];
  const ofFile = scripts.filter(({ url }) => url.startsWith(`file://${file}`));
  expect(ofFile.length).toBeGreaterThan(2);
  expect(new Set(ofFile.map(({ url }) => url)).size).toBe(ofFile.length);
  expect(ofFile.filter(({ url, embedderName }) => url !== embedderName)).toEqual([]);
  const place = { url: ofFile.at(-1)?.url, lineNumber: 40 };
  const answer = (await client.request('Debugger.setBreakpointByUrl', place)) as { readonly locations: unknown[] };
  expect(answer.locations).not.toEqual([]);
  await client.request('Debugger.resume');
  expect((await results.wait()).status).toBe('ok');
});

test('a script of a document without a file has the address of that document, and no other', async () => {
  const client = newClient();
  const document = { filename: 'untitled:Untitled-1', debugger: await client.place() };
  const results = session.execute('debugger;', document);
  await client.begin('');
  const { at } = await client.stop();
  const url = 'file:///extsessiondocuments/untitled%253AUntitled-1';
  expect(at).toEqual([`@${fileURLToPath(url)}:1`]);
  const scripts = client.events('Debugger.scriptParsed') as { readonly url: string; readonly embedderName: string }[];
  expect(scripts.findLast((script) => script.url === url)?.embedderName).toBe(url);
  await client.request('Debugger.resume');
  expect((await results.wait()).status).toBe('ok');
});

test('conditions, modules, timers and waits stop it where they should', async () => {
  const helper = path.join(folder, 'helper.ts');
  writeFileSync(helper, 'type Count = number;\nexport function help(n: Count): Count {\n  return n + 1;\n}\n');
  const source = `import { help } from './helper.ts';
help(1);
for (let i = 0; i < 5; i++) {
  const j = i;
}
await new Promise<void>((resolve) => setTimeout(() => {
  resolve();
}));
const after = 1;
debugger;`;
  const client = newClient();
  const results = session.execute(source, { filename: file, debugger: await client.place() });
  await client.request('Debugger.enable');
  const stops: [string, number, string][] = [
    [helper, 3, ''],
    [file, 4, 'i === 3'],
    [file, 7, ''],
    [file, 9, ''],
  ];
  for (const [name, line, condition] of stops) {
    const place = { url: `file://${name}`, lineNumber: line - 1, condition };
    await client.request('Debugger.setBreakpointByUrl', place);
  }
  await client.request('Runtime.runIfWaitingForDebugger');
  const seen: (string | undefined)[] = [];
  for (let stop = 0; stop < 5; stop++) {
    seen.push((await client.stop()).at[0]?.replace(/^.*@/, ''));
    await client.request('Debugger.resume');
  }
  expect(seen).toEqual([`${helper}:3`, `${file}:4`, `${file}:7`, `${file}:9`, `${file}:10`]);
  expect((await results.wait()).status).toBe('ok');
});

test('what has led to a stop before a wait is told without the code of the session', async () => {
  const source = 'async function f() {\n  await 1;\n  debugger;\n}\nasync function g() {\n  await f();\n}\nawait g();';
  const client = newClient();
  const results = session.execute(source, { filename: file, debugger: await client.place() });
  await client.request('Debugger.enable');
  await client.request('Debugger.setAsyncCallStackDepth', { maxDepth: 32 });
  await client.request('Runtime.runIfWaitingForDebugger');
  const { asyncStackTrace } = (await client.event('Debugger.paused')) as { readonly asyncStackTrace?: AsyncStack };
  const places: string[] = [];
  for (let stack = asyncStackTrace; stack; stack = stack.parent)
    places.push(...stack.callFrames.map(({ functionName, url }) => `${functionName} ${url}`));
  expect(places).toContain(`g file://${file}`);
  expect(places.filter((place) => !/^(?:async )?\S* file:\/\/.*program\.ts$/.test(place))).toEqual([]);
  await client.request('Debugger.resume');
  expect((await results.wait()).status).toBe('ok');
});

test('variables of the session can be changed where it has stopped, and a failure says why', async () => {
  const source = 'let price = 1;\nawait 1;\nprice + 2';
  const { client, results } = await debug(source, [3]);
  const { frame: callFrameId, scopes } = await client.stop();
  const change = (variableName: string) =>
    client.request('Debugger.setVariableValue', {
      callFrameId,
      scopeNumber: scopes.indexOf('global'),
      variableName,
      newValue: { value: 40 },
    });
  await change('price');
  await expect(change('NaN')).rejects.toThrow('read only');
  await client.request('Debugger.resume');
  expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '42' } });
});

test('an interrupt ends a stop, and the session keeps its variables', async () => {
  const { client, results } = await debug('var a = 1;\na = 2;\nfor (;;) a = a + 1;', [2]);
  await client.stop();
  await session.interrupt();
  expect((await results.wait()).status).toBe('interrupted');
  expect(await session.evaluate('a')).toBeGreaterThanOrEqual(1);
});

test('an interrupt ends a stop in a callback', async () => {
  const source = 'await new Promise(() => setTimeout(() => {\n  globalThis.was = 1;\n}))';
  const { client, results } = await debug(source, [2]);
  await client.stop();
  await session.interrupt();
  expect((await results.wait()).status).toBe('interrupted');
});

test('a debugger that disconnects lets the command go on', async () => {
  const { client, results } = await debug('var a = 1;\nfor (let i = 0; i < 3; i++)\n  a++;\na', [3]);
  await client.stop();
  client.close();
  expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '4' } });
});

test('a debugger that is not there, or leaves before the command begins, is an error', async () => {
  const nobody = { address: path.join(folder, 'nobody'), token: '', folders: [] };
  const missing = await session.execute('1', { debugger: nobody }).wait();
  expect(missing).toMatchObject({ status: 'error', error: { name: 'DebuggerError' } });
  const client = newClient();
  const results = session.execute('var never = 1', { debugger: await client.place() });
  await client.request('Debugger.enable');
  client.close();
  expect(await results.wait()).toMatchObject({ status: 'error', error: { name: 'DebuggerError' } });
  expect(await session.evaluate('typeof never')).toBe('undefined');
});

test('an interrupt ends the wait for the debugger', async () => {
  const client = newClient();
  const results = session.execute('1', { debugger: await client.place() });
  await client.request('Debugger.enable');
  await session.interrupt();
  expect((await results.wait()).status).toBe('interrupted');
});

test('nothing is left behind, and code cannot tell that it is debugged', async () => {
  const { client, results } = await debug('var during = traces();\nduring', [2]);
  await client.stop();
  await client.request('Debugger.resume');
  await results.wait();
  expect(await session.evaluate('during')).toBe(await session.evaluate('before'));
  expect(await session.evaluate('[traces() === before, threads, ports()]')).toEqual([true, [], []]);
});

test('a command whose debugger cannot be connected does not run, and says why', async () => {
  const results = session.execute('var hasRun = true', {
    debugger: { address: `${folder}/none`, token: '', folders: [] },
  });
  const { error } = (await results.wait()) as { readonly error?: { readonly name: string; readonly message: string } };
  expect(error?.name).toBe('DebuggerError');
  expect(error?.message).toContain('could not be connected: connect ENOENT');
  expect(await session.evaluate('typeof hasRun')).toBe('undefined');
});
