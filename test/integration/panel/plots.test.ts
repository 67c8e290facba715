import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import axe from 'axe-core';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { PlotList } from '../../../src/plots/plotList.js';
import { ShownPlot } from '../../../src/plots/shownPlot.js';
import type { PlotsIntent } from '../../../src/protocol/plots.js';
import { png } from '../../support/panelPage/png.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { actAsVSCode, pageFiles, pageOf, type Theme } from '../../support/panelPage/servedPage.js';
import { eventually, test } from '../../support/panelPage/test.js';
import { dist } from '../../support/project.mjs';

const ORIGIN = 'https://plots.test';
const drawing = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200" fill="white"/>${inner}</svg>`;

/** The page with the real list of plots; the test plays the view. */
async function openPlots(
  browser: Browser,
  model: PanelModel,
  theme: Theme = 'dark',
  size = { width: 900, height: 320 },
) {
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  const problems: string[] = [];
  const intents: PlotsIntent[] = [];
  const list = new PlotList(model, { get: () => [], set: () => undefined }, () => undefined);
  const shown = new ShownPlot();
  const send = (message: unknown): Promise<void> => page.evaluate((data) => window.postMessage(data), message);
  const tell = async (): Promise<void> => {
    shown.update(list.plots);
    await send({ type: 'plots', plots: list.plots, ...(shown.current ? { current: shown.current.id } : {}) });
  };
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.exposeFunction('panelProblem', (problem: string) => problems.push(problem));
  await page.exposeFunction('panelIntent', async (intent: PlotsIntent) => {
    intents.push(intent);
    if (intent.type === 'ready') await tell();
    if (intent.type === 'select') shown.select(intent.id);
    if (intent.type !== 'load') return;
    const plot = shown.find(intent.id);
    await send({ type: 'data', id: intent.id, data: plot && model.form(plot.key, plot.part, plot.mime) });
  });
  await page.addInitScript(actAsVSCode);
  const files = await pageFiles();
  await page.route('**', (route) => {
    const { pathname } = new URL(route.request().url());
    const body = pathname === '/' ? pageOf(theme).replaceAll('/main.', '/plots.') : files.get(pathname);
    if (body === undefined) return route.abort();
    const contentType = pathname.endsWith('.js')
      ? 'text/javascript'
      : pathname.endsWith('.css')
        ? 'text/css'
        : 'text/html';
    return route.fulfill({ body, contentType });
  });
  await page.goto(ORIGIN);
  return { page, problems, intents, tell, send, plots: () => list.plots };
}

function scene(): PanelModel {
  const model = new PanelModel();
  const session = new ScriptedSession(model);
  session
    .add('trips.distance.plot.hist(bins=40)')
    .start()
    .display({ 'image/png': png(640, 480) })
    .ok();
  session
    .add('draw_map(zones)')
    .start()
    .display({ 'image/svg+xml': drawing('<circle cx="200" cy="100" r="80" fill="teal"/>') })
    .ok();
  session.add('alt.Chart(trips).mark_bar()').start().display({ 'text/html': '<div></div><script>1</script>' }).ok();
  session
    .add('fares.plot()')
    .start()
    .display({ 'image/png': png(1200, 500) })
    .ok();
  return model;
}

const selected = (page: Page) => page.getByRole('option', { selected: true });
const front = (page: Page) => page.locator('.place img');

