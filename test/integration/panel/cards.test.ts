import { describe, expect } from 'vitest';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { originAt, ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, eventually, test } from '../../support/panelPage/test.js';

describe('a command', () => {
  test('hides its output at O, and keeps it hidden when the panel is shown anew', async ({ open }) => {
    const panel = await open({ model: twoCommands() });
    const stdout = panel.command(0).locator('.out.stdout');
    await stdout.waitFor();
    await panel.command(0).press('o');
    await stdout.waitFor({ state: 'hidden' });
    await eventually(async () => {
      expect(await panel.page.evaluate(() => sessionStorage.getItem('state'))).toMatch(/"hiddenOutputs":\[\d/);
    });
    await panel.hideAndShow();
    await panel.command(0).getByText('2 lines of output hidden').click();
    await stdout.waitFor();
  });

  test('folds its input alone at I, and keeps it folded when the panel is shown anew', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    session.add('for i in range(2):\n    print(i)').start().stdout('0\n1\n').ok().close();
    const panel = await open({ model });
    const source = panel.command(0).locator('.source');
    const stdout = panel.command(0).locator('.out.stdout');
    await panel.command(0).press('i');
    await eventually(async () => expect(await source.innerText()).toBe('for i in range(2):\n… 1 more line'));
    expect(await stdout.isVisible()).toBe(true);
    await eventually(async () => {
      expect(await panel.page.evaluate(() => sessionStorage.getItem('state'))).toContain('"first"');
    });
    await panel.hideAndShow();
    await stdout.waitFor();
    expect(await source.innerText()).toBe('for i in range(2):\n… 1 more line');
    await panel.command(0).press('o');
    await panel.command(0).press('i');
    await eventually(async () => expect(await source.innerText()).toBe('for i in range(2):\n    print(i)'));
    expect(await stdout.isVisible()).toBe(false);
    await panel.command(0).press('ArrowLeft');
    await panel.command(0).getByText('3 lines hidden').waitFor();
  });

  test('of one line has no input to fold', async ({ open }) => {
    const model = twoCommands();
    const panel = await open({ model });
    await panel.command(0).press('i');
    await panel.command(0).press('ArrowRight');
    await eventually(async () => {
      expect(await panel.page.evaluate(() => sessionStorage.getItem('state'))).toContain(
        `"extents":[[${String(model.keys()[0])},"whole"]]`,
      );
    });
    expect(await panel.command(0).innerText()).not.toContain('more');
  });

  test('is copied as source, as output without colours, and as Markdown', async ({ open }) => {
    const panel = await open({ model: twoCommands() });
    await panel.command(0).focus();
    for (const key of ['c', 'C', 'm']) await panel.page.keyboard.press(key);
    await eventually(() => {
      expect(panel.copied).toEqual(['print(1)', 'one\ntwo\n', '```python\nprint(1)\n```\n\n```text\none\ntwo\n```\n']);
    });
  });

  test('is deleted, with the focus on the next one; one that runs stays', async ({ open }) => {
    const model = twoCommands();
    const panel = await open({ model });
    await panel.command(0).focus();
    await panel.page.keyboard.press('Delete');
    await eventually(async () => expect(await panel.commands.count()).toBe(1));
    expect(await panel.command(0).evaluate((node) => node === document.activeElement)).toBe(true);
    await panel.page.keyboard.press('Delete');
    await panel.page.keyboard.press('c');
    await eventually(() => expect(panel.copied).toEqual(['wait()']));
  });

  test('that fails offers its error to the debugger, by a button and at D', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    session.ran('x = 1');
    const command = session.add('1 / 0').start();
    const panel = await open({ model });
    const button = panel.page.getByRole('toolbar').getByTitle('Debug this error (D)');
    for (const other of [0, 1]) {
      await panel.command(other).focus();
      await panel.command(other).locator('.acts').waitFor();
      expect(await button.isVisible()).toBe(false);
    }
    await panel.command(1).focus();
    command.fails({ name: 'ZeroDivisionError', message: '', frames: [], traceback: '' }).close();
    await button.click();
    await panel.command(1).press('d');
    const called = `debugError ${String(model.keys()[1])}`;
    await eventually(() => expect(panel.calls.filter((call) => call.startsWith('debug'))).toEqual([called, called]));
  });

  test('says how many run before it', async ({ open }) => {
    const model = twoCommands();
    const session = new ScriptedSession(model);
    session.add('next()');
    const panel = await open({ model });
    await panel.command(2).getByText('queued, 1 ahead').waitFor();
  });

  test('says where its source stands after edits, and goes there', async ({ open }) => {
    const model = new PanelModel();
    new ScriptedSession(model).ran('x = 1', { at: 'train.py:9' });
    const panel = await open({ model });
    await panel.command(0).getByText('train.py:9').waitFor();
    const start = { line: 2, character: 0 };
    model.followEdits(originAt('train.py:9').uri, [{ range: { start, end: start }, text: 'a\nb\n' }]);
    await panel.command(0).getByText('train.py:11').click();
    await eventually(() => expect(panel.calls.join()).toContain('"firstLine":10'));
  });

  test.for(['javascript', 'typescript', 'typescriptreact'])('is coloured in %s', async (languageId, { open }) => {
    const model = new PanelModel();
    const code = "const name = 'Ada';";
    new ScriptedSession(model, 'python').add(code, undefined, languageId).start();
    const panel = await open({ model });
    const source = panel.command(0).locator('.source');
    expect(await source.locator('.d').innerText()).toBe('const');
    expect(await source.locator('.s').innerText()).toBe("'Ada'");
    expect(await source.innerText()).toBe(code);
  });

  test('is announced with what came of it, also when it was over at once', async ({ open }) => {
    const panel = await open();
    await panel.input.waitFor();
    new ScriptedSession(panel.model).ran('6 * 7', { value: '42' });
    await panel.page.getByRole('status').getByText('Command 1: 42').waitFor({ state: 'attached' });
  });

  test('covers no output of its own with a long source of one line', async ({ open }) => {
    const model = new PanelModel();
    const source = `values = [${Array.from({ length: 200 }, (_, index) => String(index)).join(', ')}]`;
    const command = new ScriptedSession(model).add(source).start();
    const panel = await open({ model, width: 300, height: 300 });
    command
      .stdout(Array.from({ length: 30 }, (_, line) => `out ${String(line)}\n`).join(''))
      .ok()
      .close();
    const last = panel.command(0).getByText('out 29');
    await last.waitFor();
    await eventually(async () =>
      expect(
        await last.evaluate((line) => {
          const { left, top } = line.getBoundingClientRect();
          return document.elementFromPoint(left + 1, top + 1)?.textContent;
        }),
      ).toBe('out 29'),
    );
  });

  test('keeps the focus when it shows what was left out of its output', async ({ open }) => {
    const panel = await open({ settings: { lineLimit: 10 } });
    new ScriptedSession(panel.model).add('print(lines)').start().stdout('x\n'.repeat(50)).ok().close();
    await panel.command(0).getByText('lines not shown').press('Enter');
    await panel.command(0).getByText('lines not shown').waitFor({ state: 'detached' });
    expect(await focused(panel)).toBe('1');
  });

  test('has a context menu of its own', async ({ open }) => {
    const panel = await open({ model: twoCommands() });
    const context = await panel.command(0).getAttribute('data-vscode-context');
    expect(JSON.parse(context ?? '')).toMatchObject({ webviewSection: 'command', hasOutput: true, isOver: true });
  });

  test('lists the keys at ?, and Escape closes the list', async ({ open }) => {
    const panel = await open({ model: twoCommands() });
    await panel.command(0).focus();
    await panel.page.keyboard.press('?');
    await panel.page.getByRole('dialog', { name: 'Keyboard Shortcuts' }).waitFor();
    expect(await barriers(panel)).toEqual([]);
    await panel.page.keyboard.press('Escape');
    await panel.page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await panel.command(0).evaluate((node) => node === document.activeElement)).toBe(true);
  });

  test('passes through all commands, one after the other', async ({ open }) => {
    const numbers = Array.from({ length: 45 }, (_, index) => String(index + 1));
    const panel = await open({ model: commandsThatReturn(numbers) });
    await panel.command(44).waitFor({ state: 'attached' });
    await panel.command(44).focus();
    expect(await passed(panel, 'ArrowUp', 45)).toEqual(numbers.toReversed());
    expect(await passed(panel, 'ArrowDown', 45)).toEqual(numbers);
    expect(await passed(panel, 'Home', 2)).toEqual(['45', '1']);
    expect(await passed(panel, 'End', 2)).toEqual(['1', '45']);
  });

  test('stays in the feed when a command is deleted: it goes on to the next one, at the end to the one before', async ({
    open,
  }) => {
    const panel = await open({
      model: commandsThatReturn(Array.from({ length: 41 }, (_, index) => String(index + 1))),
    });
    await panel.command(40).press('Delete');
    await expect.poll(() => focused(panel)).toBe('40');
    await panel.command(19).press('Delete');
    await expect.poll(() => focused(panel)).toBe('21');
  });

  test('is the way to the input line, below the last one', async ({ open }) => {
    const panel = await open({ model: twoCommands() });
    await panel.input.waitFor();
    await panel.command(1).focus();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.type('x');
    expect(await panel.typed()).toBe('x');
    await panel.page.keyboard.press('Escape');
    expect(await panel.command(1).evaluate((node) => node === document.activeElement)).toBe(true);
  });
});

