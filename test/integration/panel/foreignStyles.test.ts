import { describe, expect } from 'vitest';
import { namedColors } from '../../support/panelPage/namedColors.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { themes } from '../../support/panelPage/servedPage.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { test } from '../../support/panelPage/test.js';

const LEAST_CONTRAST = 4.5;

test.for(themes)('every named colour of text or background can be read in %s', async (theme, { open }) => {
  const panel = await open({ theme });
  const spans = namedColors.flatMap((name) => [
    `<b style="color: ${name}">${name} text</b> <b style="background: ${name}">on ${name}</b>`,
    `<font color="${name}">${name} font</font> <span class="${name}">${name} rule</span>`,
  ]);
  for (const background of ['white', 'black', 'lightblue', 'navy', 'gold']) {
    spans.push(
      `<p style="background: ${background}">${namedColors.map((name) => `<span style="color: ${name}">${name} within ${background}</span>`).join(' ')}</p>`,
    );
  }
  spans.push('<b style="color: rgba(0, 0, 0, 0.5)">half</b> <b style="color: hsl(60 100% 90% / 60%)">part</b>');
  const rules = namedColors.map((name) => `.${name} { color: ${name} }`).join('\n');
  show(panel, `<style>${rules}</style><p>${spans.join('<br>')}</p>`);
  await panel.page.getByText('rebeccapurple text').waitFor();
  expect(await tooFaint(panel)).toEqual([]);
});

test('what is important takes precedence, tints are for text only, and gradients are paler behind it', async ({
  open,
}) => {
  const panel = await open();
  show(
    panel,
    `<style>.wrap { display: block !important } .plain { display: none }
    #bar { background: linear-gradient(90deg, rgb(95, 186, 125) 100%, transparent 100%) } .dot { background: rgb(0, 255, 0) }
    </style><pre class="plain">fallback</pre><div class="wrap" style="display: none">shown</div><p id="bar">text</p>
    <i class="dot">&nbsp;</i><i style="background: rgb(255, 0, 0)"></i><b style="background: rgb(255, 0, 0)">on red</b>`,
  );
  await panel.page.getByText('shown', { exact: true }).waitFor();
  expect(await panel.page.getByText('fallback').isVisible()).toBe(false);
  const backgrounds = await panel.page.locator('.markup :is(p, i, b)').evaluateAll((nodes) =>
    nodes.map((node) => {
      const { backgroundColor, backgroundImage } = getComputedStyle(node);
      return `${backgroundColor} ${String(backgroundImage.match(/linear-gradient/g)?.length ?? 0)}`;
    }),
  );
  expect(backgrounds.slice(0, 3)).toEqual(['rgba(0, 0, 0, 0) 2', 'rgb(0, 255, 0) 0', 'rgb(255, 0, 0) 0']);
  expect(backgrounds[3]).not.toContain('rgb(255, 0, 0)');
});

describe('custom properties', () => {
  const sheet = `<style>
    .d { --line: var(--own); --own: rgb(200, 0, 0); --fg: rgb(1, 2, 3) }
    .d.light { --box: rgb(0, 0, 1) }
    .d.dark { --box: rgb(254, 255, 255) }
    .box { border: 1px solid var(--box); padding: var(--none, var(--gap, 7px)) }
    .both { color: var(--own); background: var(--none, blue) }
    .lost { color: var(--none); font-weight: 700 }
    .loop { --a: var(--b); --b: var(--a); width: var(--a) }
  </style><div class="d"><p class="box">box</p><p class="both" style="text-indent: var(--gap, 3px)">both</p><p class="lost">lost</p><p class="loop">loop</p></div>`;

  test('of an output draw its boxes and colours', async ({ open }) => {
    const panel = await open();
    show(panel, sheet);
    const styleOf = (name: string) =>
      panel.page.locator(`.markup .${name}`).evaluate((node) => {
        const { color, backgroundColor, borderTopWidth, borderTopColor, paddingTop, fontWeight, textIndent } =
          getComputedStyle(node);
        return { color, backgroundColor, borderTopWidth, borderTopColor, paddingTop, fontWeight, textIndent };
      });
    expect(await styleOf('box')).toMatchObject({ borderTopWidth: '1px', paddingTop: '7px' });
    expect(await styleOf('both')).toMatchObject({
      color: 'rgb(200, 0, 0)',
      backgroundColor: 'rgb(0, 0, 255)',
      textIndent: '3px',
    });
    const { color } = await styleOf('loop');
    expect(await styleOf('lost')).toMatchObject({ color, fontWeight: '700' });
  });

  test('change none of the panel, and cannot grow beyond measure', async ({ open }) => {
    const panel = await open();
    const laughs = Array.from(
      { length: 60 },
      (_, at) => `--l${String(at + 1)}: ${`var(--l${String(at)}) `.repeat(9)};`,
    );
    show(
      panel,
      `<style>:root, :host, * { --fg: red; --bg: red; --l0: 1px; ${laughs.join('')} }
      ${Array.from({ length: 8 }, (_, at) => `a { --e${String(at + 1)}: ${`var(--e${String(at)})`.repeat(30)} }`).join('')}
      a { --e0: ; } p { padding: var(--l60); margin: var(--e8) } ${'p { margin: var(--l7) }'.repeat(2000)}</style><p>text</p><small>small</small>`,
    );
    const small = panel.page.locator('small');
    await small.waitFor();
    expect(await small.evaluate((node) => getComputedStyle(node).getPropertyValue('--fg').trim())).toBe('#cccccc');
    expect(await panel.page.locator('.markup p').evaluate((node) => getComputedStyle(node).paddingTop)).toBe('0px');
  });
});

function show({ model }: PanelPage, html: string): void {
  new ScriptedSession(model).add('value').start().returns({ 'text/plain': 'text', 'text/html': html }).close();
}

/** The texts whose contrast with their own background is too low. */
function tooFaint({ page }: PanelPage): Promise<string[]> {
  return page.locator('.markup').evaluate((host, least) => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const luminance = (color: string): number => {
      if (!context) throw new Error('There is no canvas.');
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = Array.from(context.getImageData(0, 0, 1, 1).data.slice(0, 3), (byte) => {
        const share = byte / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const NONE = 'rgba(0, 0, 0, 0)';
    const page = getComputedStyle(document.body).backgroundColor;
    const faint: string[] = [];
    for (const node of host.shadowRoot?.querySelectorAll('b, font, span') ?? []) {
      const { color, backgroundColor } = getComputedStyle(node);
      const around = node.parentElement?.tagName === 'P' ? getComputedStyle(node.parentElement).backgroundColor : NONE;
      const behind = [backgroundColor, around].find((each) => each !== NONE) ?? page;
      const [dark = 0, light = 0] = [luminance(color), luminance(behind)].sort((one, other) => one - other);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < least) faint.push(`${node.textContent}: ${contrast.toFixed(2)}`);
    }
    return faint;
  }, LEAST_CONTRAST);
}
