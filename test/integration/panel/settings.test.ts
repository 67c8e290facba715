import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { png } from '../../support/panelPage/png.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, eventually, test } from '../../support/panelPage/test.js';

function linesOf(panel: PanelPage): Promise<number> {
  return panel.page
    .locator('.stdout .tl')
    .first()
    .evaluate((line) =>
      Math.round(line.getBoundingClientRect().height / parseFloat(getComputedStyle(line).lineHeight)),
    );
}

describe('a long line', () => {
  function oneLongLine(): PanelModel {
    const model = new PanelModel();
    new ScriptedSession(model)
      .add('wide()')
      .start()
      .stdout(`${'wide '.repeat(100)}end\n`)
      .ok()
      .close();
    return model;
  }

  test('wraps or scrolls sideways in its output, at Alt+Z and as set', async ({ open }) => {
    const panel = await open({ model: oneLongLine(), settings: { wrap: false } });
    await panel.commands.first().waitFor();
    await eventually(async () => expect(await linesOf(panel)).toBe(1));
    await panel.page.locator('.stdout .text[tabindex]').waitFor();
    expect(await barriers(panel)).toEqual([]);
    const log = panel.page.locator('.log');
    expect(await log.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
    await panel.input.waitFor();
    for (const [place, wraps] of [
      [panel.command(0), true],
      [panel.input, false],
    ] as const) {
      await place.focus();
      await panel.page.keyboard.press('Alt+z');
      await eventually(async () => expect((await linesOf(panel)) > 1).toBe(wraps));
    }
    expect(await panel.typed()).toBe('');
    panel.set({ wrap: true });
    await panel.page.locator('.stdout .text:not([tabindex])').waitFor();
    await eventually(async () => expect(await linesOf(panel)).toBeGreaterThan(1));
    await panel.hideAndShow();
    await eventually(async () => expect(await linesOf(panel)).toBeGreaterThan(1));
  });

  test('is scrolled to what is found in it', async ({ open }) => {
    const panel = await open({ model: oneLongLine(), settings: { wrap: false } });
    await panel.commands.first().waitFor();
    await panel.page.keyboard.press('ControlOrMeta+f');
    await panel.page.keyboard.type('end');
    await eventually(async () => {
      expect(await panel.page.locator('.stdout .text').evaluate((text) => text.scrollLeft)).toBeGreaterThan(1000);
    });
  });
});

describe('a setting takes effect at once', () => {
  test('for a plot, which is in its own view then, unless the user chose how to show it', async ({ open }) => {
    const model = new PanelModel();
    const plot = { 'text/plain': '<Figure>', 'image/png': png(60, 40) };
    for (const source of ['plot()', 'chosen()'])
      new ScriptedSession(model).add(source).start().display(plot).ok().close();
    const panel = await open({ model });
    const images = panel.page.locator('.rich img');
    await eventually(async () => expect(await images.count()).toBe(2));
    await panel.command(1).getByRole('combobox').selectOption('text/plain');
    await eventually(async () => expect(await images.count()).toBe(1));
    await panel.command(1).getByRole('combobox').selectOption('image/png');
    await eventually(async () => expect(await images.count()).toBe(2));
    panel.set({ plotsElsewhere: true });
    await panel.command(0).getByText('This plot is in the Plots view.').waitFor();
    expect(await images.count()).toBe(1);
  });

  function longOutput(): PanelModel {
    const model = new PanelModel();
    const lines = Array.from({ length: 60 }, (_, line) => `line ${String(line)}\n`).join('');
    new ScriptedSession(model).add('a = 1\nb = 2').start().stdout(lines).ok().close();
    return model;
  }

  test('the number of lines that are shown of an output', async ({ open }) => {
    const panel = await open({ model: longOutput() });
    const lines = panel.page.locator('.stdout .tl');
    await eventually(async () => expect(await lines.allTextContents()).toHaveLength(15));
    panel.set({ lineLimit: 6 });
    await eventually(async () => {
      expect(await lines.allTextContents()).toEqual(['line 0', 'line 58', 'line 59']);
    });
    await panel.page.getByText('57 lines not shown').waitFor();
    panel.set({ lineLimit: 60 });
    await eventually(async () => expect(await lines.allTextContents()).toHaveLength(60));
  });

  test('the font of code and text', async ({ open }) => {
    const panel = await open({ model: longOutput() });
    const fonts = (): Promise<string[]> =>
      panel.page
        .locator(':is(.stdout .tl, .source code)')
        .evaluateAll((nodes) => [
          ...new Set(
            nodes.map((node) => getComputedStyle(node)).map(({ fontSize, fontFamily }) => `${fontSize} ${fontFamily}`),
          ),
        ]);
    await eventually(async () => expect((await fonts()).join()).toMatch(/^1[34]px/));
    panel.set({ fontFamily: '"Comic Code", monospace', fontSize: 21 });
    await eventually(async () => expect((await fonts()).join()).toMatch(/^21px.*"Comic Code", monospace$/));
    panel.set({ fontFamily: 'x; } * { display: none', fontSize: 21 });
    await panel.page.locator('.stdout').waitFor();
  });

  test('which sources are folded', async ({ open }) => {
    const panel = await open({ model: longOutput() });
    const lines = panel.page.locator('.source .ln');
    await eventually(async () => expect(await lines.allTextContents()).toEqual(['a = 1', 'b = 2']));
    panel.set({ foldSources: 'all' });
    await eventually(async () => expect(await lines.allTextContents()).toEqual(['a = 1']));
    await panel.page.getByText('… 1 more line').click();
    await eventually(async () => expect(await lines.allTextContents()).toEqual(['a = 1', 'b = 2']));
  });

  test('whether the end stays in view', async ({ open }) => {
    const model = longOutput();
    const session = new ScriptedSession(model);
    const panel = await open({ model, height: 300, settings: { autoScroll: false } });
    const scrolled = (): Promise<number> => panel.page.locator('.log').evaluate((log) => log.scrollTop);
    await eventually(async () => expect(await scrolled()).toBeGreaterThan(0));
    const before = await scrolled();
    for (let at = 0; at < 3; at++) session.ran(`later_${String(at)} = 1`);
    await panel.page.getByText('3 new').waitFor();
    expect(await scrolled()).toBe(before);
    await panel.page.getByText('3 new').click();
    const running = session.add('more()').start();
    await panel.command(4).waitFor({ state: 'attached' });
    await panel.page.locator('.log').evaluate((log) => log.scrollTo(0, 0));
    running.stdout('x\n'.repeat(20));
    await panel.page.locator('.pill').click();
    running.ok().close();
    panel.set({ autoScroll: true });
    session.add('more()').start().stdout('x\n'.repeat(20)).ok().close();
    await eventually(async () => {
      const rest = await panel.page
        .locator('.log')
        .evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
      expect(rest).toBeLessThan(12);
      expect(await panel.commands.count()).toBe(6);
    });
  });
});
