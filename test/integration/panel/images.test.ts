import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { MimeBundle } from '../../../src/protocol/output.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { png } from '../../support/panelPage/png.js';
import { CHART } from '../../support/panelPage/richScene.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { test } from '../../support/panelPage/test.js';

/** A command that returned that value, in all its forms. */
function returned(panel: PanelPage, result: MimeBundle): void {
  new ScriptedSession(panel.model).add('value').start().returns(result).close();
}

describe('an image', () => {
  test('fits the panel, shows its size, and can be seen in its own', async ({ open }) => {
    const panel = await open({ width: 500 });
    returned(panel, { 'text/plain': '<Figure>', 'image/png': png(900, 200) });
    const command = panel.command(0);
    await command.getByText('PNG, 900 × 200').waitFor();
    const image = command.getByRole('img', { name: '<Figure>' });
    const width = (): Promise<number> => image.evaluate((node) => node.clientWidth);
    expect(await width()).toBeLessThan(500);
    await command.hover();
    await command.getByRole('button', { name: 'Actual size' }).click();
    expect(await width()).toBe(900);
    await command.getByRole('button', { name: 'Fit' }).click();
    expect(await width()).toBeLessThan(500);
  });

  test('has a document beside it, which the panel leaves to whoever opens or saves it', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': '<Figure>', 'image/png': png(90, 20), 'application/pdf': 'JVBERg==' });
    returned(panel, { 'text/plain': '<Document>', 'application/pdf': 'JVBERg==' });
    await panel.command(0).getByRole('img', { name: '<Figure>' }).waitFor();
    expect(await panel.command(0).locator('option').allTextContents()).toEqual(['PNG', 'Text']);
    const document = panel.command(1);
    await document.getByText('PDF cannot be shown here. Open it or save it.').waitFor();
    await document.hover();
    expect(await document.getByRole('button', { name: 'Copy', exact: true }).last().isVisible()).toBe(false);
    await document.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => panel.intents.filter(({ type }) => type === 'form'))
      .toMatchObject([{ mime: 'application/pdf', action: 'save' }]);
  });

  test('that is drawn in the color of the text around it can be read in each theme', async ({ open }) => {
    const svg = '<svg width="9" height="9"><rect width="9" height="9" fill="currentColor"/></svg>';
    for (const theme of ['dark', 'light'] as const) {
      const panel = await open({ theme });
      returned(panel, { 'text/plain': '<Drawing>', 'image/svg+xml': svg });
      const image = panel.command(0).getByRole('img', { name: '<Drawing>' });
      await image.waitFor();
      const [drawn, text] = await image.evaluate((node: HTMLImageElement) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 9, height: 9 }).getContext('2d');
        canvas?.drawImage(node, 0, 0);
        const [red, green, blue] = canvas?.getImageData(4, 4, 1, 1).data ?? [];
        return [`rgb(${String(red)}, ${String(green)}, ${String(blue)})`, getComputedStyle(document.body).color];
      });
      expect(drawn).toBe(text);
    }
  });

  test('comes when it is about to be seen, also after the panel was hidden', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    session
      .add('plot()')
      .start()
      .returns({ 'text/plain': 'plot', 'image/png': png(600, 400, 1) })
      .close();
    for (let index = 0; index < 200; index++) session.ran(`x = ${String(index)}`);
    const panel = await open({ model });
    const asked = (): number => panel.intents.filter(({ type }) => type === 'form').length;
    for (const times of [1, 2]) {
      const plot = panel.commands.filter({ has: panel.page.locator('.source', { hasText: 'plot()' }) });
      await plot.waitFor();
      expect(asked()).toBe(times - 1);
      await plot.scrollIntoViewIfNeeded();
      await plot.getByRole('img').waitFor();
      expect(asked()).toBe(times);
      await panel.page.locator('main').evaluate((log) => log.scrollTo(0, log.scrollHeight));
      await panel.page.waitForFunction(() => !sessionStorage.getItem('state')?.includes('"top"'));
      await panel.hideAndShow();
    }
  });

  test('far from the view is given back, also when it went while it was loaded', async ({ open }) => {
    const panel = await open();
    const image = png(600, 400, 1);
    for (let index = 0; index < 60; index++)
      returned(panel, { 'text/plain': `plot ${String(index)}`, 'image/png': image });
    await panel.page.getByRole('img', { name: 'plot 59' }).waitFor();
    await expect.poll(() => panel.page.getByRole('img').count()).toBeLessThan(20);
  });

  test('in SVG is an image too, and its PNG can be chosen', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': '<Figure>', 'image/svg+xml': CHART, 'image/png': png(56, 22) });
    await panel.command(0).getByText('SVG, 560 × 224').waitFor();
    expect(await panel.command(0).locator('.picture svg').count()).toBe(0);
    await panel.command(0).hover();
    await panel.command(0).getByLabel('Show as').selectOption('PNG');
    await panel.command(0).getByText('PNG, 56 × 22').waitFor();
  });

  test('that is none is no image: the text stands in', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'instead', 'image/png': 'bm8gaW1hZ2U=' });
    await panel.command(0).getByText('instead').waitFor();
    await panel.command(0).getByText('This output (PNG) cannot be read.').waitFor();
  });
});
