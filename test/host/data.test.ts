import * as assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { activated, openPython, submittedBy, until } from './session.js';

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

describe('a table at the cursor', () => {
  it('is offered to be viewed, and opens; attributes and other values are not', async () => {
    const { document } = await openPython("fares = [{'n': 1}]\ncount = 1\nfares.copy\n", [0, 0], [1, 9]);
    await (await submittedBy('extsession.runSelection')).results.wait();
    const offered = async (line: number, character: number): Promise<vscode.CodeAction[]> => {
      const at = new vscode.Position(line, character);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(at, at),
      );
      return actions.filter(({ command }) => command?.command === 'extsession.viewData');
    };
    assert.deepEqual(await offered(1, 2), []);
    assert.deepEqual(await offered(2, 8), []);
    const hovered = async (line: number, character: number): Promise<string[]> => {
      const at = new vscode.Position(line, character);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        at,
      );
      const texts = hovers
        .flatMap(({ contents }) => contents)
        .map((each) => (each instanceof vscode.MarkdownString ? each.value : ''));
      return texts.filter((text) => text.includes('command:'));
    };
    assert.deepEqual(await hovered(1, 2), []);
    // What the session does not tell in time is left out.
    let links: string[] = [];
    await until(async () => (links = await hovered(2, 2)).length > 0);
    assert.match(
      links[0] ?? '',
      /^\[View Data\]\(command:extsession\.viewData\?%5B%7B%22type%22%3A%22named%22%2C%22name%22%3A%22fares%22/,
    );
    let actions: vscode.CodeAction[] = [];
    await until(async () => (actions = await offered(2, 2)).length > 0);
    const [action] = actions;
    assert.equal(action?.title, "View data of 'fares'");
    await vscode.commands.executeCommand('extsession.viewData', action.command?.arguments?.[0]);
    const isThere = ({ label, input }: vscode.Tab): boolean =>
      label === 'fares' && input instanceof vscode.TabInputWebview;
    await until(() => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isThere)));
  });
});

describe('a command that shows many tables', () => {
  it('opens the first ones', async () => {
    const source = "import extsession\nfor n in range(25): extsession.view([n], title='many %d' % n)\n";
    await openPython(source, [0, 0], [2, 0]);
    const { results } = await submittedBy('extsession.runSelection');
    await results.closed;
    const tabs = (): vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const shown = (): vscode.Tab[] => tabs().filter(({ label }) => label.startsWith('many '));
    try {
      await until(() => shown().some(({ label }) => label === 'many 19'));
      assert.equal(results.outputs.length, 25);
      assert.equal(shown().length, 20);
    } finally {
      await vscode.window.tabGroups.close(shown());
    }
  });
});
