import { describe, expect } from 'vitest';
import type { MimeBundle } from '../../../src/protocol/output.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { dataFrame, STYLED_FRAME } from '../../support/panelPage/richScene.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, test } from '../../support/panelPage/test.js';

/** A command that returned that value, in all its forms. */
function returned(panel: PanelPage, result: MimeBundle): void {
  new ScriptedSession(panel.model).add('value').start().returns(result).close();
}

describe('a table', () => {
  test('keeps its head in sight, tells numbers from words, and says how much there is', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'df', 'text/html': dataFrame });
    const command = panel.command(0);
    await command.getByText('3,401,977 rows × 5 columns · 5 shown').waitFor();
    const styles = await command.locator('table').evaluate((table: HTMLTableElement) => {
      const cells = [
        table.tHead?.rows[0]?.cells[2],
        table.tBodies[0]?.rows[0]?.cells[2],
        table.tBodies[0]?.rows[0]?.cells[3],
      ];
      return cells.map((cell) => cell && getComputedStyle(cell)).map((style) => [style?.position, style?.textAlign]);
    });
    expect(styles).toEqual([
      ['sticky', 'left'],
      ['static', 'left'],
      ['static', 'right'],
    ]);
  });

  test('that was cut in the middle still tells numbers from words, and counts what it shows', async ({ open }) => {
    const panel = await open();
    const omission = `<tr><th>...</th>${'<td>...</td>'.repeat(5)}</tr>`;
    returned(panel, { 'text/plain': 'df', 'text/html': dataFrame.replace('<tr><th>2', `${omission}<tr><th>2`) });
    const command = panel.command(0);
    await command.getByText('3,401,977 rows × 5 columns · 5 shown').waitFor();
    const words = await command.locator('tbody tr').first().locator('td').allInnerTexts();
    expect(await command.locator('tbody tr').first().locator('td.words').allInnerTexts()).toEqual(words.slice(0, 2));
  });

  test('that is a data frame is sorted by a column, its labels with it', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'df', 'text/html': dataFrame });
    const command = panel.command(0);
    const tip = command.getByRole('columnheader', { name: 'tip' });
    const labels = (): Promise<string[]> => command.locator('tbody th').allInnerTexts();
    await tip.getByRole('button').click();
    expect(await tip.getAttribute('aria-sort')).toBe('ascending');
    // What is missing comes last.
    expect(await labels()).toEqual(['1', '4', '2', '0', '3']);
    await tip.getByRole('button').click();
    expect(await tip.getAttribute('aria-sort')).toBe('descending');
    expect(await labels()).toEqual(['0', '2', '4', '1', '3']);
    await command.getByRole('button', { name: 'zone' }).click();
    expect(await labels()).toEqual(['3', '2', '1', '0', '4']);
    expect(await command.locator('[aria-sort]').allInnerTexts()).toEqual(['zone']);
    await command.getByRole('button', { name: 'fare' }).click();
    expect(await labels()).toEqual(['4', '0', '2', '3', '1']);
    for (let click = 0; click < 2; click++) await command.getByRole('button', { name: 'fare' }).click();
    expect(await labels()).toEqual(['0', '1', '2', '3', '4']);
    expect(await command.locator('[aria-sort]').count()).toBe(0);
    expect(await barriers(panel)).toEqual([]);
  });

  test('is sorted by keyboard, with one tab stop for its heads', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'df', 'text/html': dataFrame });
    const command = panel.command(0);
    const { keyboard } = panel.page;
    await command.getByRole('group', { name: 'Table' }).focus();
    await keyboard.press('Tab');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    const distance = command.getByRole('columnheader', { name: 'distance' });
    expect(await distance.getAttribute('aria-sort')).toBe('ascending');
    expect(await command.locator('tbody th').first().innerText()).toBe('4');
    await keyboard.press('Tab');
    expect(await command.locator('button.sort:focus').count()).toBe(0);
    await keyboard.press('Shift+Tab');
    expect(await command.locator('button.sort:focus').innerText()).toBe('distance');
  });

  test('whose rows belong together, or that is no data frame, is not sorted', async ({ open }) => {
    const panel = await open();
    const spanned = '<tr><th rowspan="2">a</th><td>1</td></tr><tr><td>2</td></tr>';
    const head = '<thead><tr><th></th><th>x</th></tr></thead>';
    returned(panel, {
      'text/plain': 'a',
      'text/html': `<table class="dataframe">${head}<tbody>${spanned}</tbody></table>`,
    });
    returned(panel, { 'text/plain': 'b', 'text/html': dataFrame.replace('class="dataframe"', '') });
    for (const index of [0, 1]) await panel.command(index).locator('table').waitFor();
    expect(await panel.page.locator('button.sort').count()).toBe(0);
  });

  test('of many kinds of heads is sorted by the names of its columns', async ({ open }) => {
    const panel = await open();
    const rows = ['b', 'a', 'c'].map((name, row) => `<tr><td>${String(row)}</td><td>${name}</td></tr>`).join('');
    const polars = `<thead><tr><th>n</th><th>name</th></tr><tr><td>i64</td><td>str</td></tr></thead><tbody>${rows}</tbody>`;
    returned(panel, { 'text/plain': 'df', 'text/html': `<table class="dataframe">${polars}</table>` });
    await panel.command(0).getByRole('button', { name: 'name' }).click();
    expect(await panel.command(0).locator('tbody td:last-child').allInnerTexts()).toEqual(['a', 'b', 'c']);
  });

  test("keeps its own colours where both were chosen, and mixes one alone with the theme's", async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'styler', 'text/html': STYLED_FRAME });
    const cell = (row: number, column: number): Promise<{ front: string; back: string; position: string }> =>
      panel
        .command(0)
        .locator(`#T_1_row${String(row)}_col${String(column)}`)
        .evaluate((node) => {
          const { color, backgroundColor, position } = getComputedStyle(node);
          return { front: color, back: backgroundColor, position };
        });
    expect(await cell(0, 1)).toMatchObject({ front: 'rgb(241, 241, 241)', back: 'rgb(8, 48, 107)' });
    expect((await cell(1, 0)).back).not.toBe('rgb(255, 255, 0)');
    expect(await cell(1, 1)).toMatchObject({ position: 'static' });
  });
});
