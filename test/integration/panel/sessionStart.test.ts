import { describe, expect } from 'vitest';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, eventually, test } from '../../support/panelPage/test.js';

describe('what was printed at the start of a session', () => {
  test('stands above the first command, says what it is, and offers to copy its output alone', async ({ open }) => {
    const model = new PanelModel();
    const writer = new ResultsWriter({ id: 0, executionCount: 0 });
    writer.start();
    writer.append(0, Buffer.from('hello from site\n'));
    writer.settle({ status: 'ok', executionCount: 0, durationMs: 40 });
    model.addStart({ evaluator: 'python', results: writer.results });
    new ScriptedSession(model).add('1 + 1').start().ok(1, '2');
    const panel = await open({ model });
    const start = panel.command(0);
    expect(await start.getAttribute('aria-label')).toBe('Printed at the start of the session');
    expect(await start.locator('.source').innerText()).toBe('Printed at the start of the session');
    expect(await start.locator('.num').innerText()).toBe('');
    expect(await start.locator('.out.stdout').innerText()).toContain('hello from site');
    await start.hover();
    await start.locator('.acts').waitFor();
    expect(await start.getByRole('button', { name: /Copy source|Run again/ }).count()).toBe(0);
    await start.press('r');
    await start.press('o');
    await start.locator('.out.stdout').waitFor({ state: 'hidden' });
    expect(panel.calls.filter((call) => call.startsWith('runAgain'))).toEqual([]);
    expect(await barriers(panel)).toEqual([]);
  });

  test('is told apart from what a command of an earlier window printed after its end', async ({ open }) => {
    const model = new PanelModel();
    const writer = new ResultsWriter({ id: 0, executionCount: 0 });
    writer.start();
    writer.append(0, Buffer.from('thread 3\n'));
    writer.settle({ status: 'ok', executionCount: 0, durationMs: 40 });
    model.addStart({ evaluator: 'python', results: writer.results, isLate: true });
    const panel = await open({ model });
    const late = panel.command(0);
    expect(await late.getAttribute('aria-label')).toBe('Printed by an earlier command after its end');
    expect(await late.locator('.source').innerText()).toBe('Printed by an earlier command after its end');
    expect(await late.innerText()).not.toContain('start of the session');
  });

  test('startup commands are folded to their first line, and their errors are visible', async ({ open }) => {
    const model = new PanelModel();
    const writer = new ResultsWriter({ id: 1, executionCount: 0 });
    writer.start();
    const source = 'import numpy as np\nimport pandas as pd';
    model.addStart({ evaluator: 'python', source, results: writer.results });
    const message = "No module named 'pandas'";
    const error = { name: 'ModuleNotFoundError', message, traceback: `ModuleNotFoundError: ${message}\n`, frames: [] };
    writer.settle({ status: 'error', executionCount: 0, durationMs: 40, error });
    const panel = await open({ model });
    const start = panel.command(0);
    await start.getByText(message, { exact: true }).waitFor();
    expect(await start.getAttribute('aria-label')).toBe('Startup commands, failed');
    expect(await start.locator('.source').innerText()).toBe('import numpy as np\n… 1 more line');
    await start.press('i');
    await start.getByText('import pandas as pd').waitFor();
    await eventually(async () => {
      expect(await panel.page.evaluate(() => sessionStorage.getItem('state'))).toContain('"usual"');
    });
    await panel.hideAndShow();
    await start.getByText('import pandas as pd').waitFor();
    expect(await barriers(panel)).toEqual([]);
  });
});
