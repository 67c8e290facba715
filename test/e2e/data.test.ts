import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';
import { pictureSize, themes, type Theme } from '../support/e2e/looks.js';

const SOURCE = `class Point:
    def __init__(self): self.inside = [1]
point = Point(); total = 5
other = 'stays'

total = 6; point.inside.append(2)
`;

test('the Variables view marks what changed, in lines that stay and in parts that are open', async ({ open }) => {
  const window = await open({ files: { 'view.py': SOURCE } });
  await window.resize(pictureSize);
  await window.openFile('view.py');
  await window.runCommand('Explorer: Focus on Variables View');
  await window.runCommand('View: Focus First Editor Group');
  await window.selectLines(1, 4);
  await window.runCommand('ExtSession: Run Selection in Session');
  const lines = window.page.locator('.pane', { hasText: 'Variables' }).last().locator('.monaco-list-row');
  const line = (text: string) => lines.filter({ hasText: text });
  await line('total').filter({ hasText: '5' }).waitFor();
  await line('point').click();
  await line('inside').filter({ hasText: '[1]' }).waitFor();
  await window.goToLine(6);
  await window.runCommand('ExtSession: Run Selection in Session');
  await line('total').filter({ hasText: '6' }).waitFor();
  await line('inside').filter({ hasText: '[1, 2]' }).waitFor();
  for (const name of ['total', 'inside'])
    await expect.poll(() => line(name).getAttribute('aria-label')).toContain('changed');
  await window.screenshot('variables-dark');
});

test('a table opens in a tab, with the statistics of a column', async ({ open }) => {
  const source =
    "import extsession\nextsession.view([{'city': c, 'fare': n * n % 97} for n, c in enumerate(['Rome', 'Oslo', None] * 300)], 'trips')\n";
  const window = await open({ files: { 'table.py': source } });
  await window.resize(pictureSize);
  await window.openFile('table.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.page.locator('.tab.active', { hasText: 'trips' }).waitFor();
  const frames = window.page.locator('iframe.webview.ready');
  const isGrid = async (at: number): Promise<boolean> =>
    (await frames.nth(at).contentFrame().locator('iframe#active-frame').contentFrame().getByRole('grid').count()) > 0;
  let at = -1;
  await expect
    .poll(
      async () => {
        for (let each = 0; each < (await frames.count()); each++) if (await isGrid(each)) at = each;
        return at;
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThanOrEqual(0);
  const page = frames.nth(at).contentFrame().locator('iframe#active-frame').contentFrame();
  await page.getByRole('button', { name: 'Statistics', exact: true }).click();
  await page.getByRole('heading', { name: 'city' }).waitFor();
  await expect.poll(() => page.getByRole('definition').allTextContents()).toEqual(['900', '300 (33.3%)', '2']);
  await page.getByRole('grid').focus();
  await page.getByRole('grid').press('ArrowRight');
  await page.getByRole('grid').press('Shift+ArrowDown');
  await page.getByRole('heading', { name: 'fare' }).waitFor();
  for (const theme of Object.keys(themes) as Theme[]) {
    await window.setTheme(theme);
    await window.screenshot(`data-${theme}`);
  }

  await page.getByRole('button', { name: 'Save As…' }).click();
  await expect.poll(() => window.quickInput.inputValue()).toMatch(/trips\.csv$/);
  await window.quickInput.press('Enter');
  await window.notifications.filter({ hasText: 'Saved trips.csv.' }).waitFor();
  expect((await window.readFile('trips.csv')).split('\n').slice(0, 4)).toEqual(['city,fare', 'Rome,0', 'Oslo,1', ',4']);
});
