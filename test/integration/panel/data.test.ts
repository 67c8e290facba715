import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import axe from 'axe-core';
import { describe, expect } from 'vitest';
import { madeUp, openDataPage } from '../../support/panelPage/dataPage.js';
import { eventually, test } from '../../support/panelPage/test.js';
import { dist } from '../../support/project.mjs';

const huge = { rows: 10_000_000, columns: 50 };
const activeText = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => {
    const id = document.querySelector('[role=grid]')?.getAttribute('aria-activedescendant');
    return id ? document.getElementById(id)?.textContent : undefined;
  });

describe('the data grid', () => {
  test('shows any part of ten million rows with few elements and one request at a time', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const { page, problems, asked, mostAtOnce } = await openDataPage(browser, {
      answer: (wanted) => madeUp(wanted, huge),
    });
    await eventually(async () => expect(await activeText(page)).toBe('0'));
    expect(await page.locator('.facts').textContent()).toBe('pandas.DataFrame · 10,000,000 rows × 50 columns');
    const grid = page.getByRole('grid');
    expect(await grid.getAttribute('aria-rowcount')).toBe('10000001');
    expect(await grid.getAttribute('aria-colcount')).toBe('51');

    await page.keyboard.press('Control+End');
    await eventually(async () => expect(await page.getByRole('rowheader').last().textContent()).toBe('10000000'));
    await eventually(async () => expect(await activeText(page)).toBe('{a: [1, 2]}'));
    expect(await page.getByRole('columnheader').last().textContent()).toContain('column 49');

    await grid.evaluate((node) => (node.scrollTop = node.scrollHeight / 2));
    const middle = async (): Promise<number> => Number(await page.getByRole('rowheader').first().textContent());
    await eventually(async () => expect(Math.abs((await middle()) - 5_000_000)).toBeLessThan(1000));
    const before = await middle();
    await page.mouse.move(400, 200);
    await page.mouse.wheel(0, 240);
    await eventually(async () => expect((await middle()) - before).toBeGreaterThan(5));
    expect((await middle()) - before).toBeLessThan(20);

    expect(await page.locator('.cell').count()).toBeLessThan(600);
    expect(mostAtOnce()).toBe(1);
    for (const { rows, columns } of asked) {
      expect((rows[1] - rows[0]) * (columns[1] - columns[0])).toBeLessThan(5000);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('goes by keyboard, selects, and copies what is selected whole', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const { page, copied, asked } = await openDataPage(browser, { answer: (wanted) => madeUp(wanted, huge) });
    await eventually(async () => expect(await activeText(page)).toBe('0'));
    for (const key of ['ArrowDown', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowDown'])
      await page.keyboard.press(key);
    await eventually(async () => expect(await activeText(page)).toBe('row 2'));
    expect(await page.getByRole('gridcell', { selected: true }).count()).toBe(4);
    await page.keyboard.press('Control+c');
    await eventually(() => expect(copied).toEqual(['0.125\trow 1\n0.25\trow 2']));
    await eventually(() => expect(asked.at(-1)).toMatchObject({ rows: [1, 3], columns: [1, 3], full: true }));
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    const table = '| column 1 | column 2 |\n| ---: | --- |\n| 0.125 | row 1 |\n| 0.25 | row 2 |';
    await eventually(() => expect(copied.at(-1)).toBe(table));
    await page.getByText('4 cells copied').waitFor();
    await page.context().close();
  });

  test('sorts and filters by mouse and keyboard, and has it written as code', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    let refuses = false;
    const { page, asked, intents, send } = await openDataPage(browser, {
      answer: (wanted) => (refuses ? "'x' is not a value of this column." : madeUp(wanted, huge)),
    });
    await eventually(async () => expect(await activeText(page)).toBe('0'));
    const head = (column: number) => page.getByRole('columnheader').nth(column + 1); // after that of the index
    await head(1).click();
    await eventually(async () => expect(await head(1).getAttribute('aria-sort')).toBe('ascending'));
    await head(2).click({ modifiers: ['Shift'] });
    await head(2).click({ modifiers: ['Shift'] });
    await eventually(async () => expect(await head(2).getAttribute('aria-sort')).toBe('descending'));
    const sort = [
      { column: 1, descending: false },
      { column: 2, descending: true },
    ];
    await eventually(() => expect(asked.at(-1)).toMatchObject({ sort, filters: [] }));

    await page.getByRole('button', { name: 'Filter…' }).click();
    await page.getByRole('combobox', { name: 'Test' }).selectOption('≥');
    await page.getByRole('textbox', { name: 'Value' }).press('5');
    await page.keyboard.press('Enter');
    await page.getByText('column 0 ≥ 5').waitFor();
    await eventually(() =>
      expect(asked.at(-1)).toMatchObject({ sort, filters: [{ column: 0, test: 'atLeast', value: '5' }] }),
    );
    await page.getByRole('button', { name: 'Convert to Code' }).click();
    await eventually(() => expect(intents.at(-1)).toMatchObject({ type: 'code', steps: { kind: 'pandas.DataFrame' } }));

    await send({ type: 'changed' });
    await page.getByText('The data may have changed since.').waitFor();
    const count = asked.length;
    await page.getByRole('button', { name: 'Refresh' }).click();
    await eventually(() => expect(asked.length).toBe(count + 1));

    refuses = true;
    await page.getByRole('button', { name: 'Filter…' }).click();
    await page.keyboard.type('x');
    await page.keyboard.press('Enter');
    await page.getByText("'x' is not a value of this column.").waitFor();
    expect(await page.getByRole('listitem').count()).toBe(1);
    refuses = false;
    await page.getByRole('button', { name: 'Remove the filter column 0 ≥ 5' }).click();
    await eventually(async () => expect(await page.getByRole('listitem').count()).toBe(0));
    await eventually(() => expect(asked.at(-1)).toMatchObject({ sort, filters: [] }));
    await page.context().close();
  });

  test('has columns that become wider and narrower, and hides them', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const { page, copied, problems } = await openDataPage(browser, { answer: (wanted) => madeUp(wanted, huge) });
    await eventually(async () => expect(await activeText(page)).toBe('0'));
    const head = (name: string) => page.getByRole('columnheader', { name });
    const width = async (name: string): Promise<number> => (await head(name).boundingBox())?.width ?? 0;
    const before = await width('column 0');
    await page.keyboard.press('Alt+ArrowRight');
    await eventually(async () => expect(await width('column 0')).toBe(before + 16));
    const edge = await head('column 0').locator('.edge').boundingBox();
    await page.mouse.move((edge?.x ?? 0) + 4, (edge?.y ?? 0) + 4);
    await page.mouse.down();
    await page.mouse.move((edge?.x ?? 0) + 54, (edge?.y ?? 0) + 4);
    await page.mouse.up();
    await eventually(async () => expect(await width('column 0')).toBe(before + 66));
    expect(await head('column 0').getAttribute('aria-sort')).toBe('none');
    await head('column 0').locator('.edge').dblclick();
    await eventually(async () => expect(await width('column 0')).toBeLessThan(before + 30));

    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Hide Column' }).click();
    await page.getByText('1 column hidden').waitFor();
    await eventually(async () => expect(await head('column 1').count()).toBe(0));
    await eventually(async () => expect(await activeText(page)).toBe('row 0'));
    await page.keyboard.press('ArrowLeft');
    await eventually(async () => expect(await activeText(page)).toBe('0'));
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Control+c');
    await eventually(() => expect(copied).toEqual(['0\trow 0']));
    await page.getByRole('button', { name: 'Show All Columns' }).click();
    await head('column 1').waitFor();

    const pin = page.getByRole('button', { name: 'Pin Column' });
    await pin.click();
    await eventually(async () => expect(await pin.getAttribute('aria-pressed')).toBe('true'));
    const left = async (name: string): Promise<number> => (await head(name).boundingBox())?.x ?? 0;
    await page.keyboard.press('End');
    await head('column 49').waitFor();
    await page.keyboard.press('Control+ArrowDown');
    await eventually(async () =>
      expect(await page.locator('.pins [role=gridcell]').last().textContent()).toMatch(/999/),
    );
    expect(await left('column 2')).toBe((await page.locator('.head .pins').boundingBox())?.x);
    if (process.env.EXTSESSION_PICTURES)
      await page.screenshot({ path: path.join(dist, 'screenshots', 'data-pinned.png') });
    await head('column 2').click();
    await eventually(async () => expect(await head('column 2').getAttribute('aria-sort')).toBe('ascending'));
    await page.locator('.pins [role=gridcell]').nth(3).click();
    await eventually(async () => expect(await pin.getAttribute('aria-pressed')).toBe('true'));
    await pin.click();
    await eventually(async () => expect(await page.locator('.pins [role=columnheader]').count()).toBe(0));
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('follows changes, says what it waits for, and why there is nothing', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    let rows = 3;
    const { page, send } = await openDataPage(browser, {
      answer: (wanted) => (rows === 0 ? 'The data is no longer in the session.' : madeUp(wanted, { rows, columns: 2 })),
    });
    await eventually(async () => expect(await page.getByRole('rowheader').count()).toBe(3));
    rows = 5;
    await send({ type: 'changed' });
    await eventually(async () => expect(await page.getByRole('rowheader').count()).toBe(5));
    await send({ type: 'waiting', on: 'command' });
    await page.getByText('Waiting for the running command…').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await send({ type: 'waiting', on: 'nothing' });
    rows = 0;
    await send({ type: 'changed' });
    await page.getByText('The data is no longer in the session.').waitFor();
    rows = 1;
    await send({ type: 'changed' });
    await eventually(async () => expect(await page.getByRole('rowheader').count()).toBe(1));
    await page.context().close();
  });

  test.for([
    ['dark', 900, 400],
    ['hc', 900, 400],
    ['light', 320, 480],
  ] as const)('has no barriers in %s, %i by %i', async ([theme, width, height], { browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const answer = (wanted: Parameters<typeof madeUp>[0]) => ({ ...madeUp(wanted, huge), shape: [3, 4, 5] });
    const { page } = await openDataPage(browser, { answer, theme, size: { width, height } });
    await eventually(async () => expect(await activeText(page)).toBe('0'));
    for (const key of ['ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight']) await page.keyboard.press(key);
    await eventually(async () => expect(await page.getByRole('gridcell', { selected: true }).count()).toBe(4));
    await page.getByRole('columnheader').nth(2).click();
    await page.getByRole('button', { name: 'Filter…' }).click();
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').waitFor();
    await page.getByRole('button', { name: 'Filter…' }).click();
    if (process.env.EXTSESSION_PICTURES) {
      mkdirSync(path.join(dist, 'screenshots'), { recursive: true });
      await page.screenshot({ path: path.join(dist, 'screenshots', `data-${theme}-${String(width)}.png`) });
    }
    await page.evaluate(axe.source);
    const found = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
    );
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
    await page.context().close();
  });
});
