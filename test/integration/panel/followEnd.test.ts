import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { restoreTranscript, saveTranscript } from '../../../src/panel/model/savedTranscript.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { png } from '../../support/panelPage/png.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { eventually, test } from '../../support/panelPage/test.js';

const frame = `<table class="dataframe"><tbody>${'<tr><td>1</td><td>2</td></tr>'.repeat(12)}</tbody></table>`;

describe('the end stays in view', () => {
  test('when figures of unknown size and frames are drawn late in a short panel', async ({ open }) => {
    const panel = await open({ height: 300 });
    const session = new ScriptedSession(panel.model);
    for (let index = 0; index < 10; index++) {
      session.add('frame').start().returns({ 'text/plain': 'frame', 'text/html': frame }).close();
      const figure = session.add('figure').start();
      figure.display({ 'text/plain': 'figure', 'image/svg+xml': figureOf(900 + index) });
      figure.ok().close();
    }
    await panel.command(19).getByText('SVG, 909').waitFor();
    await isAtEnd(panel);
    session.add('last').start().stdout('x\n'.repeat(30)).ok().close();
    await panel.command(20).waitFor();
    await isAtEnd(panel);
  });

  test('when an output above it shrinks while others grow', async ({ open }) => {
    const panel = await open({ height: 300 });
    const session = new ScriptedSession(panel.model);
    const command = session.add('steps()').start();
    for (let step = 0; step < 20; step++) {
      command.clears();
      command.display({ 'text/plain': 'figure', 'image/png': png(300, 40 + 37 * (step % 7)) });
      command.display({ 'text/plain': 'frame', 'text/html': frame });
      await panel.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    command.stdout('done\n').ok().close();
    await panel.page.getByText('done', { exact: true }).waitFor();
    await isAtEnd(panel);
  });

  test('until the user scrolls, and again from the button on, which covers nothing', async ({ open }) => {
    const panel = await open({ height: 300 });
    const session = new ScriptedSession(panel.model);
    for (let index = 0; index < 30; index++) session.ran(`line_${String(index)}`);
    await panel.command(29).waitFor();
    await isAtEnd(panel);
    await panel.page.locator('.log').hover();
    await panel.page.mouse.wheel(0, -120);
    await eventually(async () => expect(await restOf(panel)).toBeGreaterThan(100));
    session.ran('more');
    const button = panel.page.locator('.pill');
    await button.waitFor();
    expect(await restOf(panel)).toBeGreaterThan(100);
    const [log, pill] = await Promise.all([panel.page.locator('.log').boundingBox(), button.boundingBox()]);
    expect(pill?.y).toBeGreaterThanOrEqual((log?.y ?? 0) + (log?.height ?? 0));
    await button.click();
    for (let index = 0; index < 10; index++) session.ran('last');
    await panel.command(40).waitFor();
    await isAtEnd(panel);
  });
});

describe('the reading place', () => {
  test('is kept while the panel is hidden; a new window begins at the newest command', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    for (let index = 0; index < 60; index++) session.ran(`value_${String(index)}`);
    const panel = await open({ model, height: 300 });
    await panel.command(59).waitFor();
    await panel.command(0).waitFor({ state: 'attached' });
    await panel.command(10).evaluate((node) => node.scrollIntoView({ block: 'center' }));
    await panel.page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"top"'));
    await panel.hideAndShow();
    await panel.page.getByText('value_10', { exact: true }).waitFor();
    await eventually(async () => expect(await isInView(panel, 10)).toBe(true));
    const later = new PanelModel({ now: () => model.firstKey + 7 * 24 * 3600e3 });
    const saved = restoreTranscript(saveTranscript(model.entries(1_000_000), 0));
    later.restore(saved?.entries ?? [], 0);
    await panel.openInNewWindow(later);
    await panel.command(59).waitFor();
    await panel.command(0).waitFor({ state: 'attached' });
    await isAtEnd(panel);
    expect(await isInView(panel, 59)).toBe(true);
  });
});

/** An SVG that says nothing about its size in its first characters, as Matplotlib's. */
function figureOf(width: number): string {
  const size = `width="${String(width)}" height="500"`;
  return `<!--${' '.repeat(5000)}--><svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size}/></svg>`;
}

function restOf({ page }: PanelPage): Promise<number> {
  return page.locator('.log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
}

async function isAtEnd(panel: PanelPage): Promise<void> {
  await eventually(async () => expect(await restOf(panel)).toBeLessThan(2));
}

function isInView(panel: PanelPage, index: number): Promise<boolean> {
  return panel.command(index).evaluate((node) => {
    const [here, log] = [node, document.querySelector('.log')].map((one) => one?.getBoundingClientRect());
    return here !== undefined && log !== undefined && here.top >= log.top - 1 && here.bottom <= log.bottom + 1;
  });
}
