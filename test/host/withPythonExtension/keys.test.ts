import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, openPython, submittedBy, withSetting } from '../session.js';

describe('Shift+Enter beside the Python extension', () => {
  const sent: string[] = [];
  let registered: vscode.Disposable;

  before(async () => {
    await activated();
    registered = vscode.commands.registerCommand('python.execSelectionInTerminal', () => {
      sent.push(vscode.window.activeTextEditor?.document.getText() ?? '');
    });
  });

  after(() => void registered.dispose());

  it('is handed over when it is pressed before we are active', async () => {
    const { document } = await openPython('x = 1\n');
    await vscode.commands.executeCommand('extsession.runByKey', { key: 'shift+enter' });
    assert.deepEqual(sent, ['x = 1\n']);
    assert.equal(document.getText(), 'x = 1\n');
  });

  it('is ours when the setting says so', async () => {
    await openPython('x = 2\n');
    await withSetting('keys.shiftEnter', 'always', async () => {
      const { source } = await submittedBy('extsession.runByKey', { key: 'shift+enter' });
      assert.equal(source, 'x = 2');
    });
  });
});