describe('the Plots view', () => {
  test('makes a PNG of a drawing, at twice its size, to be saved', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const { page, problems, intents, send, plots } = await openPlots(browser, scene());
    await front(page).waitFor();
    const rendered = (id: string) => intents.find((intent) => intent.type === 'rendered' && intent.id === id);
    const [, , svg] = plots();
    await send({ type: 'render', id: svg?.id });
    await eventually(() => expect(rendered(svg?.id ?? '')).toBeDefined());
    const made = rendered(svg?.id ?? '');
    const bytes = Buffer.from(made?.type === 'rendered' ? (made.png ?? '') : '', 'base64');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([800, 400]);
    await send({ type: 'render', id: 'gone' });
    await eventually(() => expect(rendered('gone')).toEqual({ type: 'rendered', id: 'gone' }));
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('shows the newest plot, goes through the others by keyboard, and zooms', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const model = scene();
    const { page, problems, intents, tell } = await openPlots(browser, model);
    await eventually(async () => expect(await front(page).getAttribute('alt')).toBe('Plot of command 4: fares.plot()'));
    expect(await page.locator('.facts').textContent()).toBe('1 / 4 · PNG, 1200 × 500');
    const thumbnails = (): Promise<number> => page.locator('.thumb canvas').count();
    await eventually(async () => expect(await thumbnails()).toBe(2)); // the third is below the view

    await page.getByRole('listbox').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: 'Show Chart' }).click();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('ArrowDown');
    await eventually(async () =>
      expect(await front(page).getAttribute('alt')).toBe('Plot of command 2: draw_map(zones)'),
    );
    expect(await selected(page).textContent()).toContain('draw_map(zones)');
    const types = (): string[] => intents.map(({ type }) => type).filter((type) => type !== 'load');
    await expect.poll(types).toEqual(['ready', 'select', 'run', 'select']);

    const width = (): Promise<number> => front(page).evaluate((image) => image.clientWidth);
    const fit = await width();
    await page.getByRole('button', { name: '100 %' }).click();
    expect(await width()).toBe(400);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await width()).toBe(500);
    await page.keyboard.press('0');
    expect(await width()).toBe(fit);
    // A browser without a window has no clipboard.
    const copied = page.evaluate(
      () =>
        new Promise((resolve) => {
          const write = (items: ClipboardItem[]): Promise<void> => {
            resolve(items.flatMap(({ types }) => types));
            return Promise.resolve();
          };
          Object.defineProperty(navigator, 'clipboard', { value: { write } });
          document.body.dataset.canCopy = 'yes';
        }),
    );
    await page.locator('body[data-can-copy]').waitFor();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    expect(await copied).toEqual(['image/png']);
    await page.getByText('Copied', { exact: true }).waitFor();

    await page.getByRole('listbox').focus();
    await page.keyboard.press('End');
    await eventually(async () => expect(await thumbnails()).toBe(3));
    await page.keyboard.press('Delete');
    await expect.poll(() => intents.at(-1)?.type).toBe('delete');
    model.clear();
    await tell();
    await page.getByText('Plots that commands draw appear here.').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('runs and loads nothing that a drawing brings', async ({ browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const model = new PanelModel();
    const hostile = drawing('<script>parent.panelProblem("ran")</script><image href="http://elsewhere.test/x.png"/>');
    new ScriptedSession(model).add('<b>plot</b>').start().display({ 'image/svg+xml': hostile }).ok();
    const { page, problems } = await openPlots(browser, model);
    await eventually(async () => expect(await front(page).count()).toBe(1));
    expect(await page.locator('.title b').count()).toBe(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test.for([
    ['dark', 900, 320],
    ['hc', 900, 320],
    ['light', 320, 640],
  ] as const)('has no barriers in %s, %i by %i', async ([theme, width, height], { browser, skip }) => {
    if (typeof browser === 'string') return skip(browser);
    const { page } = await openPlots(browser, scene(), theme, { width, height });
    await eventually(async () => expect(await page.locator('.thumb canvas').count()).toBeGreaterThan(1));
    if (process.env.EXTSESSION_PICTURES) {
      mkdirSync(path.join(dist, 'screenshots'), { recursive: true });
      await page.screenshot({ path: path.join(dist, 'screenshots', `plots-${theme}-${String(width)}.png`) });
    }
    await page.evaluate(axe.source);
    const found = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
    );
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
    await page.context().close();
  });
});
