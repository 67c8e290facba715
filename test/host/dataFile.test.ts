import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { activated, until } from './session.js';

describe('a file of data', () => {
  it('opens as a table in a tab, without code that is run for it', async () => {
    await activated();
    const file = path.join(tmpdir(), `fares-${String(process.pid)}.csv`);
    writeFileSync(file, 'city,fare\nRome,7.5\n');
    try {
      await vscode.commands.executeCommand('extsession.viewDataFile', vscode.Uri.file(file));
      const isThere = ({ label, input }: vscode.Tab): boolean =>
        label === path.basename(file) && input instanceof vscode.TabInputWebview;
      await until(() => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isThere)));
    } finally {
      rmSync(file);
    }
  });
});
