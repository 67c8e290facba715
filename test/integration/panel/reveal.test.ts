import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { eventually, test } from '../../support/panelPage/test.js';

const COUNT = 200;

describe('a command that the editor points at', () => {
  test('comes into view and has the focus', async ({ open }) => {
    const { model, keyOf } = manyCommands();
    const panel = await open({ model });
    await panel.command(COUNT - 1).waitFor();
    await panel.command(0).waitFor({ state: 'attached' });
    panel.reveal(keyOf(30));
    await isAt(panel, 'value_30');
    panel.reveal(keyOf(170));
    await isAt(panel, 'value_170');
    await panel.page.keyboard.press('c');
    await eventually(() => expect(panel.copied).toEqual(['value_170']));
  });

  test('does so too when the panel has just been opened, and does not have it yet', async ({ open }) => {
    const { model, keyOf } = manyCommands();
    const panel = await open({ model });
    await panel.commands.first().waitFor();
    panel.reveal(keyOf(3));
    await isAt(panel, 'value_3');
  });

  test('is unfolded', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    session.ran('first = 1');
    session.ran('if first:\n    second = 2');
    const panel = await open({ model });
    await panel.command(1).press('ArrowLeft');
    await panel.command(1).getByText('second').waitFor({ state: 'hidden' });
    await panel.command(0).focus();
    panel.reveal(model.keys()[1] ?? 0);
    await isAt(panel, 'second');
    await panel.command(1).getByText('second').waitFor();
  });
});

function manyCommands(): { model: PanelModel; keyOf: (index: number) => number } {
  const model = new PanelModel();
  const session = new ScriptedSession(model);
  for (let index = 0; index < COUNT; index++) session.ran(`value_${String(index)}`, { value: String(index) });
  return { model, keyOf: (index) => model.keys()[index] ?? 0 };
}

/** Waits until the focus is on the card with that source, which can be seen as a whole. */
async function isAt({ page }: PanelPage, source: string): Promise<void> {
  await page.waitForFunction((text) => {
    const node = document.activeElement?.closest('article');
    const log = document.querySelector('.log')?.getBoundingClientRect();
    const place = node?.getBoundingClientRect();
    const isThere = node?.querySelector('.source')?.textContent.split(/\W+/).includes(text) === true;
    return isThere && log && place && place.top >= log.top - 1 && place.bottom <= log.bottom + 1;
  }, source);
}
