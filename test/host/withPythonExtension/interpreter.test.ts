import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { activated, openPython, submittedBy, until, valueOf } from '../session.js';

interface PythonExtension {
  readonly environments: { updateActiveEnvironmentPath(path: string): Promise<void> };
}

describe('beside the Python extension', () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'extsession-environments-'));
  const workspace = () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

  before(function () {
    this.timeout(60_000);
    for (const name of ['one', 'two']) {
      execFileSync('/usr/bin/env', ['python3', '-m', 'venv', '--without-pip', path.join(scratch, name)]);
    }
  });

  after(() => {
    rmSync(scratch, { recursive: true });
    rmSync(path.join(workspace(), '.env'), { force: true });
  });

  it('code runs in the Python that is selected there, with what the .env file says', async () => {
    writeFileSync(path.join(workspace(), '.env'), 'NAMES=ada\nPYTHONPATH=${NAMES}/lib\n');
    await select('one');
    assert.deepEqual(
      await python('import sys, os; [sys.prefix, os.environ["NAMES"], "ada/lib" in os.environ["PYTHONPATH"]]'),
      [path.join(scratch, 'one'), 'ada', true],
    );
  });

  it('another selection offers a restart, which takes it', async () => {
    await select('two');
    await until(async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      return (await activated()).status.interpreterLabel?.endsWith('two') ?? false;
    });
    assert.deepEqual(await python('import sys; [sys.prefix]'), [path.join(scratch, 'two')]);
  });

  async function select(name: string): Promise<void> {
    const extension = vscode.extensions.getExtension<PythonExtension>('ms-python.python');
    assert.ok(extension);
    const { environments } = await extension.activate();
    await environments.updateActiveEnvironmentPath(path.join(scratch, name, 'bin', 'python'));
  }

  /** The value of Python code that ends in a list of plain values. */
  async function python(code: string): Promise<unknown> {
    const { document } = await openPython(code);
    const command = await submittedBy('extsession.runAll', { uri: document.uri.toString(), line: 0 });
    const value = String(await valueOf(command));
    return JSON.parse(value.replaceAll("'", '"').replaceAll('True', 'true')) as unknown;
  }
});
