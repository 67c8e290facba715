import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPython, submittedBy, until, withSetting } from './session.js';

const panelTabs = (): vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('extsession.panel'));

describe('the panel', () => {
  it('moves where the setting says, and back, and goes on there', async () => {
    await openPython('1');
    await submittedBy('extsession.runSelection');
    await until(() => panelTabs().length === 1);
    await withSetting('panel.placement', 'panel', async () => {
      await until(() => panelTabs().length === 0);
      await openPython('2');
      const { results } = await submittedBy('extsession.runSelection');
      assert.equal((await results.wait()).status, 'ok');
      assert.equal(panelTabs().length, 0);
    });
    await openPython('3');
    await submittedBy('extsession.runSelection');
    await until(() => panelTabs().length === 1);
  });
});
