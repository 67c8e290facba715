import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AdapterStream, type AdapterMessage } from '../../../src/debug/adapterStream.js';
import type { PausedAt } from '../../../src/debug/pausedAt.js';
import type { FolderPair } from '../../../src/host/machines/folderPair.js';
import { RelayedAdapter } from '../../../src/debug/relayedAdapter.js';
import { eventually } from '../../support/eventually.js';

/** The debugger's end of the connection, what it has received, and what VS Code has. */
let debuggers: { readonly socket: Socket; readonly stream: AdapterStream };
let [received, shown]: [AdapterMessage[], AdapterMessage[]] = [[], []];
let pauses: (PausedAt | undefined)[] = [];
let stops = 0;
const filters = [
  { filter: 'raised', label: 'Raised', description: 'All', conditionDescription: 'Classes', default: false },
] as const;
/** The session is on this machine unless a test says otherwise. */
let folders: FolderPair;
let errors: string[] = [];
let adapter: RelayedAdapter;
let near: Socket;

beforeEach(async () => {
  const own = { received: [], shown: [], pauses: [], errors: [] } as {
    readonly received: AdapterMessage[];
    readonly shown: AdapterMessage[];
    readonly pauses: (PausedAt | undefined)[];
    readonly errors: string[];
  };
  ({ received, shown, pauses, errors } = own); // connections of earlier tests may still be closing
  stops = 0;
  folders = { there: undefined, here: [] };
  adapter = new RelayedAdapter({
    send: (message) => own.shown.push(message as AdapterMessage),
    stop: () => void stops++,
    onDidPause: (at) => own.pauses.push(at),
    folders: () => folders,
    exceptions: { filters, notClasses: (names) => `not classes: ${names}` },
    onError: ({ message }) => own.errors.push(message),
  });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = await accepted;
  server.close();
  const stream = new AdapterStream(
    socket,
    (message) => own.received.push(message),
    () => undefined,
  );
  debuggers = { socket, stream };
});

afterEach(() => {
  near.destroy();
  debuggers.socket.destroy();
});

const request = (seq: number, command: string): AdapterMessage => ({ seq, type: 'request', command });
const commands = (): (string | undefined)[] => received.map(({ command }) => command);

test('what VS Code says waits for the debugger, in order', async () => {
  adapter.handle(request(1, 'initialize'));
  adapter.handle(request(2, 'launch'));
  adapter.connect(near);
  adapter.handle(request(3, 'threads'));
  await eventually(() => expect(commands()).toEqual(['initialize', 'launch', 'threads']));
});

test('Stop is not passed on, since it would end the process: the command is stopped', async () => {
  adapter.connect(near);
  adapter.handle(request(1, 'terminate'));
  adapter.handle({ ...request(2, 'disconnect'), arguments: { terminateDebuggee: true } });
  await eventually(() => expect(commands()).toEqual(['disconnect']));
  expect(received[0]?.arguments).toEqual({ terminateDebuggee: false });
  expect(stops).toBe(1);
  expect(shown.map(({ type, command }) => [type, command])).toEqual([
    ['response', 'terminate'],
    ['response', 'disconnect'],
  ]);
});

test('a command that has not begun is stopped when VS Code disconnects', () => {
  adapter.handle(request(1, 'disconnect'));
  expect(stops).toBe(1);
});

test('it tells where the command has stopped, and when it goes on', async () => {
  adapter.connect(near);
  debuggers.stream.send({ seq: 1, type: 'event', event: 'stopped', body: { threadId: 3 } });
  await eventually(() => expect(commands()).toEqual(['stackTrace']));
  const stackFrames = [{ line: 12, source: { path: '/a.py' } }];
  const answer = { type: 'response', success: true, command: 'stackTrace', body: { stackFrames } };
  debuggers.stream.send({ seq: 2, request_seq: received[0]?.seq, ...answer });
  debuggers.stream.send({ seq: 3, type: 'response', request_seq: 9, success: true, command: 'next' });
  await eventually(() => expect(pauses).toEqual([{ file: '/a.py', line: 12 }, undefined]));
  expect(shown.map(({ event, command }) => event ?? command)).toEqual(['stopped', 'next']); // our own question is not VS Code's
});

test('VS Code is told what it can ask: for completions after a dot, for all frames at once, for classes', async () => {
  adapter.connect(near);
  adapter.handle(request(1, 'initialize'));
  await eventually(() => expect(commands()).toEqual(['initialize']));
  const body = { supportsLogPoints: true, supportsDelayedStackTraceLoading: true, completionTriggerCharacters: [] };
  debuggers.stream.send({ seq: 1, type: 'response', request_seq: 1, success: true, command: 'initialize', body });
  await eventually(() => expect(shown).toHaveLength(1));
  expect(shown[0]?.body).toEqual({
    supportsLogPoints: true,
    supportsDelayedStackTraceLoading: false,
    completionTriggerCharacters: ['.'],
    supportsExceptionFilterOptions: true,
    exceptionBreakpointFilters: [{ ...filters[0], supportsCondition: true }],
  });
});

