import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { themes } from '../../support/panelPage/servedPage.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, eventually, test } from '../../support/panelPage/test.js';

const main = {
  title: 'trips',
  evaluator: 'python',
  session: 'python',
  interpreterLabel: 'Python 3.12 · .venv',
} as const;
const train = { ...main, title: 'train', session: 'two' } as const;

function several(): PanelModel {
  const model = new PanelModel();
  new ScriptedSession(model).ran('len(trips)', { value: '3582628' });
  new ScriptedSession(model, 'two').add('train()').start().stdout('epoch 3\n');
  model.setStatus({ ...main, state: 'idle' }, [
    { ...main, state: 'idle' },
    { ...train, state: 'busy' },
  ]);
  return model;
}

describe('the switcher of sessions', () => {
  test('is not there for one session, whose name is the heading', async ({ open }) => {
    const model = new PanelModel();
    model.setStatus({ ...main, state: 'idle' });
    const panel = await open({ model });
    await panel.page.getByRole('heading', { name: 'trips', level: 1 }).waitFor();
    expect(await panel.header.getByRole('combobox').count()).toBe(0);
  });

  test('names the sessions with their states, and changes the transcript by keyboard', async ({ open }) => {
    const model = several();
    const panel = await open({ model });
    const list = panel.header.getByRole('combobox', { name: 'Session' });
    await list.waitFor();
    expect(await list.locator('option').allTextContents()).toEqual(['trips', 'train · Python 3.12 · .venv · busy']);
    expect(await panel.commands.count()).toBe(1);
    await list.focus();
    await panel.page.keyboard.press('ArrowDown');
    await eventually(() => expect(panel.calls).toEqual(['showSession two']));
    model.setStatus({ ...train, state: 'busy' }, [
      { ...main, state: 'idle' },
      { ...train, state: 'busy' },
    ]);
    await panel.command(0).getByText('epoch 3').waitFor();
    expect(await list.inputValue()).toBe('two');
    await panel.page.setViewportSize({ width: 210, height: 400 });
    const { width = 0 } = (await list.boundingBox()) ?? {};
    expect(width, 'room for the name where the panel is very narrow').toBeGreaterThan(60);
    expect(await list.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  test('runs what is typed in the session that is shown', async ({ open }) => {
    const panel = await open({ model: several() });
    await panel.input.click();
    await panel.page.keyboard.type('1 + 1');
    await panel.page.keyboard.press('Enter');
    await eventually(() => expect(panel.calls).toEqual(['runInput 1 + 1 python']));
  });

  test.for(themes)('is to be read and used by everybody, in a narrow panel too: %s', async (theme, { open }) => {
    const panel = await open({ model: several(), theme, width: 320 });
    const list = panel.header.getByRole('combobox');
    await list.waitFor();
    expect(await barriers(panel)).toEqual([]);
    const fits = await panel.header.evaluate((node) => node.scrollWidth <= node.clientWidth);
    expect(fits).toBe(true);
  });
});
