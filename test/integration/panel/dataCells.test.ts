import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { CellDetail, DataWindow } from '../../../src/protocol/data.js';
import { madeUp, openDataPage } from '../../support/panelPage/dataPage.js';
import { eventually, test } from '../../support/panelPage/test.js';
import { dist } from '../../support/project.mjs';

const PIXEL =
  'image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const size = { rows: 50, columns: 6 };

/** What axe-core finds. */
async function flaws(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}

/** A list of 250, whose items are dicts with a number. */
function cellOf({ path: at = [], start = 0 }: { path?: readonly number[]; start?: number }): CellDetail {
  const isItem = at.length === 1;
  const items = isItem
    ? [{ name: "'fare'", type: 'float', summary: '7.5' }]
    : Array.from({ length: Math.min(100, 250 - start) }, (_, each) => ({
        name: `[${String(start + each)}]`,
        type: 'dict',
        summary: "{'fare': 7.5}",
        parts: 1,
      }));
  return { type: 'list', cell: ['o', '[…]'], total: isItem ? 1 : 250, items };
}

describe('a cell of the data grid', () => {
  for (const theme of ['dark', 'light', 'hc', 'hc-light'] as const) {
    test(`opens beside the table, a page at a time, by the keyboard: ${theme}`, async ({ browser, skip }) => {
      if (typeof browser === 'string') return skip(browser);
      const shown = await openDataPage(browser, {
        answer: (wanted) => madeUp(wanted, size),
        cell: cellOf,
        theme,
        size: { width: 1000, height: 500 },
      });
      const { page, problems, intents } = shown;
      await page.getByRole('rowheader').nth(2).waitFor();
      await page.getByRole('grid').press('ArrowRight');
      await page.getByRole('grid').press('Enter');
      const pane = page.getByRole('complementary', { name: 'Cell' });
      await pane.getByRole('heading', { name: 'column 1' }).waitFor();
      expect(await pane.evaluate((node) => node === document.activeElement)).toBe(true);
      await expect.poll(() => pane.getByRole('listitem').count()).toBe(101);
      await pane.getByRole('button', { name: '[1]', exact: true }).press('Enter');
      await pane.getByText("'fare': 7.5", { exact: true }).waitFor();
      await pane.getByRole('button', { name: '150 more' }).press('Enter');
      await pane.getByText('[150]').waitFor();
      expect(
        await pane.getByRole('button', { name: '[100]' }).evaluate((node) => node === document.activeElement),
      ).toBe(true);
      const branch = pane.getByRole('listitem').filter({ hasText: '[100]' }).last();
      const [arrow, words] = [await branch.locator('svg').boundingBox(), await branch.locator('.kv').boundingBox()];
      expect(Math.abs((arrow?.y ?? 0) - (words?.y ?? 0))).toBeLessThan(6);
      const wanted = [
        { row: 0, column: 1, path: [], start: 0 },
        { path: [1], start: 0 },
        { path: [], start: 100 },
      ];
      await expect.poll(() => intents.filter(({ type }) => type === 'cell')).toMatchObject(wanted);
      expect(await flaws(page)).toEqual([]);
      mkdirSync(path.join(dist, 'screenshots'), { recursive: true });
      await page.screenshot({ path: path.join(dist, 'screenshots', `data-cell-${theme}.png`) });
      await page.keyboard.press('Escape');
      expect(await pane.isHidden()).toBe(true);
      expect(await page.getByRole('grid').evaluate((node) => node === document.activeElement)).toBe(true);
      expect(problems).toEqual([]);
      await page.context().close();
    });
  }

  test('keeps open what is open of it when the data is read again, and not of another cell', async ({
    browser,
    skip,
  }) => {
    if (typeof browser === 'string') return skip(browser);
    let fare = 7;
    const { page, send } = await openDataPage(browser, {
      answer: (wanted) => madeUp(wanted, size),
      cell: (asked) => {
        const found = cellOf(asked);
        return { ...found, items: found.items.map((item) => ({ ...item, summary: `fare ${String(fare)}` })) };
      },
    });
    await page.getByRole('gridcell').first().dblclick();
    const pane = page.getByRole('complementary', { name: 'Cell' });
    const branch = pane.getByRole('button', { name: '[1]', exact: true });
    await branch.click();
    await pane.getByText("'fare': fare 7").waitFor();
    fare = 8;
    await send({ type: 'changed' });
    await pane.getByText("'fare': fare 8").waitFor();
    expect(await branch.getAttribute('aria-expanded')).toBe('true');
    await page.getByRole('grid').press('ArrowDown');
    fare = 9;
    await send({ type: 'changed' });
    await pane.getByText('[1]: fare 9').waitFor();
    expect(await branch.getAttribute('aria-expanded')).toBe('false');
    await page.context().close();
  });

  test('shows pictures, which are small in the table', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const { page } = await openDataPage(browser, {
      answer: (wanted): DataWindow => {
        const window = madeUp(wanted, size);
        return { ...window, cells: window.cells.map((cells) => cells.map(() => ['i', PIXEL])) };
      },
      cell: () => ({ type: 'bytes', cell: ['v', "b'…'"], image: PIXEL, total: 0, items: [] }),
    });
    const picture = page.getByRole('gridcell').first().getByRole('img', { name: 'Picture' });
    await eventually(async () => expect(await picture.evaluate((node: HTMLImageElement) => node.naturalWidth)).toBe(1));
    await page.getByRole('gridcell').first().dblclick();
    await page.getByRole('complementary', { name: 'Cell' }).getByRole('img').waitFor();
    expect(await page.getByRole('complementary').locator('pre').textContent()).toBe("b'…'");
    await page.context().close();
  });
});

