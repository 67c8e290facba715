import { expect } from 'vitest';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { test } from '../../support/panelPage/test.js';

/** The user has opened the panel, and is in the Command Palette when its page is there. */
async function openLate(panel: PanelPage): Promise<void> {
  await panel.input.waitFor();
  await panel.page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    Reflect.set(document, 'hasFocus', () => false);
  });
  panel.giveFocus();
  // Comes after it.
  new ScriptedSession(panel.model).ran('after_focus');
  await panel.page.locator('.source', { hasText: 'after_focus' }).waitFor();
}

const isTyping = (panel: PanelPage): Promise<boolean> =>
  panel.input.evaluate((node) => node.contains(document.activeElement));

test('an opened panel does not call back a user who is elsewhere, and takes the keys when they come', async ({
  open,
}) => {
  const panel = await open();
  await openLate(panel);
  expect(await isTyping(panel)).toBe(false);
  await panel.page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
  await expect.poll(() => isTyping(panel)).toBe(true);
});

test('a click in the panel chooses what has the focus', async ({ open }) => {
  const panel = await open();
  await openLate(panel);
  await panel.page.evaluate(() => {
    window.dispatchEvent(new PointerEvent('pointerdown'));
    window.dispatchEvent(new FocusEvent('focus'));
  });
  expect(await isTyping(panel)).toBe(false);
});
