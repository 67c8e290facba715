import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiSession } from '../../src/api.js';
import { activated, until } from './session.js';

interface OtherExtension {
  readonly list: () => Promise<readonly ApiSession[]>;
  readonly start: (language?: string) => Promise<ApiSession>;
  readonly listUnnamed: () => Promise<readonly ApiSession[]>;
  readonly otherVersion: () => unknown;
}

async function other(): Promise<OtherExtension> {
  const extension = vscode.extensions.getExtension<OtherExtension>('extsession-tests.other');
  assert.ok(extension, 'the other extension is installed');
  return extension.activate();
}

/** Runs a VS Code command again and again until something is settled: what it acts on may not be there yet. */
async function untilSettled<T>(pending: Thenable<T>, vscodeCommand: string): Promise<T> {
  const state = { settled: false };
  const settle = (): void => void (state.settled = true);
  pending.then(settle, settle);
  await until(async () => {
    await vscode.commands.executeCommand(vscodeCommand);
    return state.settled;
  });
  return pending;
}

describe('the API for other extensions', () => {
  it('asks the user once, before the first use', async () => {
    const { list, start } = await other();
    const sessions = await untilSettled(list(), 'notification.acceptPrimaryAction');
    assert.deepEqual(sessions.map(({ language }) => language).includes('python'), true);
    assert.equal((await start()).language, 'python'); // without asking: nobody would answer
  });

  it('asks for a caller that can not be told, too', async () => {
    const listed = (await other()).listUnnamed();
    await assert.rejects(untilSettled(listed, 'notifications.clearAll'), { code: 'ACCESS_DENIED' });
  });

  it('executes with results, evaluates, and gets values', async () => {
    const session = await (await other()).start('python');
    const results = await session.execute('given = [1, 2]\nprint("from another extension")');
    assert.equal((await results.wait()).status, 'ok');
    assert.equal(results.stdout, 'from another extension\n');
    assert.deepEqual(await session.evaluate('given + [3]'), [1, 2, 3]);
    assert.deepEqual(await session.get('given'), [1, 2]);
    await assert.rejects(session.evaluate('1 / 0'), /ZeroDivisionError/);
    await assert.rejects(session.get('not_given'), { code: 'NAME_NOT_FOUND' });
  });

  it('tells of commands and states, whoever submits', async () => {
    const session = await (await other()).start();
    const seen: string[] = [];
    const subscriptions = [
      session.onDidSubmit(({ source }) => seen.push(source)),
      session.onDidChangeStatus(({ state }) => seen.push(state)),
    ];
    await (await (await activated()).execute('"seen"')).wait();
    await until(() => session.status.state === 'idle');
    subscriptions.forEach((subscription) => subscription.dispose());
    assert.deepEqual([...new Set(seen)].toSorted(), ['"seen"', 'busy', 'idle']);
  });

  it('refuses a language and a version that there are not', async () => {
    const { start, otherVersion } = await other();
    await assert.rejects(start('cobol'), { code: 'EVALUATOR_NOT_FOUND' });
    assert.throws(otherVersion, /Use version 1/);
  });

  it('is closed to an extension when the user takes its access back', async () => {
    const { list, start } = await other();
    const session = await start();
    const submitted: string[] = [];
    const subscription = session.onDidSubmit(({ source }) => submitted.push(source));
    const managed = vscode.commands.executeCommand('extsession.manageAccess');
    await untilSettled(managed, 'workbench.action.acceptSelectedQuickOpenItem');
    for (const use of [
      list(),
      start(),
      session.execute('1'),
      session.evaluate('1'),
      session.get('x'),
      session.interrupt(),
    ]) {
      await assert.rejects(use, { code: 'ACCESS_DENIED' });
    }
    await (await (await activated()).execute('"not for others"')).wait();
    subscription.dispose();
    assert.deepEqual(submitted, []);
  });
});
