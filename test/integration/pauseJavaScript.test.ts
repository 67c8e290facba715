import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import type { DebuggerPlace } from '../../src/protocol/worker.js';
import { type InspectorClient, inspectorClients } from '../support/inspectorClient.js';
import { eventually } from '../support/eventually.js';

/** What a debugger could leave behind in its process. */
const TRACES = `
var traces = () => JSON.stringify([require('node:inspector').url() ?? '', Object.keys(process.env).length,
  process.eventNames().map(String).sort(), Object.hasOwn(process, 'emit'), process.execArgv, Object.getOwnPropertySymbols(globalThis).length]);
var ports = () => process.getActiveResourcesInfo().filter((each) => /Worker|Port/.test(each));
var threads = []; process.on('worker', (thread) => threads.push(thread));
var before = ''; before = traces();`;
const BUSY = `var go = true, turns = 0;
function spin(): number {
  while (go) turns++;
  return turns;
}
console.log('begins');
spin() > 0`;

let session: ExtSession;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'pausing-'));
  file = path.join(folder, 'program.ts'); // which does not exist: the text of the editor runs
  session = await ExtSession.start({ evaluator: 'javascript', cwd: folder });
  await session.execute(TRACES).wait();
});
afterAll(async () => {
  await session.exit();
  rmSync(folder, { recursive: true });
});

const newClient = inspectorClients();

/** Runs a command without a debugger, which could connect to that one, up to where it has printed something. */
async function run(source: string, of = session): Promise<{ client: InspectorClient; results: ExtResults }> {
  const client = newClient();
  const results = of.execute(source, {
    filename: file,
    debugger: { ...(await client.place()), onBreakpoint: false },
    onInterrupt: () => void client.interrupt(),
  });
  await eventually(() => expect(results.stdout).toBe('begins\n'));
  return { client, results };
}

async function letGo(client: InspectorClient, callFrameId: string): Promise<void> {
  await client.request('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'go = false' });
  await client.request('Debugger.resume');
}

test('a loop that runs without a debugger is stopped where it is, and nothing remains', async () => {
  const { client, results } = await run(BUSY);
  expect(await session.pause()).toBe('paused');
  await client.begin(file);
  const stop = await client.stop();
  expect(stop.at).toEqual([`spin@${file}:3`, `@${file}:7`]);
  await letGo(client, stop.frame);
  expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': 'true' } });
  expect(results.stderr).toBe('');
  expect(await session.evaluate('[traces() === before, threads, ports()]')).toEqual([true, [], []]);
});

test.each([
  ['of the session', false],
  ['of the debugger', true],
])('a command that waits for timers again and again stops in its own code at a pause %s', async (_of, hasDebugger) => {
  const source = `console.log('begins');
var go = true, turns = 0;
while (go) {
  await new Promise<unknown>((resolve) => setTimeout(resolve, 50));
  turns++;
}
'over'`;
  const { client, results } = await run(source);
  expect(await session.pause()).toBe('later');
  await client.begin(file);
  if (hasDebugger) {
    await client.stop();
    await client.request('Debugger.resume');
    await client.request('Debugger.pause');
  }
  const { at, frame } = await client.stop();
  expect(at[0]).toMatch(/program\.ts:[3-5]$/);
  await letGo(client, frame);
  expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': "'over'" } });
});

test('a command that waits stops in the code with which it goes on', async () => {
  const source = `console.log('begins');
var go = true;
await new Promise<unknown>((resolve) => require('node:child_process').execFile('sh', ['-c', 'until test -e ${path.join(folder, 'go')}; do sleep 0.05; done'], resolve));
while (go);
'over'`;
  const { client, results } = await run(source);
  expect(await session.pause()).toBe('later');
  await client.begin(file);
  expect(await session.variables()).toBeDefined(); // by code of the session, in which it does not stop
  writeFileSync(path.join(folder, 'go'), '');
  const stop = await client.stop();
  expect(stop.at[0]).toMatch(/@.*program\.ts:[34]$/);
  await letGo(client, stop.frame);
  expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': "'over'" } });
});

function nowhere(): DebuggerPlace {
  return { address: path.join(folder, 'nobody'), token: '', folders: [], onBreakpoint: false };
}

test('a command is stopped again after its debugger has stopped it, and an interrupt ends it there', async () => {
  const { client, results } = await run(BUSY);
  await session.pause();
  await client.begin(file);
  await client.stop();
  await client.request('Debugger.resume');
  expect(await session.pause()).toBe('paused');
  expect((await client.stop()).at[0]).toBe(`spin@${file}:3`);
  await session.interrupt();
  expect((await results.wait()).status).toBe('interrupted');
});

test('without a debugger that waits for it, it is not stopped', async () => {
  const results = session.execute(BUSY, { debugger: nowhere() });
  await eventually(() => expect(results.stdout).toBe('begins\n'));
  expect(await session.pause()).toBe('impossible');
  await session.interrupt();
  await results.wait();
  expect(await session.pause()).toBe('impossible');
});

test('what blocks Node.js cannot be paused, and is not paused later', async () => {
  const source = `console.log('begins');
require('node:child_process').execSync('until test -e ${path.join(folder, 'end')}; do sleep 0.05; done');
var turns = 0;
for (let turn = 0; turn < 1e6; turn++) turns++;
turns`;
  const { client, results } = await run(source);
  expect(await session.pause()).toBe('impossible');
  writeFileSync(path.join(folder, 'end'), '');
  expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '1000000' } });
  expect(client.isConnected).toBe(false);
});

test('a session that outlives its host is paused', async () => {
  await using own = await ExtSession.start({ evaluator: 'javascript', cwd: folder, keepAlive: true });
  const { client, results } = await run(BUSY, own);
  expect(await own.pause()).toBe('paused');
  await client.begin(file);
  await letGo(client, (await client.stop()).frame);
  expect((await results.wait()).status).toBe('ok');
});
