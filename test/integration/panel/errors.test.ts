import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { ErrorInfo } from '../../../src/protocol/output.js';
import { chainedError, groupError, javascriptError } from '../../support/panelPage/chainedErrors.js';
import { failureIn } from '../../support/panelPage/failureIn.js';
import { themes } from '../../support/panelPage/servedPage.js';
import { scenes } from '../../support/panelPage/scenes.js';
import { originAt, ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, eventually, test } from '../../support/panelPage/test.js';

function failing(error: ErrorInfo, languageId = 'python'): PanelModel {
  const model = new PanelModel();
  new ScriptedSession(model, 'python').add('run()', undefined, languageId).start().fails(error).close();
  return model;
}

describe('what is behind an error', () => {
  test('is a line each, folded, and unfolds to its own failing line, which it opens', async ({ open }) => {
    const panel = await open({ model: failing(chainedError) });
    const command = panel.command(0);
    await command.getByText('tables: zones, trips').waitFor();
    const lines = command.locator('.behind > li .disc');
    expect(await lines.allTextContents()).toEqual([
      "caused by KeyError 'fares'",
      'while handling ConnectionResetError [Errno 104] Connection reset by peer',
    ]);
    const handled = command.getByRole('button', { name: 'while handling ConnectionResetError' });
    expect(await handled.getAttribute('aria-expanded')).toBe('false');
    await command.getByText('host: db.trips.example').waitFor({ state: 'hidden' });
    await handled.press('Enter');
    expect(await handled.getAttribute('aria-expanded')).toBe('true');
    const content = command.locator('.behind > li').nth(1).locator('.folded');
    expect(await content.locator('.added').textContent()).toBe('host: db.trips.example\nafter 3 attempts');
    expect(await content.locator('.excerpt .carets').textContent()).toMatch(/\^{22}$/);
    await content.getByRole('button', { name: 'store.py:18' }).click();
    await eventually(() => expect(panel.calls).toEqual(['openFrame /home/ada/store.py 18 python']));
  });

  test('stays unfolded when the panel is shown anew, and the frames folded', async ({ open }) => {
    const panel = await open({ model: failing(chainedError) });
    await panel.page.getByRole('button', { name: 'caused by KeyError' }).click();
    await eventually(async () =>
      expect(await panel.page.evaluate(() => sessionStorage.getItem('state'))).toContain('.0.0"'),
    );
    await panel.hideAndShow();
    await panel.page.getByRole('button', { name: 'cache.py:9' }).waitFor();
    await panel.page.getByRole('button', { name: 'store.py:18' }).waitFor({ state: 'hidden' });
    await panel.page.getByRole('button', { name: 'train.py:30' }).waitFor({ state: 'hidden' });
  });

  test('of a group are its members by their places, below each group', async ({ open }) => {
    const panel = await open({ model: failing(groupError) });
    const rows = panel.command(0).locator('.behind > li');
    await rows.last().waitFor();
    const indents = await rows.evaluateAll((nodes) =>
      nodes.map((node) => parseFloat(getComputedStyle(node).paddingLeft)),
    );
    expect(indents).toEqual([16, 16, 16, 32, 32, 0]);
    expect((await rows.locator('.how').allTextContents()).slice(0, 4)).toEqual([
      '1 of 3',
      '2 of 3',
      '3 of 3',
      '1 of 2',
    ]);
    // Nothing is folded where there is nothing more to see.
    expect(await rows.nth(2).locator('button').count()).toBe(0);
  });

  test("is shown for JavaScript's causes, and counted where there is too much of it", async ({ open }) => {
    const many = Array.from({ length: 12 }, (_, at) => ({ name: 'RangeError', message: String(at), frames: [] }));
    const panel = await open({ model: failing({ ...javascriptError, exceptions: many }) });
    await panel.page.getByRole('button', { name: 'caused by TypeError rows is not iterable' }).waitFor();
    expect(await panel.page.locator('.behind > li').last().textContent()).toBe('and 2 more');
  });

  test('is found, and unfolded to be seen', async ({ open }) => {
    const panel = await open({ model: failing(chainedError) });
    await panel.command(0).waitFor();
    await panel.page.keyboard.press('Control+f');
    const field = panel.page.getByRole('textbox', { name: 'Find' });
    for (const [text, shown] of [
      ['kept[table]', 'return kept[table]'],
      ['after 3', 'host: db.trips.example'],
    ] as const) {
      await field.fill(text);
      await panel.page.getByRole('status').getByText('1 of 1').waitFor();
      await panel.page.getByText(shown).waitFor();
    }
    await field.fill('caused by');
    await panel.page.getByText('No results').waitFor();
  });

  test('is text, whatever it says', async ({ open }) => {
    const hostile = `<img src=x onerror="owned=1"></span><script>owned=1</script>`;
    const one = {
      name: hostile,
      message: hostile,
      notes: [hostile],
      frames: [{ file: `/${hostile}`, line: 1, function: hostile, source: hostile }],
    };
    const error = { ...one, traceback: hostile, cause: one, exceptions: [one, { ...one, frames: [], notes: [] }] };
    const panel = await open({ model: failing(error) });
    await panel.command(0).waitFor();
    for (const button of await panel.command(0).locator('.behind .disc').all()) await button.click();
    await expect.poll(() => panel.command(0).locator('.msg').allTextContents()).toEqual(Array<string>(4).fill(hostile));
    expect(await panel.command(0).locator('img, script').count()).toBe(0);
    expect(await panel.page.evaluate(() => Reflect.get(globalThis, 'owned') as unknown)).toBeUndefined();
  });

  test.for(themes)('is to be read and used by everybody: %s', async (theme, { open }) => {
    const model = new PanelModel();
    scenes.errors(model);
    const panel = await open({ model, theme });
    await panel.command(2).waitFor();
    expect(await barriers(panel)).toEqual([]);
    for (const button of await panel.page.locator('.behind .disc').all()) await button.click();
    expect(await barriers(panel)).toEqual([]);
  });
});