test('a small picture of very many pixels is not drawn in the data grid', async ({ browser, skip }) => {
  if (typeof browser === 'string') return skip(browser);
  const png = Buffer.from(PIXEL.split(',')[1] ?? '', 'base64');
  png.writeUInt32BE(30_000, 16);
  png.writeUInt32BE(30_000, 20);
  const image = `image/png;base64,${png.toString('base64')}`;
  const { page } = await openDataPage(browser, {
    answer: (wanted): DataWindow => {
      const window = madeUp(wanted, size);
      return { ...window, cells: window.cells.map((cells) => cells.map(() => ['i', image])) };
    },
    cell: () => ({ type: 'bytes', cell: ['v', "b'…'"], image, total: 0, items: [] }),
  });
  const cell = page.getByRole('gridcell').first();
  await cell.getByText('Picture').waitFor();
  await cell.dblclick();
  await page.getByRole('complementary', { name: 'Cell' }).getByText("b'…'").waitFor();
  expect(await page.locator('img').count()).toBe(0);
  await page.context().close();
});

describe('the tools of the data grid', () => {
  test('are icons, of which those without room are in a menu', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const { page, problems } = await openDataPage(browser, {
      answer: (wanted) => madeUp(wanted, size),
      size: { width: 1000, height: 400 },
    });
    const bar = page.getByRole('toolbar');
    const more = bar.getByRole('button', { name: 'More Actions' });
    await page.getByRole('rowheader').nth(2).waitFor();
    expect(await more.isHidden()).toBe(true);
    expect(await bar.getByRole('button').count()).toBe(9);
    await page.setViewportSize({ width: 170, height: 400 });
    await more.waitFor();
    expect(await bar.getByRole('button', { name: 'Save As…' }).isHidden()).toBe(true);
    await more.press('Enter');
    await page.getByRole('menuitem', { name: 'Save As…' }).waitFor();
    await page.keyboard.press('ArrowUp');
    expect(
      await page.getByRole('menuitem', { name: 'Save As…' }).evaluate((node) => node === document.activeElement),
    ).toBe(true);
    expect(await flaws(page)).toEqual([]);
    await page.screenshot({ path: path.join(dist, 'screenshots', 'data-menu.png') });
    await page.keyboard.press('Escape');
    expect(await more.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await page.getByRole('menu').count()).toBe(0);
    await more.press('Enter');
    await page.getByRole('menuitemcheckbox', { name: 'Pin Column' }).click();
    await page.setViewportSize({ width: 1000, height: 400 });
    expect(await bar.getByRole('button', { name: 'Pin Column' }).getAttribute('aria-pressed')).toBe('true');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('filter by an expression, with what is wrong with it beside it', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const { page, asked } = await openDataPage(browser, {
      answer: (wanted) =>
        wanted.filters?.[0]?.value === 'fare >' ? 'SyntaxError: invalid syntax' : madeUp(wanted, size),
    });
    await page.getByRole('rowheader').nth(2).waitFor();
    await page.getByRole('button', { name: 'Filter…' }).click();
    await page.getByLabel('Column', { exact: true }).selectOption('Expression');
    const box = page.getByRole('textbox', { name: 'Value' });
    expect(await box.getAttribute('placeholder')).toBe('`column 0` > 10');
    await box.fill('fare >');
    await box.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'SyntaxError: invalid syntax' }).waitFor();
    expect(await box.getAttribute('aria-invalid')).toBe('true');
    await page.screenshot({ path: path.join(dist, 'screenshots', 'data-expression.png') });
    await box.fill('fare > 3');
    await box.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'fare > 3' }).waitFor();
    expect(await box.isHidden()).toBe(true);
    await eventually(() =>
      expect(asked.at(-1)?.filters).toEqual([{ column: -1, test: 'expression', value: 'fare > 3' }]),
    );
    await page.context().close();
  });

  test('choose one of several tables, without the filters of another one', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const { page, asked } = await openDataPage(browser, {
      answer: (wanted) => ({ ...madeUp(wanted, size), choices: ['height', 'speed'] }),
    });
    await page.getByRole('rowheader').nth(2).waitFor();
    await page.getByRole('columnheader', { name: 'column 1' }).click();
    await page
      .getByRole('columnheader', { name: 'column 1', exact: false })
      .and(page.locator('[aria-sort=ascending]'))
      .waitFor();
    await page.getByLabel('Variable').selectOption('speed');
    await eventually(() => expect(asked.at(-1)).toMatchObject({ choice: 1 }));
    await eventually(() => expect(asked.at(-1)?.sort).toBeUndefined());
    await eventually(async () => expect(await page.locator('[aria-sort=ascending]').count()).toBe(0));
    await page.context().close();
  });
});
