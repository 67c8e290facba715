import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { restoreTranscript, saveTranscript } from '../../../src/panel/model/savedTranscript.js';
import type { MimeBundle } from '../../../src/protocol/output.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { themes } from '../../support/panelPage/panelPage.js';
import { png } from '../../support/panelPage/png.js';
import { CHART, dataFrame, richScene, STYLED_FRAME } from '../../support/panelPage/richScene.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, test } from '../../support/panelPage/test.js';

/** A command that returned that value, in all its forms. */
function returned(panel: PanelPage, result: MimeBundle): void {
  new ScriptedSession(panel.model).add('value').start().returns(result).close();
}

describe('a value in several forms', () => {
  test('is shown in the richest, and in another one when the user chooses it, also after it was hidden', async ({
    open,
  }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'as text', 'text/html': '<b>as markup</b>' });
    await panel.command(0).getByText('as markup').waitFor();
    expect(await panel.command(0).getByText('as text').count()).toBe(0);
    await panel.command(0).hover();
    await panel.command(0).getByLabel('Show as').selectOption('Text');
    await panel.command(0).getByText('as text').waitFor();
    expect(await panel.command(0).getByText('as markup').count()).toBe(0);
    await panel.page.waitForFunction(() => sessionStorage.getItem('state')?.includes('text/plain'));
    await panel.hideAndShow();
    await panel.command(0).getByText('as text').waitFor();
  });

  test('falls back to the next when one needs scripts, and says so', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'Figure({})', 'text/html': '<div id="p"></div><script>draw("p")</script>' });
    await panel.command(0).getByText('Figure({})').waitFor();
    await panel.command(0).getByText('needs scripts, which do not run here').waitFor();
    await panel.command(0).getByRole('button', { name: 'Run scripts' }).click();
    await expect.poll(() => panel.calls).toEqual(['run text/html']);
  });

  test('offers to run scripts only where there are some', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'a', 'text/html': '<p>plain</p>' });
    returned(panel, { 'text/plain': 'b', 'text/html': '<p>lively</p><script>go()</script>' });
    for (const [index, buttons] of [0, 1].entries()) {
      await panel
        .command(index)
        .getByText(['plain', 'lively'][index] ?? '')
        .waitFor();
      expect(await panel.command(index).getByRole('button', { name: 'Run scripts' }).count()).toBe(buttons);
    }
  });

  test('offers to run scripts of HTML that is too large to be drawn', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'Figure({})', 'text/html': `<script>${'x'.repeat(1_300_000)}</script>` });
    await panel.command(0).getByText('HTML of 1.3 MB is too large to show here.').waitFor();
    await panel.command(0).getByRole('button', { name: 'Run scripts' }).click();
    await expect.poll(() => panel.calls).toEqual(['run text/html']);
  });

  test('offers to run the scripts that draw a Plotly figure, whatever its size', async ({ open }) => {
    const panel = await open();
    for (const points of [10, 300_000])
      returned(panel, {
        'text/plain': 'Plotly figure: Noise (1 scatter trace)',
        'application/vnd.plotly.v1+json': { data: [{ y: Array(points).fill(1.5) }], layout: {} },
        'application/vnd.extsession.plotlyjs': '/nowhere/plotly.min.js',
      });
    for (const index of [0, 1]) {
      await panel.command(index).getByText('Plotly figure: Noise (1 scatter trace)').waitFor();
      await panel.command(index).getByText('Run scripts to draw this figure.').waitFor();
      await panel.command(index).getByRole('button', { name: 'Run scripts' }).click();
    }
    const ran = ['run application/vnd.plotly.v1+json', 'run application/vnd.plotly.v1+json'];
    await expect.poll(() => panel.calls).toEqual(ran);
    expect(panel.intents.filter(({ type }) => type === 'form')).toHaveLength(ran.length);
  });

  test('says why it is not drawn when the user chooses it', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'text', 'image/png': png(9, 6), 'text/html': 'x'.repeat(1_300_000) });
    await panel.command(0).hover();
    await panel.command(0).getByLabel('Show as').selectOption('HTML');
    await panel.command(0).getByText('HTML of 1.3 MB is too large to show here.').waitFor();
    await panel.command(0).getByRole('img').waitFor();
  });

  test('offers nothing of a form that did not outlive the window', async ({ open }) => {
    const before = new PanelModel();
    const html = `<script>${'x'.repeat(1_300_000)}</script>`;
    new ScriptedSession(before).add('value').start().returns({ 'text/plain': 'Figure({})', 'text/html': html });
    const model = new PanelModel();
    model.restore(restoreTranscript(saveTranscript(before.entries(1_000_000), 0))?.entries ?? [], 0);
    const panel = await open({ model });
    await panel.command(0).getByText('This HTML was too large to keep.').waitFor();
    await panel.command(0).hover();
    expect(await panel.command(0).locator('.rich').getByRole('button').count()).toBe(0);
  });

  test('says what it was sent that it cannot draw', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'alt.Chart(...)', 'application/vnd.vegalite.v5+json': {} });
    await panel.command(0).getByText('alt.Chart(...)').waitFor();
    await panel.command(0).getByText('application/vnd.vegalite.v5+json cannot be shown here.').waitFor();
  });

  test('too large to draw, is shown as text, with a way to the whole', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'a large table', 'text/html': `<p>${'x'.repeat(1_300_000)}</p>` });
    await panel.command(0).getByText('a large table').waitFor();
    await panel.command(0).getByText('HTML of 1.3 MB is too large to show here.').waitFor();
    await panel.command(0).hover();
    await panel.command(0).getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => panel.calls).toEqual(['save text/html']);
  });

  test('with an id is replaced where it stands when it is displayed anew', async ({ open }) => {
    const panel = await open();
    const command = new ScriptedSession(panel.model).add('progress()').start();
    command.display({ 'text/plain': '10 %' }, 'bar').stdout('working\n');
    await panel.command(0).getByText('working').waitFor();
    command.update({ 'text/plain': '90 %', 'text/html': '<i>90 of 100</i>' }, 'bar');
    await panel.command(0).getByText('90 of 100').waitFor();
    const parts = panel.command(0).locator('.out');
    expect(await parts.count()).toBe(2);
    await parts.nth(0).getByText('90 of 100').waitFor();
    await parts.nth(1).getByText('working').waitFor();
  });
});

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
    await panel.command(0).getByText('This PNG cannot be read.').waitFor();
  });
});

