import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { eventually, test } from '../../support/panelPage/test.js';
import { inInputLine } from '../../support/panelPage/inputLine.js';

describe('the history of the input line', () => {
  test('remembers each language apart', async ({ open }) => {
    const model = new PanelModel();
    const panel = await inInputLine(await open({ model, history: ['x = 1'] }));
    const { keyboard } = panel.page;
    model.setStatus({ title: 'trips', evaluator: 'javascript', state: 'idle' });
    await panel.page.getByText('Type JavaScript code').waitFor();
    await keyboard.press('ArrowUp');
    expect(await panel.typed()).toBe('');
    await keyboard.type('let y = 2');
    await keyboard.press('Enter');
    await panel.page.getByText('Type JavaScript code').waitFor();
    await keyboard.press('ArrowUp');
    expect(await panel.typed()).toBe('let y = 2');
    await keyboard.press('ArrowUp');
    expect(await panel.typed()).toBe('let y = 2');
    await keyboard.press('ArrowDown');
    model.setStatus({ title: 'trips', evaluator: 'python', state: 'idle' });
    await panel.page.getByText('Type Python code').waitFor();
    await keyboard.press('ArrowUp');
    expect(await panel.typed()).toBe('x = 1');
  });

  test('walks through what was typed before, and comes back to the draft', async ({ open }) => {
    const panel = await inInputLine(await open({ history: ['x = 1', 'def f():\n    return 1', 'y = 2'] }));
    const { keyboard } = panel.page;
    await keyboard.type('dra');
    await keyboard.press('ArrowUp');
    expect(await panel.typed()).toBe('dra');
    await keyboard.press('Control+a');
    await keyboard.press('Delete');
    await keyboard.press('ArrowUp');
    expect(await panel.typed()).toBe('y = 2');
    await keyboard.press('ArrowUp');
    expect(await panel.typed()).toBe('def f():\n    return 1');
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowUp');
    expect(await panel.typed()).toBe('x = 1');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    expect(await panel.typed()).toBe('');
  });

  test('searches what was typed before', async ({ open }) => {
    const panel = await inInputLine(await open({ history: ['df.head()', 'import os', 'df.groupby("zone")'] }));
    await panel.page.keyboard.type('group');
    await panel.page.keyboard.press('Control+r');
    await panel.suggestions.first().waitFor();
    expect(await panel.suggestions.allInnerTexts()).toEqual(['df.groupby("zone")']);
    await panel.page.keyboard.press('Enter');
    expect(await panel.typed()).toBe('df.groupby("zone")');
  });

  test('searches what was typed before while the session is asked what it knows', async ({ open }) => {
    const panel = await inInputLine(await open({ history: ['import os', 'df.groupby("zone")'] }));
    let answer: ((completions: undefined) => void) | undefined;
    panel.complete = () => new Promise((resolve) => (answer = resolve));
    await panel.page.keyboard.type('group');
    await eventually(() => expect(answer).toBeDefined());
    await panel.page.keyboard.press('Control+r');
    answer?.(undefined);
    await panel.suggestions.first().waitFor();
    expect(await panel.suggestions.allInnerTexts()).toEqual(['df.groupby("zone")']);
  });
});
