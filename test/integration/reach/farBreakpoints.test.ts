import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AdapterMessage } from '../../../src/debug/adapterStream.js';
import { DebuggerListener } from '../../../src/debug/debuggerListener.js';
import { RelayedAdapter } from '../../../src/debug/relayedAdapter.js';
import { ExtSession } from '../../../src/library.js';
import type { DebugBody } from '../../support/debugClient.js';
import { debugpyFolder } from '../../support/debugpy.js';
import { testPythons } from '../../support/pythons.js';

/** debugpy of today needs a newer one. */
const [python] = testPythons().filter(({ version }) => !version.startsWith('3.7.'));

describe.skipIf(!debugpyFolder || !python || process.platform !== 'linux')('in a session on another machine', () => {
  let root: string;
  let session: ExtSession;
  const at = (...names: string[]): string => path.join(root, ...names);
  beforeAll(async () => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'far-')));
    for (const folder of ['here', 'there']) {
      mkdirSync(at(folder));
      writeFileSync(at(folder, 'both.py'), 'def double(a):\n    return 2 * a\n');
    }
    const interpreter = python?.executable ?? 'python3';
    session = await ExtSession.start({ interpreter, commandPrefix: ['env'], cwd: at('there') });
    await session.execute(`import sys; sys.path.append(${JSON.stringify(debugpyFolder)})`).wait();
  });
  afterAll(async () => {
    await session.exit();
    rmSync(root, { recursive: true });
  });

  test('a module stops at the breakpoints of the same file of the workspace, which is shown', async () => {
    const messages: AdapterMessage[] = [];
    const adapter = new RelayedAdapter({
      send: (message) => messages.push(message as AdapterMessage),
      stop: () => undefined,
      folders: () => ({ there: session.info.cwd, here: [at('here')] }),
      onDidPause: () => undefined,
      exceptions: { filters: [], notClasses: String },
      onError: (error) => expect.fail(String(error)),
    });
    const arrived = async (matches: (message: AdapterMessage) => boolean): Promise<DebugBody> => {
      await expect.poll(() => messages.some(matches)).toBe(true);
      return messages.find(matches)?.body ?? {};
    };
    let seq = 0;
    const request = (command: string, args: object = {}): Promise<DebugBody> => {
      const number = ++seq;
      adapter.handle({ seq: number, type: 'request', command, arguments: args });
      return arrived(({ type, request_seq }) => type === 'response' && request_seq === number);
    };
    const listener = new DebuggerListener((socket) => {
      adapter.connect(socket);
    });
    const place = { address: await listener.address(), token: listener.token, folders: [] };
    const results = session.execute('import both\nboth.double(21)', {
      filename: at('here', 'run.py'),
      debugger: place,
    });
    await request('initialize', { adapterID: 'test', pathFormat: 'path', linesStartAt1: true });
    await request('launch', { justMyCode: true });
    await request('setBreakpoints', { source: { path: at('here', 'both.py') }, breakpoints: [{ line: 2 }] });
    await request('configurationDone');
    const { threadId } = await arrived(({ event }) => event === 'stopped');
    const { stackFrames = [] } = await request('stackTrace', { threadId });
    expect(stackFrames.map(({ line, source }) => [line, source?.path, source?.sourceReference ?? 0])).toEqual([
      [2, at('here', 'both.py'), 0],
      [2, at('here', 'run.py'), 0],
    ]);
    await request('continue', { threadId });
    expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '42' } });
    adapter.end();
  });
});
