import { expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, eventually, test } from '../../support/panelPage/test.js';

test('the panel measures how many characters fit in a line, again when its width or its font changes', async ({
  open,
}) => {
  const model = new PanelModel();
  new ScriptedSession(model)
    .add('print()')
    .start()
    .stderr(`${'x'.repeat(300)}\n`)
    .ok()
    .close();
  const panel = await open({ model });
  const line = panel.page.locator('.out.stderr .tl');
  /** Of the first row of a text that wraps. */
  const fitting = async (): Promise<number> => {
    await line.waitFor();
    return line.evaluate((node) => {
      const text = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
      const range = document.createRange();
      let count = 0;
      if (!text) return 0;
      range.setStart(text, 0);
      while (range.getClientRects().length <= 1) range.setEnd(text, ++count);
      return count - 1;
    });
  };
  await eventually(async () => expect(panel.columns).toBe(await fitting()));
  const before = panel.columns;
  await panel.page.setViewportSize({ width: 900, height: 800 });
  await eventually(async () => expect([panel.columns, panel.columns === before]).toEqual([await fitting(), false]));
  panel.set({ fontSize: 20 });
  await eventually(async () => {
    expect(panel.columns).toBeLessThan(75);
    expect(panel.columns).toBe(await fitting());
  });
  expect(await barriers(panel)).toEqual([]);
});