test('the line that failed is coloured in the language of its command', async ({ open }) => {
  for (const [languageId, keywords] of [
    ['javascript', ['throw', 'new']],
    ['python', []],
  ] as const) {
    const panel = await open({ model: failing(javascriptError, languageId) });
    await panel.command(0).locator('.excerpt').first().waitFor();
    const coloured = panel.command(0).locator('.excerpt').first().locator('.k, .d');
    await expect.poll(() => coloured.allTextContents()).toEqual(keywords);
  }
});

describe('a frame in a command that was typed', () => {
  test('is named by its number, and leads to it', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    session.ran('def h(x):\n    return 1 / x');
    for (let index = 0; index < 60; index++) session.ran(`x = ${String(index)}`);
    session.add('h(0)').start().fails(failureIn('<command 1>')).close();
    const panel = await open({ model });
    const failed = panel.commands.last();
    await failed.getByText('command 1, line 2 in h').waitFor();
    await panel.command(0).waitFor({ state: 'attached' });
    await failed.getByRole('button', { name: 'command 1, line 2' }).click();
    await panel.page.locator('article:focus').getByText('def h(x)').waitFor();
    expect(await barriers(panel)).toEqual([]);
    expect(panel.calls).toEqual([]);
  });

  test('says so when that is no longer there', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    session.ran('def h(x):\n    return 1 / x');
    session.add('h(0)').start().fails(failureIn('<command 1>')).close();
    const panel = await open({ model });
    await panel.command(0).press('Delete');
    await panel.page.getByRole('button', { name: 'command 1, line 2' }).click();
    await eventually(() => expect(panel.calls).toEqual(['missCommand 1']));
  });
});

test('a frame in a file says where its line stands after edits, and goes there', async ({ open }) => {
  const model = new PanelModel();
  const failed = new ScriptedSession(model).add('h(0)', originAt('w2.py:29')).start();
  failed.fails({ ...failureIn('/home/ada/w2.py', 29), cause: failureIn('/home/ada/w2.py', 8) }).close();
  const panel = await open({ model });
  await panel.page.getByRole('button', { name: 'caused by' }).click();
  await panel.page.getByRole('button', { name: 'w2.py:8' }).waitFor();
  const start = { line: 2, character: 0 };
  model.followEdits(originAt('w2.py:29').uri, [{ range: { start, end: start }, text: 'a\nb\nc\n' }]);
  const link = panel.page.locator('.where').getByRole('button', { name: 'w2.py:32' });
  await link.click();
  await eventually(() => expect(panel.calls).toEqual(['openFrame /home/ada/w2.py 32 python']));
  expect(await panel.page.locator('.excerpt .no').allTextContents()).toEqual(['32', '11']);
  await panel.page.getByRole('button', { name: 'w2.py:11' }).waitFor();
});
