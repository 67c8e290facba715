import * as assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { SessionCompletions } from '../../src/editor/live/sessionCompletions.js';
import { ValueHover } from '../../src/editor/live/valueHover.js';
import type * as engine from '../../src/library.js';
import { stopProcess } from '../support/stopProcess.js';
import { openPython, until } from './session.js';

/** A timer that begins behind another and is a little longer fires after it, however busy the machine is. */
const A_LITTLE_MS = 10;

describe('while the process of a session does not answer', () => {
  let session: engine.ExtSession;
  let document: vscode.TextDocument;
  let end: vscode.Position;

  before(async () => {
    session = await startSession();
    await session.execute('fares = 1').wait();
    ({ document } = await openPython('fares\n'));
    end = document.lineAt(0).range.end;
  });

  beforeEach(() => stopProcess(session.pid));
  afterEach(goOn);
  after(() => session.exit());

  it('the editor has its suggestions without it within 50 ms, and within 300 ms the first time', async () => {
    const provider = new SessionCompletions(live());
    assert.deepEqual(await inTime(provider.provideCompletionItems(document, end), 300), { answer: undefined });
    goOn();
    await until(async () => (await provider.provideCompletionItems(document, end))?.items.length === 1);
    await stopProcess(session.pid);
    assert.deepEqual(await inTime(provider.provideCompletionItems(document, end), 50), { answer: undefined });
  });

  it('the editor has its hover without it within 300 ms', async () => {
    const answer = new ValueHover(live()).provideHover(document, end);
    assert.deepEqual(await inTime(answer, 300), { answer: undefined });
  });

  it('it is not asked for more suggestions, and is again when it has answered', async () => {
    const provider = new SessionCompletions(live());
    await provider.provideCompletionItems(document, end);
    const answer = provider.provideCompletionItems(document, end);
    assert.deepEqual(await inTime(answer, 0), { answer: undefined });
    goOn();
    await until(async () => (await provider.provideCompletionItems(document, end))?.items.length === 1);
  });

  function live() {
    return { live: () => Promise.resolve(session) };
  }

  function goOn(): void {
    assert.ok(session.pid);
    process.kill(session.pid, 'SIGCONT');
  }
});

/** What a provider, asked just before, answers within its limit; undefined when that is over. */
async function inTime<T>(answer: Promise<T>, limitMs: number): Promise<{ readonly answer: T } | undefined> {
  await new Promise(setImmediate); // the provider's own timer has begun
  return Promise.race([
    answer.then((value) => ({ answer: value })),
    new Promise<undefined>((resolve) => {
      // What was heard until the limit still counts for the provider, which therefore waits for one more turn.
      const nextTurn = (act: () => void) => () => void setImmediate(act);
      setTimeout(nextTurn(nextTurn(() => resolve(undefined))), limitMs + A_LITTLE_MS);
    }),
  ]);
}

/** A session of the library as it is built, beside the window's own. */
async function startSession(): Promise<engine.ExtSession> {
  const extension = vscode.extensions.getExtension('extsession.extsession');
  assert.ok(extension);
  const file = vscode.Uri.file(path.join(extension.extensionPath, 'dist', 'engine', 'index.js'));
  const library = (await import(file.toString())) as typeof engine;
  return library.ExtSession.start();
}
