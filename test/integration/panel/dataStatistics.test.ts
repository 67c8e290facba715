import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { describe, expect } from 'vitest';
import { madeUp, madeUpStatistics, openDataPage } from '../../support/panelPage/dataPage.js';
import { eventually, test } from '../../support/panelPage/test.js';
import { dist } from '../../support/project.mjs';

const size = { rows: 10_000_000, columns: 50 };
const answer = (wanted: Parameters<typeof madeUp>[0]) => madeUp(wanted, size);

describe('the statistics of a column', () => {
  test('follow the active cell, filter by a value, and close by keyboard', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const { page, asked, intents, problems } = await openDataPage(browser, { answer, statistics: madeUpStatistics });
    await page.getByRole('gridcell').first().waitFor();
    const button = page.getByRole('button', { name: 'Statistics', exact: true });
    await button.click();
    const pane = page.getByRole('complementary', { name: 'Column Statistics' });
    await pane.getByRole('heading', { name: 'column 0' }).waitFor();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    await expect
      .poll(() => pane.getByRole('definition').allTextContents())
      .toEqual([
        '10,000,000',
        '909,090 (9.1%)',
        'more than 1,000,000',
        '0',
        '2.5',
        '1234567890123.25',
        '9999999000000',
        '12.000000000000002',
      ]);
    expect(await pane.getByRole('img').getAttribute('aria-label')).toBe(
      'Histogram from 0 to 9999999000000. The largest bin, 9 of 20, has 1,000 values.',
    );
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowRight');
    await pane.getByRole('heading', { name: 'column 1' }).waitFor();
    await page.getByText('column 1, Rows: 10,000,000, Missing: 909,090 (9.1%)').waitFor();
    await pane.getByRole('button', { name: '7.5' }).click();
    await page.getByText('column 1 = 7.5').waitFor();
    await eventually(() =>
      expect(asked.at(-1)).toMatchObject({ filters: [{ column: 1, test: 'equals', value: '7.5' }] }),
    );
    await eventually(() =>
      expect(intents.at(-1)).toMatchObject({ type: 'statistics', column: 1, filters: [{ column: 1, test: 'equals' }] }),
    );
    await pane.press('Escape');
    expect(await pane.isVisible()).toBe(false);
    expect(await page.getByRole('grid').evaluate((node) => node === document.activeElement)).toBe(true);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('that take long give way to cells, and come when those are there', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    let isSlow = true;
    const { page, intents, send } = await openDataPage(browser, {
      answer,
      statistics: (wanted) => (isSlow ? undefined : madeUpStatistics(wanted)),
    });
    await page.getByRole('gridcell').first().waitFor();
    await page.getByRole('button', { name: 'Statistics', exact: true }).click();
    const last = () => intents.at(-1);
    await eventually(() => expect(last()?.type).toBe('statistics'));
    const first = last();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+End');
    await eventually(() => expect(last()?.type).toBe('cancel'));
    isSlow = false;
    await send({ type: 'failed', number: first && 'number' in first ? first.number : 0 });
    await page.getByRole('heading', { name: 'column 49' }).waitFor();
    expect(intents.filter(({ type }) => type === 'cancel')).toHaveLength(1);
    expect(await page.getByText('Cancelled').count()).toBe(0);
    await page.context().close();
  });

  test.for([
    ['dark', 900, 460],
    ['hc', 900, 460],
    ['hc-light', 900, 460],
    ['light', 320, 600],
  ] as const)('have no barriers in %s, %i by %i', async ([theme, width, height], { browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const options = { answer, statistics: madeUpStatistics, theme, size: { width, height } };
    const { page } = await openDataPage(browser, options);
    await page.getByRole('gridcell').first().waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByRole('button', { name: 'Statistics', exact: true }).click();
    await page.getByRole('heading', { name: 'column 0' }).waitFor();
    const active = page.locator('.cell[id]');
    const colors = await active.evaluate((node) => {
      const { color, backgroundColor, outlineStyle } = getComputedStyle(node);
      return { color, backgroundColor, body: getComputedStyle(document.body).backgroundColor, outlineStyle };
    });
    expect(colors.outlineStyle).toBe('solid');
    expect([colors.backgroundColor, colors.body]).not.toContain(colors.color);
    if (process.env.EXTSESSION_PICTURES) {
      mkdirSync(path.join(dist, 'screenshots'), { recursive: true });
      await page.screenshot({ path: path.join(dist, 'screenshots', `statistics-${theme}-${String(width)}.png`) });
    }
    await page.evaluate(axe.source);
    const found = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
    );
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
    await page.context().close();
  });
});