describe('other forms', () => {
  test('JSON is a tree that opens by keyboard', async ({ open }) => {
    const panel = await open();
    returned(panel, {
      'text/plain': 'json',
      'application/json': { deep: { list: [1, { a: null }], 'two words': 'x' } },
    });
    const command = panel.command(0);
    await command.getByText('"x"').waitFor();
    const list = command.getByRole('button', { name: 'list' });
    await list.focus();
    await panel.page.keyboard.press('Enter');
    await expect.poll(() => list.getAttribute('aria-expanded')).toBe('true');
    await command.getByText('dict, 1 key', { exact: true }).last().waitFor();
  });

  test('in Markdown has its formulas and ticks; prices are none', async ({ open }) => {
    const panel = await open();
    const markdown =
      'It costs $5 or $6, and $x^2$ is\n\n$$\n\\frac{1}{2}\n$$\n\n- [x] done\n- [ ] open\n\n`$y$` and $\\nonsense{$';
    returned(panel, { 'text/plain': 'md', 'text/markdown': markdown });
    const shown = panel.command(0).locator('.markup');
    await shown.locator('math').nth(1).waitFor();
    expect(await shown.locator('math').count()).toBe(2);
    expect(await shown.locator('math msup').count()).toBe(1);
    expect(await shown.locator('math[display=block] mfrac').count()).toBe(1);
    expect(await shown.getByText('It costs $5 or $6').count()).toBe(1);
    expect(await shown.locator('li').allInnerTexts()).toEqual(['☑ done', '☐ open']);
    expect(await shown.getByText('$y$').count()).toBe(1);
  });

  test('Markdown becomes headings, tables and links; LaTeX becomes MathML', async ({ open }) => {
    const panel = await open();
    returned(panel, { 'text/plain': 'md', 'text/markdown': '## Found\n[here](https://example.org/x)' });
    returned(panel, { 'text/plain': 'tex', 'text/latex': '$\\displaystyle \\frac{a}{b}$' });
    returned(panel, { 'text/plain': 'no formula', 'text/latex': '\\undefinedmacro{' });
    await panel.command(0).getByRole('heading', { name: 'Found' }).waitFor();
    await panel.command(0).getByRole('link', { name: 'here' }).click();
    await expect.poll(() => panel.links).toEqual(['https://example.org/x']);
    await panel.command(1).locator('math mfrac').waitFor();
    await panel.command(2).getByText('\\undefinedmacro{').waitFor();
  });

  test('LaTeX with text in it is drawn, and what cannot be drawn is there as its source', async ({ open }) => {
    const panel = await open();
    returned(panel, {
      'text/plain': '<Latex object>',
      'text/latex': String.raw`The mean < is $\mu$, not $\nonsense{x}$.`,
    });
    const shown = panel.command(0).locator('.markup');
    await shown.locator('math mi').waitFor();
    expect(await shown.evaluate((node) => node.shadowRoot?.textContent)).toMatch(
      /^The mean < is \S+, not \$\\nonsense\{x\}\$\.$/,
    );
    expect(await panel.command(0).getByText('<Latex object>').count()).toBe(0);
  });
});

test.for(themes)('every form can be read and used by everybody in %s', async (theme, { open }) => {
  const panel = await open({ theme });
  richScene(panel.model);
  await panel.page.getByText('needs scripts').waitFor();
  for (const index of [0, 2]) {
    await panel.command(index).hover();
    expect(await barriers(panel)).toEqual([]);
  }
});
