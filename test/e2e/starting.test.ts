import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('keys that are pressed before the extension is there run code and leave the text as it is', async ({ open }) => {
  const cells = '# %% one\nearly = 6\nearly * 7\n# %% two\nearly * 10\n';
  const window = await open({ files: { 'early.py': cells }, server: {} });
  const { page } = window;
  await window.openFile('early.py');
  await window.goToLine(2);

  const start = await holdBackExtensions(page);
  await window.problems.leaveOut(() => page.reload().then(() => undefined));
  await page.locator('.editor-instance .view-line', { hasText: 'early * 7' }).click();
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Shift+Enter');
  start();

  await window.panel.command('early = 6').becomes('done');
  await window.editor.shows('42');
  await window.cursorAt(4);
  await expect.poll(() => window.panel.commands.count()).toBe(2);
  expect(await page.locator('.editor-instance .view-line').allInnerTexts()).toHaveLength(cells.split('\n').length);
});

/** Cuts the page's next extension host off, which it speaks to through its second socket, until the returned function is called. */
async function holdBackExtensions(page: Page): Promise<() => void> {
  let sockets = 0;
  let start = (): void => undefined;
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  await page.routeWebSocket(/reconnectionToken/, (socket) => {
    const server = socket.connectToServer();
    if (++sockets !== 2) return;
    socket.onMessage((message) => void started.then(() => server.send(message)));
  });
  return start;
}
