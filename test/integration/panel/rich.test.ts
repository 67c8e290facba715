import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { restoreTranscript, saveTranscript } from '../../../src/panel/model/savedTranscript.js';
import type { MimeBundle } from '../../../src/protocol/output.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { themes } from '../../support/panelPage/servedPage.js';
import { png } from '../../support/panelPage/png.js';
import { richScene } from '../../support/panelPage/richScene.js';
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
    await panel.command(0).getByText('This output (HTML, 1.3 MB) is too large to show here.').waitFor();
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
    await panel.command(0).getByText('This output (HTML, 1.3 MB) is too large to show here.').waitFor();
    await panel.command(0).getByRole('img').waitFor();
  });

  test('offers nothing of a form that did not outlive the window', async ({ open }) => {
    const before = new PanelModel();
    const html = `<script>${'x'.repeat(1_300_000)}</script>`;
    new ScriptedSession(before).add('value').start().returns({ 'text/plain': 'Figure({})', 'text/html': html });
    const model = new PanelModel();
    model.restore(restoreTranscript(saveTranscript(before.entries(1_000_000), 0))?.entries ?? [], 0);
    const panel = await open({ model });
    await panel.command(0).getByText('This output (HTML) was too large to keep.').waitFor();
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
    await panel.command(0).getByText('This output (HTML, 1.3 MB) is too large to show here.').waitFor();
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