/** The numbers of the commands that have the focus, from the present one on, while a key is pressed. */
async function passed(panel: PanelPage, key: string, count: number): Promise<string[]> {
  const numbers = [await focused(panel)];
  while (numbers.length < count) {
    await panel.page.keyboard.press(key);
    numbers.push(await focused(panel));
  }
  return numbers;
}

/** The number of the command that has the focus. */
async function focused(panel: PanelPage): Promise<string> {
  return (await panel.page.locator('article:focus .num').allTextContents()).join();
}

function commandsThatReturn(values: readonly string[]): PanelModel {
  const model = new PanelModel();
  const session = new ScriptedSession(model);
  for (const value of values) session.ran(`f(${value})`, { value });
  return model;
}

function twoCommands(): PanelModel {
  const model = new PanelModel();
  const session = new ScriptedSession(model);
  session.add('print(1)').start().stdout('\x1b[31mone\x1b[0m\ntwo\n').ok().close();
  session.add('wait()').start();
  return model;
}

test('the run of a file can be stopped, and says how it ended', async ({ open }) => {
  const model = new PanelModel();
  const writer = new ResultsWriter({ id: 1, executionCount: 1 });
  let stop = (): void => undefined;
  const exited = new Promise<{ exitCode: number; signal: null }>((resolve) => {
    stop = () => {
      resolve({ exitCode: 130, signal: null });
    };
  });
  model.addRun({ evaluator: 'python', title: 'train.py --epochs 3', results: writer.results, exited, stop });
  writer.start();
  writer.append(0, Buffer.from('epoch 1\n'));
  const panel = await open({ model });
  const run = panel.command(0);
  expect(await run.getAttribute('aria-label')).toBe('Run of train.py --epochs 3, running');
  expect(await run.locator('.num').innerText()).toBe('');
  expect(await barriers(panel)).toEqual([]);
  await run.hover();
  await run.locator('.acts').waitFor();
  expect(await run.getByRole('button', { name: /Copy source|Run again/ }).count()).toBe(0);
  writer.settle({ status: 'ok', executionCount: 1, durationMs: 1 });
  await run.getByRole('button', { name: 'Stop' }).click();
  await run.getByText('exit code 130').waitFor();
  expect(await run.getByRole('button', { name: 'Stop' }).count()).toBe(0);
});