test('the conditions of exceptions are passed on as classes, and VS Code is told which are none', async () => {
  adapter.connect(near);
  const filterOptions = [
    { filterId: 'raised', condition: 'KeyError, own.Error' },
    { filterId: 'uncaught' },
    { filterId: 'userUnhandled', condition: 'x > 1' },
  ];
  adapter.handle({ ...request(1, 'setExceptionBreakpoints'), arguments: { filters: [], filterOptions } });
  adapter.handle({ ...request(2, 'setExceptionBreakpoints'), arguments: { filterOptions: [{ filterId: 'raised' }] } });
  await eventually(() => expect(received).toHaveLength(2));
  const names = [{ names: ['Python Exceptions'] }, { names: ['KeyError', '__main__.KeyError', 'own.Error'] }];
  expect(received.map((each) => each.arguments)).toEqual([
    {
      filters: [],
      exceptionOptions: [
        { path: names, breakMode: 'always' },
        { path: names.slice(0, 1), breakMode: 'unhandled' },
      ],
    },
    { filters: ['raised'] },
  ]);
  debuggers.stream.send({
    seq: 1,
    type: 'response',
    request_seq: 1,
    success: true,
    command: 'setExceptionBreakpoints',
  });
  await eventually(() => expect(shown).toHaveLength(1));
  const wrong = { verified: false, message: 'not classes: x > 1' };
  expect(shown[0]?.body).toEqual({ breakpoints: [{ verified: true }, { verified: true }, wrong] });
});

test('of the files of another machine, VS Code opens those itself that are here with the same text', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'shared-'));
  const [same, other] = [path.join(folder, 'same.py'), path.join(folder, 'other.py')];
  writeFileSync(same, 'x = 1\r\n');
  writeFileSync(other, 'x = 2\n');
  adapter.connect(near);
  adapter.handle({ ...request(1, 'stackTrace'), arguments: { threadId: 1, startFrame: 0, levels: 20 } });
  const sources = [same, other, path.join(folder, 'gone.py'), same].map((each, at) => ({
    path: each,
    sourceReference: at + 1,
  }));
  const stackFrames = [...sources.map((source) => ({ line: 1, source })), { line: 1, source: { path: other } }];
  const response = { type: 'response', success: true };
  await eventually(() => expect(commands()).toEqual(['stackTrace']));
  debuggers.stream.send({ seq: 1, ...response, request_seq: 1, command: 'stackTrace', body: { stackFrames } });
  await eventually(() => expect(commands()).toEqual(['stackTrace', 'source', 'source']));
  for (const { seq } of received.slice(1))
    debuggers.stream.send({ seq: 2, ...response, request_seq: seq, command: 'source', body: { content: 'x = 1\n' } });
  await eventually(() => expect(shown).toHaveLength(1));
  const led = shown[0]?.body as { readonly stackFrames: typeof stackFrames } | undefined;
  expect(
    led?.stackFrames.map(({ source }) => ('sourceReference' in source ? source.sourceReference : undefined)),
  ).toEqual([0, 2, 3, 0, undefined]);
  rmSync(folder, { recursive: true });
});

test('a file of the workspace stands for the same one in the folder of the session there', async () => {
  const here = mkdtempSync(path.join(tmpdir(), 'here-'));
  const file = path.join(here, 'same.py');
  writeFileSync(file, 'x = 1\n');
  const breakpoints = { source: { path: file }, breakpoints: [{ line: 1 }] };
  adapter.handle({ ...request(1, 'setBreakpoints'), arguments: breakpoints });
  folders = { there: '/there', here: ['/not/here', here] }; // the session has started
  adapter.connect(near);
  adapter.handle({ ...request(2, 'stackTrace'), arguments: { threadId: 1 } });
  await eventually(() => expect(commands()).toEqual(['setBreakpoints', 'setBreakpoints', 'stackTrace']));
  const set = received.slice(0, 2).map((each) => each.arguments);
  expect(set).toEqual([{ ...breakpoints, source: { path: '/there/same.py' } }, breakpoints]);
  const response = { type: 'response', success: true };
  debuggers.stream.send({ seq: 1, ...response, request_seq: received[0]?.seq, command: 'setBreakpoints' });
  const stackFrames = [{ line: 1, source: { path: '/there/same.py', sourceReference: 7 } }];
  debuggers.stream.send({ seq: 2, ...response, request_seq: 2, command: 'stackTrace', body: { stackFrames } });
  await eventually(() => expect(commands()).toHaveLength(4));
  const body = { content: 'x = 1\n' };
  debuggers.stream.send({ seq: 3, ...response, request_seq: received[3]?.seq, command: 'source', body });
  await eventually(() => expect(shown).toHaveLength(1)); // not the answer to our own request
  expect(shown[0]?.body).toMatchObject({ stackFrames: [{ line: 1, source: { path: file, sourceReference: 0 } }] });
  rmSync(here, { recursive: true });
});

test('at the end, VS Code is told once, all its requests are answered, and the connection is closed', async () => {
  adapter.handle(request(1, 'initialize'));
  adapter.end();
  adapter.end();
  adapter.handle(request(2, 'disconnect'));
  expect(shown.map(({ type, event, command }) => [type, event ?? command])).toEqual([
    ['response', 'initialize'],
    ['event', 'terminated'],
    ['response', 'disconnect'],
  ]);
  adapter.connect(near);
  await eventually(() => expect(near.destroyed).toBe(true));
});

test('the end of the connection is the end', async () => {
  adapter.connect(near);
  debuggers.stream.end();
  await eventually(() => expect(shown.map(({ event }) => event)).toEqual(['terminated']));
  expect(errors).toEqual([]);
});

test('what is not the protocol closes the connection with an error', async () => {
  adapter.connect(near);
  debuggers.socket.write(`${'x'.repeat(2000)}\n`);
  await eventually(() => expect(shown.map(({ event }) => event)).toEqual(['terminated']));
  expect(near.destroyed).toBe(true);
  expect(errors).toEqual(['The header is too long.']);
});
