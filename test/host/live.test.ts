import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, becomes, openPython, openText, submittedBy, until, valueOf, withSetting } from './session.js';

describe('the session tells the editor', () => {
  before(async () => {
    await openPython('import collections\nfares = {"adult": 7.5, "child": [1, 2]}\n_hidden = 1\n', [0, 0], [2, 11]);
    await valueOf(await submittedBy('extsession.runSelection'));
  });

  it('what a name is now, in a hover', async () => {
    const { document } = await openPython('# on\nprint(fares)\n');
    const [hover] = await someHoversAt(document, new vscode.Position(1, 8));
    assert.match(
      hover?.value ?? '',
      /^```python\nfares: dict = \{'adult': 7\.5, 'child': \[1, 2\]\}\n```\nValue in the session$/,
    );
    assert.ok(!hover?.isTrusted);
  });

  it('nothing of names that it does not know, of comments and of strings', async () => {
    const { document } = await openPython('nobody\n# fares\n"fares"\n"""\nfares\n"""\n');
    for (const [line, character] of [
      [0, 2],
      [1, 4],
      [2, 3],
      [4, 2],
    ] as const) {
      assert.deepEqual(await hoversAt(document, new vscode.Position(line, character)), []);
    }
  });

  it('nothing of a global variable where a function has one of that name', async () => {
    const { document } = await openPython('def f(fares):\n    return fares\n\nfares\n');
    assert.deepEqual(await hoversAt(document, new vscode.Position(1, 13)), []);
    assert.equal((await someHoversAt(document, new vscode.Position(3, 2))).length, 1);
  });

  it('the same of JavaScript, the type before the value', async () => {
    const content = 'var prices = [1, 2];\nfunction f(prices) { return prices; }\n';
    const { document } = await openText('javascript', content);
    await (await submittedBy('extsession.runSelection')).results.wait();
    const ofSession = async (line: number, character: number) =>
      (await hoversAt(document, new vscode.Position(line, character))).filter(({ value }) =>
        value.includes('Value in the session'),
      );
    let found: vscode.MarkdownString[] = [];
    await until(async () => (found = await ofSession(0, 6)).length > 0);
    assert.match(found[0]?.value ?? '', /prices: Array\n\[ 1, 2 \]/);
    assert.deepEqual(await ofSession(1, 31), []);
  });

  it('names, members and keys, marked as its own', async () => {
    const { document } = await openPython('%tim\nfar\ncollections.Ord\n(\n  fares["\n');
    for (const [line, expected, detail] of [
      [0, '%timeit', undefined],
      [1, 'fares', 'dict'],
      [2, 'OrderedDict', 'type'],
      [4, 'adult', 'float'],
    ] as const) {
      // What the session does not tell at once is left out: the editor never waits for it.
      let item: vscode.CompletionItem | undefined;
      await until(async () => {
        const items = await completionsAt(document, document.lineAt(line).range.end);
        item = items.find(({ label }) => textOf(label) === expected);
        return item !== undefined;
      });
      assert.ok(item);
      assert.deepEqual([(item.label as vscode.CompletionItemLabel).description, item.detail], ['session', detail]);
    }
  });

  it('that there is more than it lists, so that VS Code asks again: names that begin with _', async () => {
    const { document } = await openPython('collections.\ncollections._\n');
    const namesAt = async (line: number) => {
      const { items, isIncomplete } = await completionListAt(document, document.lineAt(line).range.end);
      return { isIncomplete: isIncomplete ?? false, names: items.filter(isOurs).map(({ label }) => textOf(label)) };
    };
    await until(async () => (await namesAt(0)).isIncomplete);
    await until(async () => {
      const { isIncomplete, names } = await namesAt(1);
      return !isIncomplete && names.includes('_sys');
    });
  });

  it('the same while it runs code', async () => {
    await openPython('import time; time.sleep(60)\n');
    const { results } = await submittedBy('extsession.runSelection');
    await until(() => results.state === 'running');
    const { document } = await openPython('fares\n');
    assert.equal((await someHoversAt(document, new vscode.Position(0, 2))).length, 1);
    await vscode.commands.executeCommand('extsession.interruptSession');
    await results.wait();
  });

  it('nothing when the settings say so', async () => {
    const { document } = await openPython('fares\n');
    await withSetting('editor.hoverValues', false, async () => {
      assert.deepEqual(await hoversAt(document, new vscode.Position(0, 2)), []);
    });
    await withSetting('editor.completions', false, async () => {
      assert.deepEqual((await completionsAt(document, new vscode.Position(0, 3))).filter(isOurs), []);
    });
  });

  it('nothing after its end', async () => {
    await openPython('import os; os._exit(3)\n');
    await (await submittedBy('extsession.runSelection')).results.wait();
    await becomes('dead');
    assert.equal((await activated()).status.state, 'dead');
    const { document } = await openPython('fares\n');
    assert.deepEqual(await hoversAt(document, new vscode.Position(0, 2)), []);
  });
});

async function hoversAt({ uri }: vscode.TextDocument, position: vscode.Position): Promise<vscode.MarkdownString[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
}

/** As soon as the session tells something in time: the editor does not wait long for it. */
async function someHoversAt(document: vscode.TextDocument, place: vscode.Position): Promise<vscode.MarkdownString[]> {
  let hovers: vscode.MarkdownString[] = [];
  await until(async () => (hovers = await hoversAt(document, place)).length > 0);
  return hovers;
}

async function completionsAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.CompletionItem[]> {
  return (await completionListAt(document, position)).items;
}

async function completionListAt(
  { uri }: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.CompletionList> {
  return vscode.commands.executeCommand('vscode.executeCompletionItemProvider', uri, position);
}

function isOurs({ label }: vscode.CompletionItem): boolean {
  return typeof label !== 'string' && label.description === 'session';
}

function textOf(label: string | vscode.CompletionItemLabel): string {
  return typeof label === 'string' ? label : label.label;
}
